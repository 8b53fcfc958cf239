"""The observed sites that come with the product, found from a checkout and from an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "site_observations"
_CHECKOUT = Path(__file__).parents[2] / "site_observations"


def paths() -> tuple[Path, ...]:
    """Files of the bundled sites, in the order of their names.

    Raises FileNotFoundError when the installation lost them.

    >>> len(paths()) >= 2
    True
    """
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    found = tuple(sorted(folder.glob("*.yaml"))) if folder.is_dir() else ()
    if not found:
        raise FileNotFoundError(str(folder))
    return found
