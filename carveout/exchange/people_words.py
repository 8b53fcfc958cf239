"""Words that stand for people: which of them are ids, and what hides a name in a mapping that is kept."""

from __future__ import annotations

import re
from hashlib import blake2b, sha256

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


def is_hidden(name: str) -> bool:
    """Whether a word of a kept mapping stands for a name already."""
    return name.startswith(_HIDDEN)


def hidden(name: str, secret: str = "") -> str:
    """What stands for a name in a mapping that is kept: the same for the same name and secret, and not readable.

    secret: without it nobody can find the name by trying the names there are; "" is no protection against that.

    >>> hidden("山田花子", "k") == hidden("山田花子", "k") != hidden("山田", "k")
    True
    >>> hidden("山田花子", "k") == hidden("山田花子", "another")
    False
    """
    key = sha256(secret.encode("utf-8", "replace")).digest() if secret else b""
    return _HIDDEN + blake2b(name.encode(), digest_size=12, key=key, person=b"carveout-name").hexdigest()
