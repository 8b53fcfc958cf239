"""What a site calls its tasks: what it declares of them itself, and a task renamed in all its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive.asking import refused
from carveout.app.archive.shelf import Shelf
from carveout.app.wording import catalogue as messages
from carveout.app.wording import in_html, says, t
from carveout.catalogue import catalogue
from carveout.language import Text
from carveout.observations.words import TASK_ATTRIBUTES, TASK_DEFAULTS
from carveout.store import SiteInfo, Store
from carveout.workday import SiteHead, Vocabulary, vocabulary

_ASKED = ("nature", "supplier", "care_class", "load")


def draw(shelf: Shelf) -> None:
    """The part `tasks` of a site's page."""
    store, info, head = shelf.store, shelf.info, shelf.head
    known = vocabulary(head)
    counts = counted(shelf, known)
    st.html(f'<p class="co-lead">{in_html(t("archive.tasks_lead"))}</p>')
    if archive_here.allowed("manage", info.id):
        left, right = st.columns(2, gap="large")
        with left:
            _declare(store, info, head, known, counts)
        with right:
            _rename(store, info, known, counts)
    st.html(_table(head, known, counts))


def counted(shelf: Shelf, known: Vocabulary) -> Counter[str]:
    """How many rows each task of a site has, by code; what no catalogue knows under the text as it was typed."""
    return Counter(known.resolve(row.task) or row.task for day in shelf.days for row in archive_here.workday(day).rows)


def _table(head: SiteHead, known: Vocabulary, counts: Counter[str]) -> str:
    codes = sorted({*counts, *head.tasks}, key=lambda code: (-counts[code], code))
    names = ("archive.task", "archive.rows", "archive.nature", "archive.supplier", "archive.declared")
    heads = "".join(f"<th scope='col'>{in_html(t(name))}</th>" for name in names)
    body = ""
    for code in codes:
        own = head.tasks.get(code, {})
        shipped = code in catalogue().tasks
        where = "archive.declared_here" if own else "archive.declared_shipped" if shipped else "archive.declared_not"
        cells = [
            says(known.label(code)), str(counts[code]), _word("nature", _value(own, code, "nature")),
            _word("supplier", _value(own, code, "supplier")), t(where),
        ]  # fmt: skip
        body += "<tr>" + "".join(f"<td>{in_html(cell)}</td>" for cell in cells) + "</tr>"
    return f"<div class='co-scroll'><table class='co-table'><tr>{heads}</tr>{body}</table></div>"


def _value(own: object, code: str, name: str) -> str:
    if isinstance(own, dict) and own.get(name):
        return str(own[name])
    shipped = catalogue().tasks.get(code)
    return str(getattr(shipped, name)) if shipped else TASK_DEFAULTS[name]


def _word(name: str, value: str) -> str:
    """An attribute's value in words."""
    key = f"archive.{name}_{value}"
    return says(messages()[key]) if key in messages() else value


def _declare(store: Store, info: SiteInfo, head: SiteHead, known: Vocabulary, counts: Counter[str]) -> None:
    """A small form for one task: how it is called and what no timeline can show of it."""
    st.subheader(t("archive.declare"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("archive.declare_help"))}</p>')
    unknown = [code for code in counts if code not in catalogue().tasks and code not in head.tasks]
    codes = list(dict.fromkeys([*unknown, *head.tasks, *(code for code, _ in counts.most_common())]))
    typed = st.selectbox(
        t("archive.task"), codes, index=None, key=f"archive.declare.{info.id}", accept_new_options=True,
        format_func=lambda code: says(known.label(code)), placeholder=t("archive.task_pick"),
    )  # fmt: skip
    if not typed or not typed.strip():
        return
    code = known.resolve(typed) or typed.strip()
    own = dict(head.tasks.get(code, {}))
    told: dict[str, str] = {}
    base = f"archive.declare.{info.id}.{code}"
    label = known.label(code)
    for name in ("ja", "en"):
        told[name] = st.text_input(
            t(f"archive.label_{name}"), own.get(name) or (label.ja if name == "ja" else _english(label)),
            key=f"{base}.{name}", max_chars=100,
        ).strip()  # fmt: skip
    for name in _ASKED:
        options = [str(one) for one in TASK_ATTRIBUTES[name] or ()]
        value = _value(own, code, name)
        words = {one: _word(name, one) for one in options}
        told[name] = st.selectbox(
            t(f"archive.{name}"), options, index=options.index(value) if value in options else 0, key=f"{base}.{name}",
            format_func=words.__getitem__,
        )  # fmt: skip
    if st.button(t("archive.keep"), key=f"{base}.keep", type="primary"):
        kept = own | _differing(code, told, own)
        store.put_site(replace(head, tasks={**head.tasks, code: kept}), archive_here.by(), info.version)
        st.rerun()


def _english(label: Text) -> str:
    """A label's English, "" where nobody has given one."""
    return label.en if label.en.isascii() else ""


def _differing(code: str, told: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """What the site says otherwise than the catalogue, or has said before."""
    shipped = catalogue().tasks.get(code)
    usual = {name: _value({}, code, name) for name in _ASKED}
    usual |= {"ja": shipped.label.ja, "en": shipped.label.en} if shipped else {"ja": "", "en": ""}
    return {name: value for name, value in told.items() if value and (value != usual[name] or name in own)}


def _rename(store: Store, info: SiteInfo, known: Vocabulary, counts: Counter[str]) -> None:
    """A task under another name, in every row."""
    st.subheader(t("archive.rename"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("archive.rename_help"))}</p>')
    old = st.selectbox(
        t("archive.rename_old"), [code for code, _ in counts.most_common()], index=None,
        key=f"archive.rename.old.{info.id}", format_func=lambda code: says(known.label(code)),
        placeholder=t("archive.task_pick"),
    )  # fmt: skip
    new = st.selectbox(
        t("archive.rename_new"), sorted(catalogue().tasks), index=None, key=f"archive.rename.new.{info.id}",
        format_func=lambda code: says(known.label(code)), accept_new_options=True, placeholder=t("archive.task_pick"),
    )  # fmt: skip
    if not old or not new or not new.strip():
        return
    code = known.resolve(new) or new.strip()
    st.html(f'<p class="co-lead">{in_html(t("archive.rename_rows", n=counts[old]))}</p>')
    if st.button(t("archive.rename_do"), key=f"archive.rename.do.{info.id}", type="primary"):
        if code == old:
            refused(t("archive.rename_same"))
            return
        store.rename_task(info.id, old, code, archive_here.by())
        st.rerun()
