"""Files into the store: recognised, what is unknown in them asked and remembered, looked over, then taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from carveout.app import archive_here
from carveout.app.archive import mapping_step, nameless
from carveout.app.archive.asking import refused
from carveout.app.archive.day_names import dated
from carveout.app.archive.handed import File
from carveout.app.archive.site_fields import site_fields
from carveout.app.archive.walking import open_site
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.problem_table import problem_table
from carveout.app.sites import MAX_FILE_MB, MEGABYTE
from carveout.app.wording import in_html, in_markdown, says, t
from carveout.exchange import Imported, Mapping, formats, recognise
from carveout.store import DayInfo, How, Store
from carveout.workday import SiteHead, Workday

_DONE = "archive.imported"
_TURN = "archive.import_turn"
_CONTRACT = ("yaml", "csv", "xlsx", "parquet")
_TRIED = {"xls", "xlsm", "xlsb", "ods"}  # let through, so that what to do with them is said in our words
_TOLD_DAYS = 40


def draw(store: Store, site: str | None) -> None:
    """The part `import`: into a site, or (None) into the sites that the files themselves name."""
    _done()
    st.html(f'<p class="co-lead">{in_html(t("archive.import_lead"))}</p>')
    endings = sorted({ending.lstrip(".") for one in formats() if one.reads for ending in one.suffixes})
    handed = st.file_uploader(
        t("archive.import_pick", mb=MAX_FILE_MB), type=sorted({one.rpartition(".")[2] for one in endings} | _TRIED),
        accept_multiple_files=True, key=f"archive.files.{site}.{st.session_state.get(_TURN, 0)}",
        max_upload_size=MAX_FILE_MB,
    )  # fmt: skip
    own_words_for_the_drop_zone()
    with st.expander(t("archive.import_kinds")):
        items = "".join(
            f"<li><b>{in_html(says(one.label))}</b> <small>{in_html(says(one.about))}</small></li>"
            for one in formats() if one.reads
        )  # fmt: skip
        st.html(f"<ul class='co-plain'>{items}</ul>")
    read = [one for file in _files(handed) if (one := _file(store, site, file)) is not None]
    found = [pair for imported in read for pair in imported.sites]
    if not found:
        return
    there = {head.id: store.days(head.id) for head, _ in found if head.id in {info.id for info in store.sites()}}
    how = _how(site) if _preview(found, there) else "skip"
    refusable = [head.id for head, _ in found if head.id in there and not archive_here.allowed("manage", head.id)]
    if refusable:
        st.error(t("archive.import_no_right", sites=in_markdown("、".join(dict.fromkeys(refusable)))))
        return
    standing = [(head, tuple(map(archive_here.workday, there.get(head.id, ())))) for head, _ in found]
    named, sure = nameless.asked(f"archive.import.{site}", found, nameless.people(standing))
    if st.button(t("archive.import_do"), type="primary", key=f"archive.import.{site}", icon=":material/download_done:"):
        if sure:
            _take(store, site, named, read, how)
        else:
            refused(t("archive.answer_first"))


def _files(handed: Sequence[UploadedFile]) -> list[File]:
    """The files within bounds; the others are refused before their bytes are looked at."""
    files = []
    for one in handed:
        if one.size > MAX_FILE_MB * MEGABYTE:
            megabytes = f"{one.size / MEGABYTE:.0f}"
            st.error(t("upload.too_big", name=in_markdown(one.name), size=megabytes, mb=MAX_FILE_MB))
            continue
        data = one.getvalue()
        files.append(File(one.name, data, hashlib.sha256(data).hexdigest()))
    return files


def _file(store: Store, site: str | None, file: File) -> Imported | None:
    """One file: what it is, what has to be asked, what is wrong with it; None while it gives no days."""
    with st.container(border=True, key=f"archive-file-{file.digest[:12]}"):
        kind = recognise(file.name, file.data)
        said = t("archive.import_is", kind=says(kind.label)) if kind else t("archive.import_unknown")
        st.html(f"<p class='co-body'><b>{in_html(file.name)}</b> <small>{in_html(said)}</small></p>")
        head = store.site(site) if site is not None else None
        if kind is not None and kind.id not in _CONTRACT and head is None:
            st.html(f'<p class="co-lead">{in_html(t("archive.import_site"))}</p>')
            head = site_fields(store, f"archive.import.{file.digest[:12]}").usable()
            if head is None:
                return None
        memory = store.mapping(site, kind.id) if site is not None and kind is not None else ""
        begun = replace(_remembered(memory), secret=store.secret())
        days = store.days(site) if site is not None else ()
        units = tuple(dict.fromkeys(info.unit for info in days))
        known = [(head, tuple(archive_here.workday(info) for info in days))] if head is not None else []
        imported = mapping_step.draw(file, begun, head, units, tuple(sorted(nameless.people(known))))
        if imported.problems:
            with st.expander(t("archive.import_problems", n=len(imported.problems)), expanded=imported.has_errors):
                st.html(problem_table(imported.problems))
        return imported if imported.sites and not imported.missing else None


def _remembered(memory: str) -> Mapping:
    """What was decided about files of this kind before; nothing where it cannot be read any more."""
    try:
        return Mapping.from_json(memory) if memory else Mapping()
    except ValueError:
        return Mapping()


def _preview(found: Sequence[tuple[SiteHead, tuple[Workday, ...]]], there: dict[str, tuple[DayInfo, ...]]) -> bool:
    """Every day that would come in, and whether it is there already; gives whether one of them is."""
    st.subheader(t("archive.preview"), anchor=False)
    several = len({head.id for head, _ in found}) > 1
    names = ["archive.date", "archive.unit", "archive.observer", "archive.rows", "archive.becomes"]
    names = ["archive.site", *names] if several else names
    heads = "".join(f"<th scope='col'>{in_html(t(name))}</th>" for name in names)
    lines = [(head, day) for head, days in found for day in days]
    standing = {(one.site, one.date, one.unit, one.observer) for days in there.values() for one in days}
    body = ""
    for head, day in lines[:_TOLD_DAYS]:
        known = (head.id, day.date, day.unit, day.observer) in standing
        becomes = t("archive.becomes_known" if known else "archive.becomes_new")
        site = (head.name or head.id,) if several else ()
        cells = (*site, dated(day.date), day.unit, day.observer, str(len(day.rows)), becomes)
        body += "<tr>" + "".join(f"<td>{in_html(cell)}</td>" for cell in cells) + "</tr>"
    st.html(f"<div class='co-scroll'><table class='co-table'><tr>{heads}</tr>{body}</table></div>")
    if len(lines) > _TOLD_DAYS:
        st.html(f'<p class="co-lead">{in_html(t("archive.further", n=len(lines) - _TOLD_DAYS))}</p>')
    return any((head.id, day.date, day.unit, day.observer) in standing for head, day in lines)


def _how(site: str | None) -> How:
    """What becomes of days that are there already."""
    ways: tuple[How, ...] = ("skip", "replace", "beside")
    return st.radio(
        t("archive.import_how"), ways, key=f"archive.import.how.{site}", format_func=lambda way: t(f"archive.how_{way}")
    )


def _take(
    store: Store,
    site: str | None,
    found: Sequence[tuple[SiteHead, tuple[Workday, ...]]],
    read: Sequence[Imported],
    how: How,
) -> None:
    """All days into the store, site by site, and what was decided about the files remembered."""
    by = archive_here.by()
    taken = skipped = 0
    for head, days in found:
        done = store.import_days(head, days, by, how=how)
        taken, skipped = taken + len(done.added) + len(done.replaced), skipped + len(done.skipped)
    for imported in read:
        if imported.format is not None:
            for head, _ in imported.sites:
                kept = replace(imported.mapping.remembered(), site="", kind="")
                store.put_mapping(head.id, imported.format.id, kept.to_json(), by)
    st.session_state[_DONE] = (taken, skipped)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    if site is None:
        open_site(found[0][0].id)
    st.rerun()


def _done() -> None:
    """What the last import brought, said once."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        taken, skipped = done
        said = [t("archive.import_done", n=taken), *([t("archive.import_skipped", n=skipped)] if skipped else [])]
        st.success(" ".join(said), icon=":material/check_circle:")
