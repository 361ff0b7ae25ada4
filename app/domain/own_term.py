"""Words an office adds to a vocabulary, changes or hides: kept in its case file, read by everybody of it.

Only vocabularies no rule reads anything of: what a purpose, an audience or a status *means* ships with the
program, because a changed meaning would change what may be told without anybody deciding it.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL: Final = FieldClass.INTERNAL
OWN: Final = "own_"

EXTENDABLE: Final = (
    "channel",
    "category",
    "vulnerability",
    "incident",
    "penalty",
    "regime",
    "end_reason",
    "godparent_kind",
    "godparent_action",
    "hold_reason",
    "show_reason",
    "attention_kind",
)
"""In the order Settings shows them."""
LONGEST: Final = 60


@noun("own_term")
@attrs.frozen
class OwnTerm:
    """A word of this case file: a new one, or other words for one that ships with Poruch.

    Attributes:
        of: the vocabulary.
        code: what ships with Poruch and is worded or hidden here; empty for a new one.
        hidden: forms do not offer it any more; what is stored with it keeps its words.
    """

    id: RecordId
    version: int = 0
    of: str = stored(N_("List of words"), Kind.TEXT, _INTERNAL, required=True)
    code: str = stored(N_("Word"), Kind.TEXT, _INTERNAL)
    english: str = stored(N_("In English"), Kind.TEXT, _INTERNAL)
    belarusian: str = stored(N_("In Belarusian"), Kind.TEXT, _INTERNAL)
    german: str = stored(N_("In German"), Kind.TEXT, _INTERNAL)
    hidden: bool = stored(N_("Hidden"), Kind.FLAG, _INTERNAL)

    @property
    def stored_as(self) -> str:
        """What records hold: the code that ships with Poruch, or one made from the id of a new word."""
        return self.code or f"{OWN}{self.id}"

    @property
    def words(self) -> dict[str, str]:
        """The wording by language, as far as there is one."""
        by_language = {"en": self.english, "be": self.belarusian, "de": self.german}
        return {language: words for language, words in by_language.items() if words}
