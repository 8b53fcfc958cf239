"""The store of this process, and what the person in front of the screen may see and do in it.

One store is opened per process and address, and shared by all sessions. Without sign-in there is one person, who may
do everything: a laptop on its own. With sign-in (`[auth]` in Streamlit's secrets) everybody has the role and the sites
that the store's list of members says; CARVEOUT_ADMIN names the account that may fill that list first.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.errors import StreamlitAPIException

from carveout.app import waiting_here
from carveout.app.places import VIEWS
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.store import Action, By, DayInfo, Member, Role, SiteInfo, Store, StoreError, may, open_store
from carveout.workday import Workday

DAY = "day"  # the day's key in the address of the pages that write into it
ADMIN = "CARVEOUT_ADMIN"
Standing = Literal["alone", "member", "unknown", "signed_out", "unset"]
_SEEN = "archive.member_seen"
_ALONE = Member("local", "", Role.ADMIN, None)
# What keeps the store from being read at all; other errors are about one writing.
_CLOSED = frozenset(
    ("connection_lost", "cannot_open", "disk_error", "damaged", "not_a_store", "no_entry", "no_database", "newer")
)
_FIELDS = ("archive.day.", "archive.head.", "archive.new.", "archive.declare.", "archive.member.")
# What a further write meets again at once, without anybody having to wait for it; reading may well go on.
_QUICK = frozenset(("disk_error",))
_LOOK_AGAIN = 5.0  # seconds between two looks whether a store that was away is back
_PATIENCE = 10.0  # seconds in which a store that did not answer is not asked again by itself


class NotLetInError(LookupError):
    """Nobody is signed in, or nobody knows the account."""


@dataclass(slots=True)
class _Trouble:
    """The last failure of a store and until when it is believed."""

    error: StoreError | None = None
    until: float = 0.0


def store() -> Store:
    """The store of this process, opened at first use. Raises StoreError."""
    url = os.environ.get("CARVEOUT_STORE", "")
    trouble = _trouble(url)
    if trouble.error is not None and time.monotonic() < trouble.until:
        raise trouble.error
    try:
        return _opened(url)
    except StoreError as error:
        note(error)
        raise


def note(error: StoreError) -> None:
    """Remember that the store does not answer, so that pages that could do without it do not wait for it again."""
    trouble = _trouble(os.environ.get("CARVEOUT_STORE", ""))
    # What is believed already, told once more, is no news: pages must not keep the store closed by their asking.
    if error.code in _CLOSED - _QUICK and error is not trouble.error:
        trouble.error, trouble.until = error, time.monotonic() + _PATIENCE


def forget_trouble() -> None:
    """Ask the store again at once."""
    _trouble(os.environ.get("CARVEOUT_STORE", "")).error = None


def standing() -> Standing:
    """How the person in front of the screen stands to the store. Raises StoreError.

    alone: no sign-in is set up, one person may do everything. unset: an administrator is named, yet sign-in is not set
    up, so that nobody can be told from anybody: closed rather than open.
    """
    user = st.user
    if "is_logged_in" not in user:
        return "unset" if os.environ.get(ADMIN) else "alone"
    if not user.get("is_logged_in"):
        return "signed_out"
    member = st.session_state[_SEEN] = _member()
    return "member" if member is not None else "unknown"


def me() -> Member:
    """Whoever is in front of the screen. Raises NotLetInError, and StoreError; inside `page` neither happens.

    A member's rights are looked up once per drawing, by `standing`.
    """
    user = st.user
    if "is_logged_in" not in user:
        if os.environ.get(ADMIN):
            raise NotLetInError
        return _ALONE
    if not user.get("is_logged_in"):
        raise NotLetInError
    seen: Member | None = st.session_state.get(_SEEN)
    member = seen if seen is not None and seen.subject == account() else _member()
    if member is None:
        raise NotLetInError
    return member


def by() -> By:
    """Who writes."""
    return By(me().subject)


def allowed(action: Action, site: str | None = None) -> bool:
    """Whether the person in front of the screen may do something, at a site or (None) in the whole store."""
    try:
        return may(me(), action, site)
    except NotLetInError:
        return False


def sites_seen() -> tuple[SiteInfo, ...]:
    """The store's sites that the person in front of the screen may see. Raises StoreError."""
    return tuple(info for info in store().sites() if allowed("see", info.id))


def workday(info: DayInfo) -> Workday:
    """A day as it stands, read once per revision, whoever looks. Raises StoreError."""
    opened = store()
    return _workday(opened.id, info.key, info.revision, opened)


def account() -> str:
    """What names the signed-in account: its e-mail address where the provider vouches for it, else its number.

    An address that nobody vouches for may be anybody's, so it opens nothing. "" for no account.
    """
    user = st.user
    address, vouched = user.get("email"), user.get("email_verified")
    if isinstance(address, str) and address.strip() and vouched in (True, "true"):
        return address.strip().casefold()
    return str(user.get("sub") or "")


def page(draw: Callable[[Store], None]) -> None:
    """Draw what needs the store; where it does not answer or nobody is let in, say so kindly and what to do."""
    try:
        where = standing()
        if where in ("alone", "member"):
            draw(store())
        else:
            _not_let_in(where)
    except StoreError as error:
        broken(error)


