"""Words that stand for people: which of them are ids, and what hides a name in a mapping that is kept."""

from __future__ import annotations

import re
from hashlib import blake2b

# What people call "nobody in particular".
NOBODY = frozenset(("", "no focal subject", "na", "n/a", "none", "nan", "-", "—", "なし", "不明"))
_ROLE = (
    r"(?:staff|nurse|carer|caregiver|worker|helper|aide|assistant|teacher|person|participant|subject|observer|coder|user"
    r"|employee|member|職員|介護職員?|介護士|介護福祉士|看護師|看護職員?|保育士|保育者|スタッフ|ヘルパー|助手|担当|調理員|清掃員)"
)
_ID = re.compile(
    rf"[A-Za-z]{{0,4}}[-_ .]?\d{{1,6}}[A-Za-z]?|[A-Z]"
    rf"|{_ROLE}[-_ \u3000]?(?:\d{{1,6}}|[A-Za-zＡ-Ｚ]|[①-⑳]|[０-９]{{1,3}})",
    re.IGNORECASE,
)
_HIDDEN = "#"


def is_id(name: str) -> bool:
    """Whether a word stands for a person without naming them.

    >>> [is_id(name) for name in ("s1", "GL 16", "介護職A", "Nurse B", "山田花子", "Mary", "Tanaka B")]
    [True, True, True, True, False, False, False]
    """
    return _ID.fullmatch(name) is not None


def hidden(name: str) -> str:
    """What stands for a name in a mapping that is kept: the same for the same name, and not readable.

    >>> hidden("山田花子") == hidden("山田花子") != hidden("山田")
    True
    """
    return _HIDDEN + blake2b(name.encode(), digest_size=12, person=b"carveout-name").hexdigest()
