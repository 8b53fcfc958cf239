"""One's own record: choose files, see every problem with its remedy, or go to the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from carveout import observations
from carveout.app import sites
from carveout.app.drop_zone import own_words_for_the_drop_zone
from carveout.app.places import VIEWS
from carveout.app.problem_table import problem_table
from carveout.app.wording import in_html, in_markdown, language, t
from carveout.errors import InputError, Problem
from carveout.language import Language
from carveout.observations.template import TemplateKind

_RESULT = "upload.result"
_TRIED = ("xls", "xlsm", "xlsb", "ods")  # let through, so that what to do with them is said in our words


def render() -> None:
    """The page: privacy first, then files, then what became of them."""
    st.html(f'<p class="co-lead">{in_html(t("upload.lead"))}</p>')
    st.html(f'<p class="co-notice co-own" role="note">{in_html(t("upload.privacy"))}</p>')
    left, right = st.columns([3, 2], gap="large")
    with left:
        files = st.file_uploader(
            t("upload.pick", mb=sites.MAX_FILE_MB),
            type=[*sites.KINDS, *_TRIED],
            accept_multiple_files=True,
            key="upload.files",
        )
        own_words_for_the_drop_zone()
        pressed = st.button(t("upload.read"), type="primary", key="upload.read")
        if pressed and not files:
            st.info(t("upload.choose_first"))
        elif pressed:
            with st.spinner(t("app.loading")):
                st.session_state[_RESULT] = _load(files)
        outcome = st.session_state.get(_RESULT)
        if outcome:
            _outcome(outcome)
    with right:
        _templates()
        _mine()
    if outcome and outcome["problems"]:
        st.subheader(t("upload.problems"), anchor=False)
        st.html(problem_table(outcome["problems"]))


def _load(files: Sequence[UploadedFile]) -> dict[str, object]:
    """Read the files as one input; what is too large or of a strange kind is refused before its bytes are looked at."""
    refused: list[str] = []
    kept: list[tuple[str, bytes]] = []
    for file in files:
        if file.size > sites.MAX_FILE_MB * sites.MEGABYTE:
            megabytes = f"{file.size / sites.MEGABYTE:.0f}"
            refused.append(t("upload.too_big", name=in_markdown(file.name), size=megabytes, mb=sites.MAX_FILE_MB))
        elif file.name.rpartition(".")[2].lower() not in sites.KINDS:
            refused.append(t("upload.wrong_kind", name=in_markdown(file.name)))
        else:
            kept.append((file.name, file.getvalue()))
    if refused or not kept:
        return {"refused": refused, "problems": (), "taken": []}
    try:
        loaded, problems = sites.load_own(tuple(sorted(kept)))
    except InputError as error:
        return {"refused": [], "problems": error.problems, "taken": []}
    st.session_state["kept.site"] = loaded[0].key
    return {"refused": [], "problems": problems, "taken": [entry.name for entry in loaded]}


def _outcome(outcome: Mapping[str, Any]) -> None:
    """What became of the last reading."""
    for sentence in outcome["refused"]:
        st.error(sentence, icon=":material/error:")
    problems: tuple[Problem, ...] = outcome["problems"]
    errors = [p for p in problems if p.severity == "error"]
    if errors:
        st.error(t("upload.refused", n=len(errors)), icon=":material/error:")
    if outcome["taken"]:
        names = "、".join(in_markdown(name) for name in outcome["taken"])
        st.success(t("upload.accepted", sites=names), icon=":material/check_circle:")
        if st.button(t("upload.open_map"), type="primary", key="upload.open_map"):
            st.switch_page(str(VIEWS / "map.py"))
        if len(problems) > len(errors):
            st.warning(t("upload.warned", n=len(problems) - len(errors)), icon=":material/warning:")


def _templates() -> None:
    st.subheader(t("upload.template"), anchor=False)
    st.html(f'<p class="co-lead">{in_html(t("upload.template_help"))} {in_html(t("upload.paper"))}</p>')
    kinds: tuple[TemplateKind, ...] = ("xlsx", "yaml")
    for kind in kinds:
        st.download_button(
            t(f"upload.template_{kind}"),
            _template(kind, language()),
            file_name=f"carveout-template.{kind}",
            mime=_MIME[kind],
            key=f"upload.template.{kind}",
            icon=":material/download:",
            on_click="ignore",
        )


def _mine() -> None:
    st.subheader(t("upload.mine"), anchor=False)
    own = sites.own_files()
    if not own:
        st.html(f'<p class="co-lead">{in_html(t("upload.none_yet"))}</p>')
        return
    st.html(
        "<ul class='co-list'>" + "".join(f"<li>{in_html(name)}</li>" for files in own for name, _ in files) + "</ul>"
    )
    st.button(t("upload.forget"), on_click=_forget, key="upload.forget")


def _forget() -> None:
    sites.forget_own()
    st.session_state.pop(_RESULT, None)


@st.cache_data(max_entries=4, show_spinner=False)
def _template(kind: TemplateKind, lang: Language) -> bytes:
    return observations.template(kind, lang)


_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}


if __name__ == "__main__":
    render()
