"""Making a derived copy: recorded, made in a hidden folder, opened, named, recorded as made.

In this order, each step safe by itself. A cut before the copy has its name leaves a hidden folder nobody
opens, which the next try under this name takes away; a cut after it, a copy whose passphrase nobody was
told, listed as not finished. Nothing in the office's case file but those two entries changes.

Source: security.md, *Decided once* (operations that must survive a cut: derived copy).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs

from app import bootstrap
from app.casefile import derived
from app.casefile.create import check_free
from app.casefile.place import check_place
from app.casefile.unlock import Unlocked
from app.crypto.passphrase import suggest_words
from app.domain.case_file import CaseFileFacts
from app.domain.derived_copy import CopyState, DerivedCopy
from app.domain.errors import BugError, Code, KnownError
from app.domain.field_values import to_plain
from app.domain.ids import RecordId
from app.domain.progress import Progress, no_progress, part_of
from app.i18n import _
from app.services.context import Saved
from app.services.copies import MakeCopy
from app.services.copy_contents import Contents
from app.services.session import Session


@attrs.frozen
class CopyMade:
    """A copy that was made.

    Attributes:
        saved: of the entry that says so.
        record: the office's record of it.
        passphrase: shown once; kept nowhere.
        folder: where it lies; the case file does not remember it.
    """

    saved: Saved
    record: DerivedCopy
    passphrase: str = attrs.field(repr=False)
    folder: Path = attrs.field(repr=False)


def make_copy(
    session: Session,
    command: MakeCopy,
    folder: Path,
    progress: Progress = no_progress,
    *,
    words: Callable[[], str] = suggest_words,
) -> CopyMade:
    """Make a derived copy in a folder.

    Args:
        session: of an officer.
        command: what is wanted.
        folder: absent or empty.
        progress: told how far it is; may raise to cancel until the copy has its name.
        words: makes its passphrase.

    Raises:
        KnownError: as `Copies.begin`; COPY_INSIDE, PLACE_NETWORK, PLACE_SYNCED, CASE_FILE_EXISTS,
        CANNOT_WRITE,
            NO_SPACE, CANCELLED. In every case no copy lies there, or one nobody was told the passphrase of.
    """
    ctx, copies = session.context, session.copies
    check_place(folder)
    _check_outside(folder, session.folder)
    check_free(folder)
    wanted = copies.check(command)
    progress(0, 10, _("Choosing what goes into the copy"))
    office = _office_name(session.case_file_name, wanted.holder)
    new = derived.new_copy(office, wanted.holder, ctx.clock)
    begun = copies.begin(command, new.case_file, new.root)
    contents = copies.contents(begun, new.office.person)
    passphrase, first = words(), ""

    def make_store(building: Path, made: derived.NewCopy) -> None:
        bootstrap.make_copy_store(building, made, _facts(session, made), contents.records)

    def look(unlocked: Unlocked) -> None:
        nonlocal first
        first = _looked_at(unlocked, contents, session)

    derived.make(
        *(folder, new, passphrase, make_store, look),
        kdf=derived.kdf_of(ctx.keys.opened()),
        not_from=(wanted.holder, office),
        progress=part_of(progress, 1, 9, 10),
    )
    saved = copies.made(begun, first, contents.cleared)
    progress(10, 10, _("Done"))
    record = attrs.evolve(begun.record, first=first, cleared=contents.cleared, state=CopyState.OUT.value)
    return CopyMade(saved, record, passphrase, folder)


def _facts(session: Session, new: derived.NewCopy) -> CaseFileFacts:
    with session.context.reading() as reader:
        home = reader.get(CaseFileFacts, session.case_file_id)
    return CaseFileFacts(
        RecordId(new.case_file),
        title=home.title,
        origin=new.origin,
        time_zone=home.time_zone,
        letters=home.letters,
        issued=0,
    )


def _looked_at(unlocked: Unlocked, contents: Contents, session: Session) -> str:
    """Open it as its holder will: everything is there, the log is whole; gives its first entry's hash."""
    copy = bootstrap.copy_session(unlocked, session.context.clock)
    try:
        with copy.context.reading() as reader:
            sequence, first = reader.head()
            whole = copy.context.copy is not None and sequence == 1 and not copy.has_desk_key
            for record in contents.records:
                whole = whole and to_plain(reader.get(type(record), record.id)) == to_plain(record)
        if not whole or not copy.log.verify().ok:
            raise BugError("a copy holds what was put into it")
    finally:
        copy.put_down()
    return first


def _check_outside(folder: Path, home: Path) -> None:
    try:
        inside = folder.resolve().is_relative_to(home.resolve())
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None
    if inside:
        raise KnownError(Code.COPY_INSIDE)


def _office_name(case_file: str, holder: str) -> str:
    """What the copy calls whoever made it: no colleague's name travels."""
    name = " ".join(case_file.split())[:70] or "Poruch"
    return f"{name} ·" if name.casefold() == holder.casefold() else name
