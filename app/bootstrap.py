"""Where the rooms are put together: the only place that knows casefile, storage and services at once."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs

from app.casefile import files, renewal, unfinished
from app.casefile.access import remember_roster
from app.casefile.backup_file import Statement
from app.casefile.backup_stranger import check
from app.casefile.create import NewCaseFile, create, take_away
from app.casefile.derived import NewCopy
from app.casefile.grants import SignedGrant
from app.casefile.key_file import bytes_of
from app.casefile.newest_keys import brought_up
from app.casefile.place import check_place
from app.casefile.renewal import check_main
from app.casefile.roster import Roster, desk_keys, main_keys
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import Unlocked, check_header_signer, look, unlock
from app.crypto.passphrase import KdfParameters
from app.domain.acts import Act
from app.domain.backup_port import HeadOf
from app.domain.case_file import CaseFileFacts
from app.domain.clock import Clock, SystemClock, known_zone
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, RecordId
from app.domain.ports import Record
from app.domain.progress import Progress, at_once, no_progress
from app.domain.references import letters_for
from app.domain.report import Desk
from app.i18n import _
from app.services.context import Context
from app.services.granting import signed_grant, stored_grant
from app.services.keyring import Keyring
from app.services.session import Session
from app.services.signers import RosterSigners
from app.services.slip_steps import slip_judge
from app.services.this_copy import keep_day, notice_copy
from app.storage.copying import checking
from app.storage.opening import Opened, create_store, open_store

TIME_ZONE: Final = "Europe/Vilnius"


@attrs.frozen
class Locked:
    """A case file that was looked at and waits for a passphrase."""

    folder: Path

    def unlock(
        self, passphrase: str, clock: Clock | None = None, progress: Progress = no_progress,
        key_file: Path | None = None,
    ) -> Session:  # fmt: skip
        """Open it as the person whose passphrase this is.

        Args:
            passphrase: as typed.
            clock: tests bring their own.
            progress: told how far it is where somebody was taken out and the file is encrypted anew.
            key_file: theirs, if they use one.

        Raises:
            KnownError: WRONG_PASSPHRASE, HEADER_DAMAGED, DATA_DAMAGED, EMPTY_FILE, NEWER_VERSION, IN_USE,
                NOT_A_CASE_FILE, CASE_FILE_MISSING, FACTOR_MISSING, FACTOR_DAMAGED, PARTS_DIFFER, CANNOT_READ,
                ROSTER_REPLACED, LOG_BROKEN, CANNOT_WRITE, UNSAFE_LIBRARY.
        """
        unlocked = unlock(self.folder, passphrase, key_file=bytes_of(key_file))
        return _signed_in(unlocked, clock or SystemClock(), progress)


def opened_again(session: Session, progress: Progress = no_progress) -> Session:
    """Close a session and open the case file anew as the same person, finishing what waits for that.

    Raises:
        KnownError: as `Locked.unlock`; the session is closed in every case.
    """
    unlocked, clock = session.context.keys.opened(), session.context.clock
    session.close(locking=True)
    return _signed_in(unlocked, clock, progress)


def open_case_file(folder: Path) -> Locked:
    """See, before anybody types a passphrase, whether there is a case file.

    Raises:
        KnownError: CASE_FILE_MISSING, NOT_A_CASE_FILE, EMPTY_FILE, HEADER_DAMAGED, NEWER_VERSION,
            CANNOT_READ; PLACE_NETWORK, PLACE_SYNCED it lies where others write, too.
    """
    check_place(folder)  # first: a network drive that is away would not answer
    look(folder)
    return Locked(folder)


def create_case_file(
    folder: Path,
    *,
    name: str,
    founder: str,
    passphrase: str,
    desk: str,
    time_zone: str = TIME_ZONE,
    kdf: KdfParameters | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Session:
    """Make a case file with one person, an officer who holds the key of its first desk; unlocked.

    Args:
        folder: absent or empty; nothing is left behind on failure.
        name: of the case file on screen.
        founder: name of the person.
        passphrase: theirs.
        desk: name of the first desk; references take two letters of it.
        time_zone: IANA name of where days are counted.
        kdf: how dear a guess is; only tests take something else than the default.
        clock: tests bring their own.
        progress: called between steps; cancelling takes away what was made so far.

    Raises:
        KnownError: CASE_FILE_EXISTS, PASSPHRASE_TOO_WEAK, INVALID_FIELD, NO_SPACE, CANNOT_WRITE, CANCELLED;
            PLACE_NETWORK, PLACE_SYNCED others would write there, too.
    """
    check_place(folder)
    now = clock or SystemClock()

    def make_store(building: Path, new: NewCaseFile) -> None:
        _make_store(building, new, now, time_zone)

    was_there = folder.exists()
    create(
        folder, founder, passphrase, make_store,
        clock=now, title=name, desk_name=desk, kdf=kdf, progress=progress,
    )  # fmt: skip
    return _opened_first(folder, passphrase, now, progress, was_there=was_there)


def _opened_first(
    folder: Path, passphrase: str, clock: Clock, progress: Progress, *, was_there: bool
) -> Session:
    """Open what was just made, as its founder will from now on; whatever stops that takes it away again."""
    opened: Session | None = None
    try:
        progress(0, 0, _("Opening it with the passphrase"))
        opened = open_case_file(folder).unlock(passphrase, clock)
        progress(0, 0, _("Opening it with the passphrase"))  # who cancelled while the key was made is heard
        progress(1, 1, _("Done"))
    except BaseException:
        if opened is not None:
            opened.close()
        take_away(folder, was_there=was_there)
        raise
    return opened


def check_backup(path: Path, passphrase: str, key_file: Path | None = None) -> Statement:
    """Check a backup with what opened it on its day; gives what it says of itself. Raises KnownError."""
    return check(path, passphrase, lambda *copy: at_once(checking(*copy)), key_file=bytes_of(key_file))[0]


def checked_copy(unlocked: Unlocked, said: Statement) -> Generator[None, None, None]:
    """Look at every page of a copied-out database, in slices.

    Raises:
        KnownError: BACKUP_DAMAGED, BACKUP_OTHER.
    """
    database = unlocked.folder / files.DATABASE
    found = yield from checking(database, unlocked.main, unlocked.case_file)
    if found != HeadOf(said.origin, said.sequence, said.head):
        raise KnownError(Code.BACKUP_DAMAGED)


def copy_session(unlocked: Unlocked, clock: Clock) -> Session:
    """A session on a copy beside another one; it ends with `put_down`, and the window's words stay."""
    return Session(_context(unlocked, clock))


