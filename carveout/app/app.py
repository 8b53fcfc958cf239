"""The app as the installed package starts it (`carveout app`)."""

from __future__ import annotations

from carveout.app.shell import run

if __name__ == "__main__":
    run()
