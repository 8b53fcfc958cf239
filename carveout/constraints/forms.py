"""Through which form of contract a job can be arranged, which is recommended, and why (not)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from carveout.constraints.checks import check
from carveout.constraints.offer import Offer, OfferedTask
from carveout.constraints.policy import Policy
from carveout.constraints.wording import both_named, number
from carveout.language import Text
from carveout.model import Channel, ChannelOption, ConstraintCheck, Layer, Mode

_PAID = (Channel.CONTRACT, Channel.DISPATCH, Channel.PLACEMENT)
_DIRECTED = (Channel.DISPATCH, Channel.PLACEMENT, Channel.CONTRACT, Channel.INFORMATION)
_APART = (Channel.CONTRACT, Channel.DISPATCH, Channel.PLACEMENT, Channel.INFORMATION)

_NO_FEE = Text("料金をいただけない場合は選べません。", "Not possible where no fee can be paid.")
_REASONS: Mapping[str, Text] = {
    "contract": Text(
        "どの仕事も職員の指示を受けずに切り分けて行えるため、請負・委任で引き受けられます（昭和61年労働省告示第37号）。"
        "職員のそばで手伝う仕事を加えるときは、派遣か職業紹介に切り替えます。",
        "All of the work can be done apart, without the staff's direction, so contract work is possible (notice no. 37 "
        "of 1986). Adding help beside staff means changing to dispatch or placement.",
    ),
    "dispatch_directed": Text(
        "{tasks}は職員のそばで指示を受けて行うため、請負・委任ではなく派遣が合います（昭和61年労働省告示第37号）。"
        "会員はシルバー人材センターを通じて雇われ、施設が指示します。仕事を広げるときは派遣契約を書き改めます。",
        "{tasks}: done beside staff and directed by them, so dispatch fits, not contract work (notice no. 37 of 1986). "
        "The member is employed through the center and directed by the site. Every widening amends the contract.",
    ),
    "dispatch_apart": Text(
        "派遣でも行えます。職員が直接指示できるので、あとでそばで手伝う仕事を加えるときにも続けられます。",
        "Possible as well. Staff may direct the member, so it also holds when help beside staff is added later.",
    ),
    "placement": Text(
        "施設が会員を直接雇うなら行えます。指示は施設が出し、賃金や労働条件も施設が定めます。",
        "Possible if the site employs the member itself; it then directs the work and sets wage and conditions.",
    ),
    "information": Text(
        "料金をいただくほどでないときの、相談と情報の提供だけの形です。引き受けや契約はありません。",
        "Only advice and information, for when no fee is worth it; the center takes nothing on.",
    ),
    "information_only": Text(
        "料金をいただけないため、相談と情報の提供にとどめます。料金をいただけるようになれば、ほかの形に切り替えられます。",
        "As no fee can be paid, only advice and information. Once a fee can be paid, another form may take its place.",
    ),
}
_WIDE = Text(
    "知事の指定により、週{hours}時間まで認められます。",
    " The governor's designation allows up to {hours} hours a week.",
)


def channels(offer: Offer, policy: Policy) -> tuple[ChannelOption, ...]:
    """The four channels, the recommended one first, each with the reason why (not).

    A channel is not possible where the law breaks in it what it keeps in another; what no channel mends is the job's
    own fault and stands in its checks. So where every paid one breaks something, the usual one stays recommended: a
    job too long for an employer's day does not become advice.
    """
    helping = [task for task in offer.tasks if task.mode is Mode.ASSIST]
    broken = {channel: _broken(offer, policy, channel) for channel in _PAID}
    order = _DIRECTED if helping else _APART
    rules = {channel: {one.rule for one in found} for channel, found in broken.items()}
    own_fault = set.intersection(*rules.values())
    if all(found - own_fault for found in rules.values()):
        own_fault |= rules[order[0]]
    in_the_way = {channel: [one for one in found if one.rule not in own_fault] for channel, found in broken.items()}
    if not policy.fee:
        rest = tuple(ChannelOption(channel, False, _NO_FEE) for channel in order if channel is not Channel.INFORMATION)
        return (ChannelOption(Channel.INFORMATION, True, _REASONS["information_only"]), *rest)
    options = [_option(channel, offer, policy, helping, in_the_way.get(channel, [])) for channel in order]
    return tuple(sorted(options, key=lambda option: not option.possible))


def _broken(offer: Offer, policy: Policy, channel: Channel) -> list[ConstraintCheck]:
    """The hard limits of law, or of a stricter figure chosen for one, that the offer breaks in a channel."""
    found = check(replace(offer, channel=channel), policy)
    return [one for one in found if not one.ok and one.hard and one.layer in (Layer.LAW, Layer.SCHEME)]


def _option(
    channel: Channel,
    offer: Offer,
    policy: Policy,
    helping: Sequence[OfferedTask],
    in_the_way: Sequence[ConstraintCheck],
) -> ChannelOption:
    if in_the_way:
        rules = {one.rule for one in in_the_way}
        # Too many days only count because there are too many hours: said once.
        said = [one.said for one in in_the_way if one.rule != "days-per-month" or "weekly-hours" not in rules]
        return ChannelOption(channel, False, Text("".join(t.ja for t in said), " ".join(t.en for t in said)))
    name = channel.value
    if channel is Channel.DISPATCH:
        name = "dispatch_directed" if helping else "dispatch_apart"
    tasks = both_named(helping)
    reason = _REASONS[name].format({"tasks": tasks.ja}, {"tasks": tasks.en})
    limit = policy.weekly_limit(channel, offer.kind, {task.traits.nature for task in offer.tasks})
    if limit == "weekly_hours_designated":
        hours = number(policy.number(limit))
        wide = _WIDE.format({"hours": hours}, {"hours": hours})
        reason = Text(reason.ja + wide.ja, reason.en + wide.en)
    return ChannelOption(channel, True, reason)