def _make_store(building: Path, new: NewCaseFile, clock: Clock, time_zone: str) -> None:
    facts = CaseFileFacts(
        RecordId(new.case_file),
        title=new.title,
        origin=new.origin,
        time_zone=time_zone,
        letters=letters_for(new.desk_name or new.title),
        issued=0,
    )
    desk: Record = Desk(RecordId(new.desk), name=new.desk_name or new.title)
    signers = _signers(new.grants, new.case_file, new.founder.trust_root)
    records = [desk, *(stored_grant(grant) for grant in new.grants)]
    database, keys = building / files.DATABASE, [new.desk_key]
    create_store(database, new.main, facts, new.founder, signers, records, desk_keys=keys, clock=clock)


def make_copy_store(building: Path, new: NewCopy, facts: CaseFileFacts, records: Sequence[Record]) -> None:
    """The database of a derived copy, in one entry signed by keys that are thrown away."""
    signers, signed = _signers(new.grants, new.case_file, new.root), [stored_grant(one) for one in new.grants]
    database, whole, act = building / files.DATABASE, [*signed, *records], Act.COPY_MADE_HERE
    create_store(database, new.main, facts, new.office, signers, whole, clock=new.clock, act=act)


def _signers(grants: Sequence[SignedGrant], case_file: CaseFileId, root: str) -> RosterSigners:
    roster = verify_roster(grants, case_file, root)
    roster.check()
    return RosterSigners(roster)


