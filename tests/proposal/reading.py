"""Reading back what was written, as a reader's program would."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import docx
from docx.oxml.ns import qn


def words_of_docx(data: bytes) -> str:
    """All text of a Word document: body, tables, headers and footers."""
    document = docx.Document(io.BytesIO(data))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for part in parts for p in part.iter(qn("w:p")))


def repacked(data: bytes, **changed: bytes) -> bytes:
    """An Office file with parts replaced or added; names have / for __ and . for _dot_."""
    out = io.BytesIO()
    new_parts = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, new_parts.pop(name, None) or old.read(name))
        for name, content in new_parts.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def with_body(data: bytes, old: str, new: str) -> bytes:
    """A template whose body has some words replaced."""
    body = part(data, "word/document.xml").decode()
    assert old in body, old
    return repacked(data, word__document_dot_xml=body.replace(old, new, 1).encode())


class Page(HTMLParser):
    """Tags and text of a web page, as a browser's parser sees them."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.text.append(data)


def squeezed(text: str) -> str:
    """Text without the spaces that layout puts in or takes out."""
    return re.sub(r"[\s　]+", "", text)


def to_pdf(path: Path, folder: Path) -> Path:
    """What LibreOffice makes of a document, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.pdf"


def pages(path: Path) -> list[str]:
    """The text of each page of a PDF."""
    ran = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60)
    return ran.stdout.decode().split("\f")[:-1]
