"""Where one is among the records: the site and the part of it, kept in the address so that F5 and links keep them."""

from __future__ import annotations

import streamlit as st

from carveout.app.sites import stored_key

SITE, PART = "site", "part"
PARTS = ("days", "tasks", "history", "import", "export")


def site_asked() -> str | None:
    """The id of the store's site that the address asks for."""
    asked = st.query_params.get(SITE, "")
    return asked.removeprefix(stored_key("")) if asked.startswith(stored_key("")) else None


def open_site(site: str) -> None:
    """Go to a site's own page, and let map and verdicts follow. Ends this run."""
    st.query_params[SITE] = stored_key(site)
    st.query_params.pop(PART, None)
    st.session_state["kept.site"] = stored_key(site)
    st.rerun()


def close_site() -> None:
    """Back to the list."""
    st.query_params.pop(SITE, None)
    st.query_params.pop(PART, None)


def part_asked() -> str:
    """The part of the site's page that shows."""
    asked = st.query_params.get(PART, "")
    return asked if asked in PARTS else PARTS[0]


def open_part(part: str) -> None:
    """Show another part from the next run on."""
    st.query_params[PART] = part
