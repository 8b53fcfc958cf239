"""Who may sign in, as what, and at which sites."""

from __future__ import annotations

import streamlit as st

from carveout.app import archive_here
from carveout.app.archive.asking import confirmed, doubtful, refused
from carveout.app.wording import in_html, t
from carveout.store import Member, Role, Store

_ALL, _NEW = "\x00all", "\x00new"


def draw(store: Store) -> None:
    """The list of members and a form for one of them."""
    if not archive_here.allowed("admin"):
        return
    st.html(f'<p class="co-lead">{in_html(t("archive.people_lead"))}</p>')
    members = {one.subject: one for one in store.members()}
    st.html(_table(list(members.values())))
    subject = st.selectbox(
        t("archive.member_which"), [_NEW, *members], key="archive.member",
        format_func=lambda one: t("archive.member_new") if one == _NEW else one,
    )  # fmt: skip
    if subject == _NEW:
        subject = st.text_input(t("archive.account"), key="archive.member.account", max_chars=200)
        st.html(f'<p class="co-small">{in_html(t("archive.account_hint"))}</p>')
    if not subject.strip():
        return
    subject = subject.strip().casefold() if "@" in subject else subject.strip()
    now = members.get(subject, Member(subject, "", Role.OBSERVER, ()))
    base = f"archive.member.{subject}"
    columns = st.columns([2, 2, 4])
    with columns[0]:
        label = st.text_input(t("archive.member_label"), now.label, key=f"{base}.label", max_chars=60).strip()
    with columns[1]:
        roles = list(Role)
        role = st.selectbox(
            t("archive.member_role"), roles, index=roles.index(now.role), key=f"{base}.role",
            format_func=lambda one: t(f"archive.role_{one}"),
        )  # fmt: skip
    with columns[2]:
        infos = {info.id: info.name or info.id for info in store.sites()} | {_ALL: t("archive.every_site")}
        begun = [_ALL] if now.sites is None else [one for one in now.sites if one in infos]
        sites = st.multiselect(
            t("archive.member_sites"), [_ALL, *(one for one in infos if one != _ALL)], begun, key=f"{base}.sites",
            format_func=infos.__getitem__, placeholder=t("archive.no_site_yet"),
        )  # fmt: skip
    st.html(f'<p class="co-small">{in_html(t(f"archive.role_{role}_may"))}</p>')
    sure = confirmed(base, doubtful([label]))
    if st.button(t("archive.keep"), key=f"{base}.keep", type="primary", disabled=not sure):
        mine = archive_here.me().subject
        if subject == mine and (role is not Role.ADMIN or _ALL not in sites):
            refused(t("archive.not_oneself"))
            return
        store.put_member(Member(subject, label, role, None if _ALL in sites else tuple(sites)), archive_here.by())
        st.rerun()


def _table(members: list[Member]) -> str:
    if not members:
        return f"<p class='co-lead'>{in_html(t('archive.no_member'))}</p>"
    names = ("archive.account", "archive.member_label", "archive.member_role", "archive.member_sites")
    heads = "".join(f"<th scope='col'>{in_html(t(name))}</th>" for name in names)
    body = ""
    for one in members:
        sites = t("archive.every_site") if one.sites is None else t("archive.listed").join(one.sites)
        cells = (one.subject, one.label, t(f"archive.role_{one.role}"), sites or t("archive.no_site_yet"))
        body += "<tr>" + "".join(f"<td>{in_html(cell)}</td>" for cell in cells) + "</tr>"
    return f"<div class='co-scroll'><table class='co-table'><tr>{heads}</tr>{body}</table></div>"
