"""A typed task means what a file makes of it; only readings go beyond, and they lead to codes."""

from __future__ import annotations

import pytest

from carveout.catalogue import catalogue
from carveout.model import Kind
from carveout.workday import Row, SiteHead, Vocabulary, Workday, timeline_of, vocabulary

OWN = SiteHead(
    "home",
    Kind.CARE_HOME,
    tasks={
        "tea": {"ja": "お茶会", "en": "Tea party"},
        "配膳": {"nature": "housekeeping"},
        "cleaning": {"ja": "ユニット清掃"},
        "床みがき": {},
    },
)
SPELLED = [spelling for task in catalogue().tasks.values() for spelling in task.spellings()]
TYPED = [
    *SPELLED,
    "お茶会",
    "Ｔｅａ　ｐａｒｔｙ",
    "tea party",
    "ユニット清掃",
    "床みがき",
    "何かの仕事",
    "清掃中",
    "オムツ 交換",
    "引き渡し",
]


@pytest.mark.parametrize("head", [SiteHead("home", Kind.CARE_HOME), SiteHead("home", Kind.NURSERY), OWN])
def test_what_is_typed_means_what_is_read(head):
    known = vocabulary(head)
    rows = tuple(Row(f"r{number}", 0, 10, text, ("s1",)) for number, text in enumerate(TYPED))
    timeline = timeline_of(head, [Workday("home", "2026-06-01", "u", rows=rows)]).timeline
    for text, task in zip(TYPED, timeline.task.tolist(), strict=True):
        typed = known.resolve(text)
        assert (typed or text) == timeline.tasks.code[task], text
        assert (typed is not None) == bool(timeline.tasks.known[task]), text


def test_the_label_to_type_leads_back_to_its_code():
    known = vocabulary(OWN)
    for code in {*catalogue().tasks, *OWN.tasks}:
        assert known.resolve(known.typed(code)) == code


def test_a_sites_own_label_names_the_task():
    known = vocabulary(OWN)
    assert (known.label("cleaning").ja, known.label("cleaning").en) == ("ユニット清掃", "Cleaning")
    assert known.label("nobody knows").ja == "nobody knows"


def test_the_beginning_of_a_label_is_offered_and_never_taken():
    known = vocabulary(OWN)
    assert known.resolve("入浴介") is None
    assert known.near("入浴介")[0].ja == "入浴介助"
    assert known.near("お茶")[0].ja == "お茶会"


def test_a_plain_mapping_is_a_vocabulary_too():
    known = Vocabulary({"体そう": "gym"})
    assert (known.resolve("体そう"), known["体そう"], len(known), list(known)) == ("gym", "gym", 1, ["体そう"])
    assert known == known
    assert known != Vocabulary({"体そう": "gym"})


def test_a_site_has_one_vocabulary_however_often_it_is_asked_for():
    assert vocabulary(OWN) is vocabulary(OWN)
    assert vocabulary(OWN) is not vocabulary(SiteHead("home", Kind.NURSERY, tasks=OWN.tasks))
