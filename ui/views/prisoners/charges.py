"""An article somebody is charged with, in words: "Art. 342 part 1, attempt (art. 14 part 1)"."""

from __future__ import annotations

import re
from typing import Final

from app.domain.prisoner import Charge
from app.i18n import N_, _

_GENERAL: Final = re.compile(r"(\d+)(?: \(([^)]*)\))?")
_WHOLE: Final = re.compile(rf"{_GENERAL.pattern}(?:, {_GENERAL.pattern})*")
_RELATIONS: Final = (
    (re.compile(r"attempt|замах|покушени|versuch|usiłowani", re.IGNORECASE), N_("attempt")),
    (re.compile(r"preparation|падрыхтоўк|приготовлени|vorbereit", re.IGNORECASE), N_("preparation")),
    (re.compile(r"complicity|саўдзел|соучасти", re.IGNORECASE), N_("complicity")),
    (re.compile(r"aid|пособнич|beihilfe", re.IGNORECASE), N_("aid")),
)
"""What sources write of an article of the general part, in their languages, and our word for it."""


def charge_words(charge: Charge) -> str:
    """ "Art. 361 part 3"; of an attempt or aid also how the article was broken."""
    words = [_("Art. {article}").format(article=charge.article)] if charge.article else []
    words += [_("part {part}").format(part=charge.part)] if charge.part else []
    related = related_words(charge.related)
    if related and words:
        words[-1] += ","
    words += [related] if related else []
    words += [f"({charge.code})"] if charge.code else []
    return " ".join(words) or charge.wording


def related_words(related: str) -> str:
    """ "attempt (art. 14 part 1)" of what is stored as `14 (1): attempt`; what a person typed as it is."""
    articles, _colon, said = related.partition(":")
    if not _WHOLE.fullmatch(articles.strip()):
        return related
    named = ", ".join(_article(number, part) for number, part in _GENERAL.findall(articles))
    relation = _relation(said.strip())
    if relation:
        return _("{relation} ({articles})").format(relation=relation, articles=named)
    return _("with {articles}").format(articles=named)


def _article(number: str, part: str) -> str:
    words = _("art. {article}").format(article=number)
    return f"{words} {_('part {part}').format(part=part)}" if part else words


def _relation(said: str) -> str:
    known = (_(words) for pattern, words in _RELATIONS if pattern.match(said))
    return next(known, said)
