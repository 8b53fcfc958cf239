"""Who may see and do what: a few roles, each at the sites a member is named for.

see: look at days, results and history. write: enter, correct, remove and restore days, settle clashes. manage: what
shapes a site as a whole: its head and tasks, imports, judgements over the rules', shaped jobs, openings. teach: make
exercises and see how trainees come along. admin: members, and the store as a whole (export and restore of everything).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Action = Literal["see", "write", "teach", "manage", "admin"]


class Role(StrEnum):
    """What somebody is to the store."""

    OBSERVER = "observer"
    COORDINATOR = "coordinator"
    TRAINER = "trainer"
    ADMIN = "admin"


_MAY: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.OBSERVER: frozenset(("see", "write")),
        Role.COORDINATOR: frozenset(("see", "write", "teach", "manage")),
        Role.TRAINER: frozenset(("see", "teach")),
        Role.ADMIN: frozenset(("see", "write", "teach", "manage", "admin")),
    }
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in. subject: the account; label: a role or number to show, never a person's name.

    sites: where the role holds; None for every site, also those to come.
    """

    subject: str
    label: str
    role: Role
    sites: tuple[str, ...] | None = ()


def may(member: Member | None, action: Action, site: str | None = None) -> bool:
    """Whether somebody may do something at a site, or (None) in the store as a whole.

    Whoever is named for some sites only may do nothing to the store as a whole; who is no member, nothing at all.

    >>> may(Member("a@example.org", "jc-01", Role.COORDINATOR, ("home-a",)), "manage", "home-a")
    True
    >>> may(Member("b@example.org", "jc-02", Role.ADMIN, ("home-a",)), "see", "home-b"), may(None, "see", "home-a")
    (False, False)
    """
    if member is None or action not in _MAY[member.role]:
        return False
    return member.sites is None or (site is not None and site in member.sites)
