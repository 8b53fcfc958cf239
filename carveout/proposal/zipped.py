"""Office files are zip archives: written anew so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def rezipped(data: bytes, on: date | None = None, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with fixed dates in its directory and its document properties.

    on: the day the properties name; 1980-01-01 without one. replaced: parts to put in place of those of their name.
    """
    day = f"{(on or date(1980, 1, 1)).isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = sorted(
            old.namelist(), key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels"), name)
        )
        for name in names:
            content = (replaced or {}).get(name, old.read(name))
            if name == _CORE:
                content = _DATES.sub(rb"\g<1>" + day + rb"\g<3>", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, content)
    return out.getvalue()
