"""What somebody wrote into a derived copy, read where it came home: texts, notes, stops, drafts.

Only these can come home, so nothing a copy holds can widen: no clearance, answer, role, recipient or lifted
stop is read at all. What a copy began with is known from its own log, whose first entry nobody can make anew.
"""

from __future__ import annotations

import attrs

from app.domain.derived_copy import CopyNote
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_from_plain
from app.domain.fields import empty_of, fields_of
from app.domain.hold import Hold
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicText, PublicTexts, text_fields, texts_id
from app.domain.report import Report
from app.services.context import Context
from app.services.folding import stops_in
from app.services.this_copy import note_id
from app.services.validate import checked

_FIRST = 1


@attrs.frozen
class CopyText:
    """A public text in one language: what the copy began with, and what stands in it now."""

    prisoner: str
    field: str
    language: str
    before: str
    now: str


@attrs.frozen
class CopyRead:
    """Everything in a copy that may come home; ids are those of the copy.

    Attributes:
        case_file, root, first: which copy it is: compared with what the office keeps.
        came_from: what it says it was made from.
        notes: prisoner and text.
        stops: placed in the copy and not there from the start.
        drafts: of reports.
    """

    case_file: str
    root: str
    first: str
    came_from: str
    texts: tuple[CopyText, ...]
    notes: tuple[tuple[str, str], ...]
    stops: tuple[Hold, ...]
    drafts: tuple[Report, ...]


def read_copy(ctx: Context) -> CopyRead:
    """Read it; `ctx` is a session in the copy, whose log was verified.

    Whoever carries it has its keys and may have a program of their own.

    Raises:
        KnownError: COPY_ALTERED, something stands in it that Poruch would not have taken.
    """
    facts = ctx.copy
    with ctx.reading() as reader:
        sequence, head = reader.head()
        first = reader.entry(_FIRST + 1).previous if sequence > _FIRST else head
        prisoners = [one.id for one in reader.find(Prisoner)]
        notes = reader.get_many(CopyNote, [note_id(one) for one in prisoners])
        stops = [stop.hold for stop in stops_in(reader) if stop.active]
        drafts = reader.find(Report, state="checked")
        for note in notes.values():
            _typed(note, "text")
        for hold in stops:
            _typed(hold, "on_noun", "on_id")
        for draft in drafts:
            _typed(draft, "title", "texts", "recipients")
        return CopyRead(
            case_file=ctx.case_file,
            root=ctx.keys.opened().keys.trust_root,
            first=first,
            came_from=facts.came_from if facts is not None else "",
            texts=tuple(text for one in prisoners for text in _texts(reader, one)),
            notes=tuple((one.prisoner or "", one.text) for one in notes.values() if one.text),
            stops=tuple(one for one in stops if not reader.version_at(one.id, _FIRST)),
            drafts=tuple(drafts),
        )


def _texts(reader: Reader, prisoner: str) -> list[CopyText]:
    found = reader.get_many(PublicTexts, [texts_id(prisoner)]).get(texts_id(prisoner))
    if found is None or found.prisoner != prisoner:
        return []
    _typed(found, *text_fields())
    changed: list[CopyText] = []
    for name in text_fields():
        now, before = in_languages(getattr(found, name)), in_languages(_at_first(reader, found, name))
        for language in sorted(now.keys() | before.keys()):
            was, is_now = before.get(language, ""), now.get(language, "")
            if was != is_now:
                changed.append(CopyText(prisoner, name, language, was, is_now))
    return changed


def _typed(record: Record, *fields: str) -> None:
    """See that these could have been typed into this program: of a length and signs it takes."""
    declared = fields_of(type(record))
    try:
        for name in fields:
            checked(declared[name], getattr(record, name))
    except KnownError:
        raise KnownError(Code.COPY_ALTERED) from None


def _at_first(reader: Reader, texts: PublicTexts, field: str) -> tuple[PublicText, ...]:
    """What a field held when the copy was made."""
    if not reader.version_at(texts.id, _FIRST):
        return ()
    later = [one for one in reader.history(texts.id, field) if one.sequence > _FIRST]
    if not later:
        current: tuple[PublicText, ...] = getattr(texts, field)
        return current
    oldest, declared = min(later, key=lambda one: one.sequence), text_fields()[field]
    value = empty_of(declared) if oldest.before is None else value_from_plain(declared, oldest.before)
    return value if isinstance(value, tuple) else ()


def in_languages(texts: tuple[PublicText, ...]) -> dict[str, str]:
    """The texts by language."""
    return {one.language: one.text for one in texts}
