"""What journeys through the day sheet share: a day in a store, and the sheet as a person meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carveout.model import Kind
from carveout.store import By, Store, open_store
from carveout.workday import Person, Row, SiteHead, Workday
from tests.app.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ME = By("local")
DATE = "2026-06-01"
PEOPLE = (Person("s1", "care_worker", ((420, 960),)), Person("s2", "nurse", ((540, 720), (765, 1080))))
Fields = tuple[int, int | None, str, tuple[str, ...]]


def row(name: str, start: int, end: int | None, task: str, *staff: str, note: str = "") -> Row:
    """A row of a test; its name is filled up to the length of an id."""
    return Row(name.ljust(10, "0"), start, end, task, staff, None, note)


def new_day(server: Server, *rows: Row) -> str:
    """The key of a new day with rows in the server's store."""
    store = open_store(server.store)
    if not any(site.id == "home-x" for site in store.sites()):
        store.put_site(SiteHead("home-x", Kind.CARE_HOME, "ひまわり苑"), ME)
    observer = f"jc-{len(store.days('home-x')) + 1:02d}"
    key = store.open_day(Workday("home-x", DATE, "ユニット1", observer, PEOPLE, rows), ME)
    store.close()
    return key


def stands(server: Server, key: str) -> list[Fields]:
    """The day's rows as the store has them, by the clock."""
    store = open_store(server.store)
    rows = store.day(key).workday.rows
    store.close()
    return [
        (one.start, one.end, one.task, one.staff) for one in sorted(rows, key=lambda one: (one.start, one.end or 0))
    ]


def with_store(server: Server) -> Store:
    """The server's store, to be closed by whoever asks."""
    return open_store(server.store)


@dataclass
class Sheet:
    """The day sheet in a browser."""

    page: Page
    url: str

    def open(self, key: str, language: str = "ja") -> Sheet:
        """Go to a day and wait until the sheet is there."""
        self.page.goto(f"{self.url}/record?day={key}&lang={language}")
        return self.ready()

    def ready(self) -> Sheet:
        """Wait for the sheet."""
        self.line.wait_for(timeout=60_000)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')")
        return self

    @property
    def line(self) -> Locator:
        return self.page.locator("#line")

    @property
    def rows(self) -> Locator:
        return self.page.locator("[role=grid] tbody tr:not(.coming)")

    @property
    def held(self) -> Locator:
        return self.page.locator(".outbox li.held")

    def cell(self, number: int, field: str) -> Locator:
        """A cell of the nth row (from 0)."""
        columns = ("pick", "start", "end", "task", "staff", "trigger", "note")
        return self.rows.nth(number).locator("td").nth(columns.index(field))

    def button(self, act: str) -> Locator:
        return self.page.locator(f"button[data-act={act}]")

    def write(self, *lines: str) -> None:
        """Type lines as fast as the keyboard gives, waiting for nothing."""
        self.line.focus()
        for text in lines:
            self.page.keyboard.insert_text(text)
            self.page.keyboard.press("Enter")

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)

    def shown(self) -> list[str]:
        """The rows as they read on the screen, without the column of choices."""
        return self.rows.evaluate_all(
            "rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.firstChild.textContent).join('|'))"
        )

    def kept(self) -> None:
        """Wait until the server has answered for everything."""
        self.page.wait_for_function(
            """() => {
              const roots = [...document.querySelectorAll('*')].map(n => n.shadowRoot);
              const root = roots.find(one => one && one.querySelector('.sheet'));
              const left = Object.keys(localStorage).filter(k => k.startsWith('carveout.outbox.'))
                .map(k => JSON.parse(localStorage.getItem(k))).filter(e => e.state === 'waiting');
              return root && !left.length && !root.querySelector('tr.waiting');
            }""",
            timeout=60_000,
        )

    def focused(self) -> str:
        """What has the focus, inside the sheet too: its tag and id or role."""
        return self.page.evaluate(
            """() => { let a = document.activeElement;
              while (a && a.shadowRoot && a.shadowRoot.activeElement) a = a.shadowRoot.activeElement;
              return a ? `${a.tagName} ${a.id || a.getAttribute('role') || ''}`.trim() : ''; }"""
        )
