"""Text in the two languages of the product: Japanese first, English a switch away.

Everything a person may read is a `Text`. Which of the two is shown is decided at the edge (command line, app,
document), never in the analysis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Japanese and English.

    >>> Text("清掃", "Cleaning").in_("en")
    'Cleaning'
    """

    ja: str
    en: str

    def in_(self, language: Language) -> str:
        """The wording in one language."""
        return self.ja if language == "ja" else self.en

    def as_dict(self) -> dict[str, str]:
        """The wording as the analysis file writes it: ``{"en": ..., "ja": ...}``."""
        return {"en": self.en, "ja": self.ja}

    def format(self, ja: Mapping[str, object], en: Mapping[str, object]) -> Text:
        """Fill the placeholders of each wording with values worded for that language.

        >>> Text("{n}日", "{n} days").format({"n": 3}, {"n": 3}).ja
        '3日'
        """
        return Text(self.ja.format(**ja), self.en.format(**en))
