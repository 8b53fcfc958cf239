"""What is practised, in words: every rule of the rulebook as a topic a trainee can know."""

from __future__ import annotations

from collections.abc import Mapping

from carveout.language import Text

TOPIC: Mapping[str, Text] = {
    "rhythmic-chain": Text("流れの一部は、切り出さない", "A link of a flow is not cut out"),
    "overlapping": Text("流れに重なる仕事は、添って助ける", "Work that converges with a flow: support it"),
    "overlapping-alone": Text("重なる仕事を一人で担えるかは、言えない", "Converging work done alone: nothing is known"),
    "thin-staffing": Text("職員が手薄なときは、流れに添える", "When staff are few, one may help beside the flow"),
    "weekday-peak": Text("曜日に集中する仕事は、任せられる", "Work of one weekday can be taken over"),
    "weekday-peak-reported": Text("聞いただけの曜日の集中", "A weekday's peak that was only told of"),
    "interaction-core": Text("ふれあいが要の仕事は、代わらない", "Where contact is the point, nobody stands in"),
    "interaction-core-backup": Text("ふれあいの場の、当日の手伝い", "Backing up on the day where contact is the point"),
    "interaction-core-preparation": Text("ふれあいの場の、企画と準備", "Preparing for where contact is the point"),
    "advisory": Text("経験と知識は、助言に活きる", "Expertise is offered as advice"),
    "advisory-duty": Text("施設の責任は、代わって担わない", "The facility's duty is not taken over"),
    "planning": Text("企画・準備は、現場を離れて備える", "Planning is prepared away from the floor"),
    "planning-decision": Text("何を行うかを決めてよいかは、言えない", "Deciding in place of staff: nothing is known"),
    "dedicated-role": Text("専任の役割は、丸ごと残す", "One person's whole role is left whole"),
    "contracted": Text("外部に委託した仕事は、委託先に尋ねる", "Contracted work: approach the contractor"),
    "transport-apart": Text("流れとは別の、車両の仕事", "Work with vehicles, apart from the flow"),
    "upkeep-apart": Text("流れとは別の、建物や敷地の手入れ", "Upkeep of house and grounds, apart from the flow"),
    "no-pattern": Text("手がかりがなければ、決めない", "Without any sign, one does not decide"),
    "not-work": Text("休憩は、仕事ではない", "A break is not work"),
    "desk-work": Text("責任や個人情報に関わる事務", "Desk work that touches duty or personal data"),
    "qualification-needed": Text("資格や免許の要る仕事", "Work that needs a qualification or licence"),
    "bodily-care-excluded": Text("身体介護をしない区分", "Schemes that leave bodily care out"),
    "mie-class-a": Text("経験を要するとする区分", "Schemes that ask for experience"),
    "medical-act": Text("医行為は、できない", "Medical acts are not done"),
    "medical-act-unconfirmed": Text("医行為かもしれない仕事", "What may be a medical act"),
    "lifting-people": Text("人を抱え上げる仕事", "Lifting people"),
    "bodily-care-alone": Text("身体に触れる介助を一人で担うとき", "Bodily care done alone"),
    "children-alone": Text("こどもに直接関わる仕事", "Work with children"),
    "driving-licence": Text("運転に要る免許", "The licence for driving"),
    "dementia-basics-training": Text("認知症介護の基礎研修", "The basic dementia-care training"),
    "nursery-staff-count": Text("保育士の配置基準", "The required number of nursery teachers"),
    "child-contact-check": Text("こどもに接する仕事の確認", "The check for work with children"),
}


def topic_name(topic: str) -> Text:
    """A topic in words; one that nobody has worded is shown as it is written.

    >>> topic_name("planning").en, topic_name("our-own").en
    ('Planning is prepared away from the floor', 'our-own')
    """
    return TOPIC.get(topic, Text(topic, topic))