def broken(error: StoreError) -> None:
    """Say what is wrong with the store and offer another try; what was typed into the page's fields waits for it."""
    note(error)
    _keep_typed()
    icon = ":material/database_off:" if error.code in _CLOSED else ":material/error:"
    st.error(f"**{in_markdown(says(error.cause))}**\n\n{in_markdown(says(error.remedy))}", icon=icon)
    if error.code not in _CLOSED and not error.retry:
        return
    if error.code in _CLOSED:
        waiting_here.tell(account() or _ALONE.subject)
        st.html(f'<p class="co-lead">{in_html(t("archive.rest_works"))}</p>')
        _ask_again()
    st.button(
        t("archive.retry"), key="archive.retry", type="primary", on_click=forget_trouble, icon=":material/refresh:"
    )


@st.fragment(run_every=_LOOK_AGAIN)
def _ask_again() -> None:
    """Draw the page anew by itself once the store answers again: on a tablet nobody should have to press for it."""
    try:
        store().sites()
    except StoreError as error:
        note(error)
        return
    st.rerun()


def account_menu() -> None:
    """Who is signed in, and the way out; nothing where nobody is."""
    if not st.user.get("is_logged_in"):
        return
    with st.popover(t("archive.account_menu"), icon=":material/account_circle:", key="archive.account_menu"):
        st.markdown(in_markdown(account()))
        try:
            member = _member()
        except StoreError:
            member = None
        if member is not None:
            st.markdown(
                t("archive.account_role", label=in_markdown(member.label), role=t(f"archive.role_{member.role}"))
            )
        st.button(t("archive.sign_out"), key="archive.account_menu.out", on_click=st.logout)


def open_day(key: str, name: str = "record") -> None:
    """Go to the page `name` (record, live) with a day of the store."""
    st.switch_page(str(VIEWS / f"{name}.py"), query_params={DAY: key})


def day_asked() -> str:
    """The key of the day that the address asks for; "" for none."""
    return st.query_params.get(DAY, "")


def now() -> datetime:
    """The time where the person in front of the screen is: a center's server may keep another zone's clock."""
    try:
        return datetime.now(ZoneInfo(st.context.timezone or ""))
    except (LookupError, ValueError, OSError):  # no browser tells its zone, or none of that name is known here
        return datetime.now().astimezone()


def today() -> date:
    """The date where the person in front of the screen is."""
    return now().date()


def _not_let_in(where: Standing) -> None:
    """Who is not let in learns why, and whom to ask."""
    if where == "signed_out":
        st.subheader(t("archive.sign_in_title"), anchor=False)
        st.html(f'<p class="co-body">{in_html(t("archive.sign_in_lead"))}</p>')
        if not _can_sign_in():
            st.error(t("archive.sign_in_lacks"), icon=":material/extension_off:")
            return
        st.button(t("archive.sign_in"), key="archive.sign_in", type="primary", on_click=st.login)
        return
    if where == "unset":
        st.subheader(t("archive.unset_title"), anchor=False)
        st.html(f'<p class="co-body">{in_html(t("archive.unset"))}</p>')
        return
    st.subheader(t("archive.unknown_title"), anchor=False)
    asked = os.environ.get(ADMIN, "")
    ask = t("archive.unknown_ask", who=asked) if asked else t("archive.unknown_ask_somebody")
    st.html(f'<p class="co-body">{in_html(t("archive.unknown", account=account()))} {in_html(ask)}</p>')
    st.button(t("archive.sign_out"), key="archive.sign_out", on_click=st.logout)


def _keep_typed() -> None:
    """Streamlit forgets a field that is not drawn; what is set anew outlives the drawings that show the error alone."""
    for key, value in list(st.session_state.items()):
        if str(key).startswith(_FIELDS) and isinstance(value, str | date):
            with suppress(StreamlitAPIException):  # it has been drawn this time, and so is not forgotten
                st.session_state[key] = value


def _can_sign_in() -> bool:
    """Whether what Streamlit signs people in with is installed: without it the button would lead to a bare error."""
    return find_spec("authlib") is not None and any(find_spec(name) is not None for name in ("httpx2", "httpx"))


def _member() -> Member | None:
    """The signed-in account as a member; the first administrator is one by its name."""
    name = account()
    if not name:
        return None
    if name == os.environ.get(ADMIN, "").strip().casefold():
        return Member(name, "", Role.ADMIN, None)
    return store().member(name)


def _close(opened: Store) -> None:
    opened.close()


@st.cache_resource(show_spinner=False, max_entries=5_000)
def _workday(store_id: str, key: str, revision: int, _store: Store) -> Workday:  # noqa: ARG001 - the cache's key
    return _store.day(key).workday


@st.cache_resource(show_spinner=False, on_release=_close, max_entries=4)
def _opened(url: str) -> Store:
    return open_store(url or None)


@st.cache_resource(show_spinner=False, max_entries=4)
def _trouble(url: str) -> _Trouble:  # noqa: ARG001 - the cache's key
    return _Trouble()
