"""Start the app: Streamlit on this machine's loopback address, without asking, counting or opening anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import carveout
from carveout.errors import CarveoutError
from carveout.language import Language, Text

ADDRESS = "127.0.0.1"
_USUAL, _TRIES = 8501, 20


class CannotServeError(CarveoutError):
    """The app cannot be started here."""

    def __init__(self, wording: Text):
        self.wording = wording
        super().__init__(wording.en)

    def message(self, language: Language) -> str:
        """The reason and the remedy."""
        return self.wording.in_(language)


def serve(port: int | None, language: Language, store: str | None = None) -> int:
    """Serve the app until Ctrl+C. Gives the exit code.

    port: None takes $PORT, else the first free one from 8501. store: where records are kept, a database's URL or a
    file; None takes $CARVEOUT_STORE, else the person's own folder for data.
    """
    if find_spec("streamlit") is None:
        raise CannotServeError(
            Text(
                "画面に使う streamlit がありません。「pip install streamlit」で入れてください。",
                "streamlit, which draws the app, is missing: pip install streamlit",
            )
        )
    chosen = _port(port)
    url = {"url": f"http://{ADDRESS}:{chosen}"}
    hint = Text(
        "ブラウザで {url} を開いてください（終わるときは Ctrl+C）。", "Open {url} in a browser (Ctrl+C ends it)."
    )
    print(hint.format(url, url).in_(language), file=sys.stderr, flush=True)
    entry = Path(carveout.__file__).resolve().parent / "app" / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", str(entry), *_settings(chosen)]
    environment = os.environ | {"CARVEOUT_LANG": language, "PYTHONPATH": _import_path(), **_store(store)}
    os.chdir(entry.parent)  # the app's own settings lie there, in .streamlit
    if os.name == "posix":  # become the server: signals and the exit code are its own
        os.execve(sys.executable, command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def _settings(port: int) -> list[str]:
    return [
        f"--server.address={ADDRESS}",
        f"--server.port={port}",
        "--server.headless=true",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
        "--client.toolbarMode=minimal",
    ]


def _store(given: str | None) -> dict[str, str]:
    """The store's URL for the server, which runs in another folder: a relative file is one of the folder one is in."""
    told = given or os.environ.get("CARVEOUT_STORE", "")
    scheme, found, rest = told.partition(":///")
    if not told:
        return {}
    if "://" not in told:
        return {"CARVEOUT_STORE": f"sqlite:///{Path(told).expanduser().resolve()}"}
    if found and scheme.startswith("sqlite") and rest and not rest.startswith((":", "/")):
        return {"CARVEOUT_STORE": f"{scheme}:///{Path(rest).resolve()}"}
    return {"CARVEOUT_STORE": told}


def _import_path() -> str:
    """The folder that holds this package first: a checkout need not be installed."""
    return os.pathsep.join(
        [str(Path(carveout.__file__).resolve().parents[1]), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    )


def _port(given: int | None) -> int:
    told = given if given is not None else _told(os.environ.get("PORT", ""))
    if told is not None:
        if _free(told):
            return told
        port = {"port": told}
        wording = Text(
            "ポート {port} は使われています。--port で別の番号を指定してください。",
            "port {port} is in use; choose another with --port.",
        )
        raise CannotServeError(wording.format(port, port))
    for port_tried in range(_USUAL, _USUAL + _TRIES):
        if _free(port_tried):
            return port_tried
    raise CannotServeError(
        Text("空いているポートがありません。--port で番号を指定してください。", "no free port; choose one with --port.")
    )


def _told(given: str) -> int | None:
    if not given:
        return None
    if given.isascii() and given.isdigit() and 1 <= int(given) <= 65535:
        return int(given)
    raise CannotServeError(
        Text("環境変数 PORT は 1 から 65535 の数にしてください。", "PORT must be a number from 1 to 65535.")
    )


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
