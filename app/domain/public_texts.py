"""The texts about a prisoner that are made for reports: a record of their own, because others may write them.

Reports staff write these and nothing else of a prisoner. A row is signed whole, so what they may write has to
be a row that holds nothing more (security.md, *Who may do what*).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

import attrs

from app.domain.fields import Field, FieldClass, Kind, fields_of, noun, stored
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL
_TAG: Final = b"poruch/public-texts/1\0"
_WHOSE: Final = "prisoner"


@attrs.frozen
class PublicText:
    """A text made for reports, in one language, with who translated and who checked it."""

    language: str = stored(N_("Language"), Kind.LANGUAGE, _OPEN)
    text: str = stored(N_("Text"), Kind.FREE_TEXT, _OPEN, open_text=True)
    translator: str = stored(N_("Translated by"), Kind.TEXT, _INTERNAL)
    checker: str = stored(N_("Checked by"), Kind.TEXT, _INTERNAL)
    checked_on: date | None = stored(N_("Checked on"), Kind.DAY, _INTERNAL)


@noun("public_texts")
@attrs.frozen
class PublicTexts:
    """Every public text about one prisoner. Its id is `texts_id` of the prisoner and nothing else counts."""

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(N_("Prisoner"), Kind.REFERENCE, _OPEN, refers_to="prisoner", required=True)
    public_summary: tuple[PublicText, ...] = stored(N_("Public summary"), Kind.PARTS, _OPEN, parts=PublicText)
    public_quote: tuple[PublicText, ...] = stored(N_("Public quote"), Kind.PARTS, _OPEN, parts=PublicText)


def texts_id(prisoner: str) -> RecordId:
    """The id of the texts about a prisoner: made from theirs, so that there can never be two.

    Two offices that each write a first text meet in the same record, and a row that names somebody else's
    prisoner has the wrong id.
    """
    return RecordId(hashlib.sha256(_TAG + prisoner.encode("ascii")).hexdigest()[:32])


def no_texts(prisoner: str) -> PublicTexts:
    """The texts about somebody nobody wrote about yet; version 0, not stored."""
    return PublicTexts(texts_id(prisoner), prisoner=prisoner)


@cache
def text_fields() -> Mapping[str, Field]:
    """The fields that hold public texts, by name."""
    return MappingProxyType({n: field for n, field in fields_of(PublicTexts).items() if n != _WHOSE})


@cache
def told_fields() -> Mapping[str, Field]:
    """Everything people see as fields of a prisoner: of the record itself and of the texts about them."""
    return MappingProxyType({**fields_of(Prisoner), **text_fields()})
