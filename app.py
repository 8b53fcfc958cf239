"""The app from a checkout: `streamlit run app.py` (an installed package starts it with `carveout app`)."""

from __future__ import annotations

from carveout.app.shell import run

if __name__ == "__main__":
    run()