def session_without_writing(unlocked: Unlocked, clock: Clock, *, put_back: bool = True) -> Session:
    """A session nothing was written for (`app.recovering`); older keys are put right or refused."""
    return Session(_context(unlocked, clock, remember=False, put_back=put_back))


def taken_up(session: Session) -> Session:
    """What every session begins with, once it may write."""
    unlocked = session.context.keys.opened()
    unfinished.sweep(unlocked.folder)  # only now: it is ours alone
    session.context.keys.keep_slots(unlocked)
    keep_day(session.context)
    session.take_up()
    return session


def _signed_in(unlocked: Unlocked, clock: Clock, progress: Progress) -> Session:
    return taken_up(Session(_context(unlocked, clock, finish=progress)))


def _context(
    unlocked: Unlocked, clock: Clock, *, remember: bool = True, put_back: bool = True,
    finish: Progress | None = None,
) -> Context:  # fmt: skip
    opened = open_store(unlocked.folder / files.DATABASE, unlocked.main, unlocked.case_file)
    try:
        roster = _roster(opened, unlocked)
        check_header_signer(unlocked, roster)
        unlocked = brought_up(unlocked, opened, put_back=put_back)
        unlocked = remember_roster(unlocked, roster) if remember else unlocked
        if finish is not None:
            opened, unlocked = _finished(opened, unlocked, roster, finish)
        check_main(unlocked, roster)
        desks = desk_keys(roster, unlocked.keys)
        signers = RosterSigners(roster)
        store = opened.sign_in(unlocked.keys, signers, desks, clock=clock)
        opened.also_under([one for one in main_keys(roster, unlocked.keys) if one != unlocked.main])
        store.judge_slips(slip_judge(signers))
    except BaseException:
        opened.close()
        raise
    context = Context(
        store=store,
        folder=unlocked.folder,
        case_file=unlocked.case_file,
        case_file_name=opened.facts.title,
        me=unlocked.keys.person,
        keys=Keyring(unlocked, signers, desks, store.use_desk_keys, store.keep_slots),
        clock=clock,
        time_zone=known_zone(opened.facts.time_zone),
    )
    notice_copy(context)
    return context


def _finished(
    opened: Opened, unlocked: Unlocked, roster: Roster, progress: Progress
) -> tuple[Opened, Unlocked]:
    """Bring the database under the newest MAIN; where that cannot be done, the session says that it waits."""
    renewed, folder = renewal.due(unlocked, roster), unlocked.folder
    if renewed is None:
        return opened, unlocked
    database = folder / files.DATABASE
    try:
        renewal.clear_left_over(folder)
        opened.copy_under(renewed, folder / renewal.NEXT, progress)
        header, now = renewal.header_under(unlocked, roster, renewed)
        renewal.take_name(folder, header, opened.close)
    except KnownError:  # a full disk, or cancelled: what lies there is as it was
        with suppress(KnownError):
            renewal.clear_left_over(folder)
        if not files.HELD_FILES_STAY:
            return opened, unlocked
        opened.close()
        return open_store(database, unlocked.main, unlocked.case_file), unlocked
    again = open_store(database, renewed, unlocked.case_file)
    opened.close()  # only now: until here nobody else could get in
    renewal.settle(folder, header)
    return again, now


def _roster(opened: Opened, unlocked: Unlocked) -> Roster:
    keys = unlocked.keys
    grants = [signed_grant(stored) for stored in opened.grants()]
    roster = verify_roster(grants, unlocked.case_file, keys.trust_root, keys.roster)
    return roster if opened.grants_are_whole() else attrs.evolve(roster, replaced=True)
