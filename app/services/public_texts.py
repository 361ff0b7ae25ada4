"""Public texts about a prisoner: read beside the record, saved with it or alone, and never another's.

One form shows and saves both; the two rows stay apart, because reports staff may sign the texts only.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.errors import Code, KnownError
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, no_texts, text_fields, texts_id
from app.services import editing
from app.services.context import Context
from app.services.editing import Edited
from app.services.stamps import stamp_texts
from app.services.validate import with_values

Values = Mapping[str, object]


def texts_of(reader: Reader, prisoner: str) -> PublicTexts:
    """The texts about a prisoner; empty ones of version 0 where nobody wrote any."""
    found = reader.get_many(PublicTexts, [texts_id(prisoner)])
    return next(iter(found.values()), no_texts(prisoner))


def checked_texts(reader: Reader) -> Mapping[str, PublicTexts]:
    """All texts by prisoner, for a report.

    Raises:
        KnownError: ROW_NOT_IN_LOG, also for texts that are not in the one place of the prisoner they name.
    """
    found = reader.find(PublicTexts)
    astray = [one.id for one in found if one.prisoner is None or one.id != texts_id(one.prisoner)]
    if astray:
        raise KnownError(Code.ROW_NOT_IN_LOG, *astray[:10])
    reader.check_rows(PublicTexts, [one.id for one in found])
    return {one.prisoner: one for one in found if one.prisoner is not None}


def apart(values: Values) -> tuple[dict[str, object], dict[str, object]]:
    """The values of the prisoner's own record and those of the texts."""
    texts = text_fields()
    own = {name: value for name, value in values.items() if name not in texts}
    return own, {name: value for name, value in values.items() if name in texts}


def changes_of(
    reader: Reader, prisoner: str, base_version: int, texts_version: int, values: Values
) -> tuple[Edited[Prisoner] | None, Edited[PublicTexts] | None]:
    """What these values change of a prisoner and of the texts about them; None where they change nothing.

    Raises:
        KnownError: CONFLICT with the names of all fields, of both records; NOTHING_CHANGED; what
            `editing.change_of` raises.
    """
    own, told = apart(values)
    clash: list[str] = []
    person = texts = None
    try:
        person = editing.change_of(reader, Prisoner, prisoner, base_version, own)
    except KnownError as error:
        clash += _clash(error)
    try:
        texts = _change_of_texts(reader, prisoner, texts_version, told)
    except KnownError as error:
        clash += _clash(error)
    if clash:
        raise KnownError(Code.CONFLICT, *sorted(clash))
    if person is None and texts is None:
        raise KnownError(Code.NOTHING_CHANGED)
    return person, texts


def _clash(error: KnownError) -> tuple[str, ...]:
    if error.code is Code.NOTHING_CHANGED:
        return ()
    if error.code is not Code.CONFLICT:
        raise error
    return error.ids


def _change_of_texts(reader: Reader, prisoner: str, base: int, values: Values) -> Edited[PublicTexts]:
    current = texts_of(reader, prisoner)
    if current.version:
        return editing.change_of(reader, PublicTexts, current.id, base, values)
    made = with_values(current, values)
    if made == current:
        raise KnownError(Code.NOTHING_CHANGED)
    return Edited(current, made)


def add_texts(ctx: Context, work: UnitOfWork, texts: PublicTexts) -> None:
    """Add the texts somebody wrote while adding the prisoner, if any, and stamp what names nobody."""
    if texts != no_texts(texts.prisoner or ""):
        stamp_texts(ctx, work, work.add(texts))


def save_texts(ctx: Context, work: UnitOfWork, texts: PublicTexts) -> None:
    """Save texts and stamp what names nobody."""
    version = texts.version
    if not version:  # a change of empty ones, so that history says what the first text replaced: nothing
        version = work.add(no_texts(texts.prisoner or "")).version
    stamp_texts(ctx, work, work.save(texts, version))
