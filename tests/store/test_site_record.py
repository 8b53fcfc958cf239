"""The record of a site beside its days: heads, renamed tasks and members, in their order, each with who wrote it."""

from __future__ import annotations

from dataclasses import replace

from carveout.model import Kind
from carveout.store import By, Member, Role, Store
from carveout.workday import SiteHead

A, B = By("jc-01"), By("jc-02")


def test_a_site_remembers_who_changed_what_beside_its_days(store: Store) -> None:
    head = SiteHead("a", Kind.CARE_HOME, "さくら苑")
    store.put_site(head, A)
    store.put_site(SiteHead("b", Kind.NURSERY), A)
    store.put_site(replace(head, name="もみじ苑"), B)
    store.put_member(Member("x@example.org", "", Role.OBSERVER, ("a",)), A)
    store.put_member(Member("y@example.org", "", Role.OBSERVER, ("b",)), A)
    found = store.site_history("a")
    assert [(one.kind, one.who) for one in found] == [("member", "jc-01"), ("site", "jc-02"), ("site", "jc-01")]
    assert found[0].after is not None and found[0].after["subject"] == "x@example.org"
    assert found[1].before is not None and (found[1].before["name"], found[2].before) == ("さくら苑", None)
    assert len(store.site_history("a", 1)) == 1
