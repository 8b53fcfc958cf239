"""Pages opened without a browser on a store of the test's own, and people who are signed in as the test says."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import carveout.app
from carveout.app.places import FIRST, VIEWS
from carveout.app.sites import stored_key
from carveout.app.wording import catalogue
from carveout.language import Language
from carveout.model import Kind
from carveout.store import By, Store, open_store
from carveout.workday import Person, Row, SiteHead, Workday, new_id

ROOT = Path(carveout.app.__file__).parents[2]
JC = By("jc-01")


def opened(page: str, language: Language = "ja", **query: str) -> AppTest:
    """A page in a session of its own, drawn once."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    app.query_params.update({"lang": language, **query})
    app.run()
    if page != FIRST:
        app.switch_page(str(VIEWS / f"{page}.py"))
        app.query_params.update({"lang": language, **query})
        app.run()
    assert not app.exception
    return app


def at_site(site: str, part: str = "days", language: Language = "ja") -> AppTest:
    """The page of records with a site of the store and one of its parts."""
    return opened("archive", language, site=stored_key(site), part=part)


def said(app: AppTest) -> str:
    """All text on the page as one reads it, HTML included."""
    written = [re.sub(r"\\(.)", r"\1", text) for text in in_markdown(app)]
    return html.unescape("\n".join([*written, *drawn(app)]))


def in_markdown(app: AppTest) -> list[str]:
    """What the browser takes for Markdown."""
    kinds = (app.markdown, app.subheader, app.info, app.warning, app.error, app.success, app.button)
    return [element.label if hasattr(element, "label") else element.value for kind in kinds for element in kind]


def drawn(app: AppTest) -> list[str]:
    """The HTML on the page as the browser gets it."""
    return [element.proto.body for element in app.get("html")]


def labels(app: AppTest) -> list[str]:
    """What the buttons say."""
    return [button.label for button in app.button]


def word(key: str, language: Language = "ja") -> str:
    """A message of the catalogue."""
    return catalogue()[key].in_(language)


def day(site: str, date: str = "2026-06-01", unit: str = "unit-1", task: str = "配膳", n: int = 2) -> Workday:
    """A day of `n` rows of half an hour, by one of two people in turn."""
    rows = tuple(
        Row(new_id(), 540 + 30 * k, 570 + 30 * k, task if k % 2 == 0 else "清掃", (f"s{k % 2 + 1}",)) for k in range(n)
    )
    staff = (Person("s1", "care_worker", ((420, 960),)), Person("s2", "nurse", ((540, 720), (765, 1080))))
    return Workday(site, date, unit, "jc-01", staff, rows)


def filled(store: Store, *sites: str, dates: tuple[str, ...] = ("2026-06-01", "2026-06-02")) -> None:
    """Sites with a few days each."""
    for site in sites:
        head = SiteHead(site, Kind.CARE_HOME, f"施設 {site}")
        store.import_days(head, [day(site, date) for date in dates], JC)


def store_of(url: str) -> Store:
    """The test's store, opened beside the app's own connection."""
    return open_store(url)


@dataclass
class User:
    """What `st.user` is while somebody is signed in (or, with an empty `about`, while nobody is but could be)."""

    about: dict[str, Any] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return name == "is_logged_in" or name in self.about

    def get(self, name: str, default: Any = None) -> Any:
        if name == "is_logged_in":
            return bool(self.about)
        return self.about.get(name, default)


def sign_in(monkeypatch: pytest.MonkeyPatch, email: str = "", **about: Any) -> None:
    """Sign somebody in, by an address the provider vouches for; without one, sign-in is set up and nobody signed in."""
    known = {"email": email, "email_verified": True, "sub": f"sub-of-{email}"} if email else {}
    monkeypatch.setattr(st, "user", User({**known, **about}))
