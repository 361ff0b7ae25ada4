"""Proof lines: made, signed by a second person, compared with the log, and kept at a place outside the file.

The place is kept inside the case file, for each person. Where a comparison is signed proof that this is not
the newest log, it is written into the log (`doubts`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import attrs

from app.casefile.proof import Checkpoint, ProofLine, log_name, read_proof, signed, signers
from app.casefile.proof_files import check_outside, is_taken, read_text, stick_is_there, write_text
from app.crypto.hashing import tagged_hash
from app.domain.clock import stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, PersonId
from app.domain.log import SIGNED, Entry
from app.domain.ports import Reader
from app.domain.proof_fit import DOUBTS, Comparison, Fit
from app.domain.roles import Action
from app.services.context import Context
from app.services.doubts import Doubts

_PLACE: Final = "poruch/proof-place"
_SEEN: Final = "poruch/proof-seen"
_KEPT_ALONE: Final = frozenset({Fit.FITS, Fit.RESTORED, Fit.ABSENT})
"""What may stand at the place for a newer line to take its place; anything else is evidence."""


@attrs.frozen
class PlaceState:
    """Where this person's proof line is kept, and what the last comparison with it said.

    Attributes:
        path: None where no place was chosen.
        last: what the last comparison said; None before the first.
        compared_at: when, in the stored form; empty before the first.
    """

    path: Path | None
    last: Fit | None = None
    compared_at: str = ""


class Proofs:
    """Use cases of proof lines.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._ctx: Final = context

    def line(self) -> str:
        """A proof line of the newest entry, signed by me. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.PROOF_LINE)
        with self._ctx.reading() as reader:
            return self._newest(reader).text()

    def save(self, path: Path) -> str:
        """Save a proof line as a file that is not there yet; gives what it holds.

        Raises:
            KnownError: NOT_ALLOWED, PROOF_PLACE_TAKEN, PROOF_INSIDE, CANNOT_READ, CANNOT_WRITE, NO_SPACE.
        """
        text = self.line()
        self._write_new(path, text)
        return text

    def save_signed(self, path: Path, untrusted_text: str) -> None:
        """Save somebody's proof line with the signatures below it, as a file that is not there yet.

        Raises:
            KnownError: NOT_ALLOWED, PROOF_UNREADABLE, PROOF_PLACE_TAKEN, PROOF_INSIDE, CANNOT_READ,
                CANNOT_WRITE, NO_SPACE.
        """
        self._ctx.require(Action.PROOF_LINE)
        self._write_new(path, read_proof(untrusted_text).text())

    def _write_new(self, path: Path, text: str) -> None:
        if is_taken(path):
            raise KnownError(Code.PROOF_PLACE_TAKEN)
        write_text(path, text, self._ctx.folder)

    def sign(self, untrusted_text: str) -> str:
        """The proof line with my signature below, if it fits.

        Raises:
            KnownError: NOT_ALLOWED, PROOF_UNREADABLE, PROOF_DOES_NOT_FIT.
        """
        self._ctx.require(Action.PROOF_LINE)
        proof = read_proof(untrusted_text)
        with self._ctx.reading() as reader:
            if self._compared(reader, proof).fit is not Fit.FITS:
                raise KnownError(Code.PROOF_DOES_NOT_FIT)
        return signed(proof, self._ctx.keys.opened().keys).text()

    def sign_file(self, path: Path) -> str:
        """Put my signature into a proof line's file. Raises KnownError as `sign`, and what writing raises."""
        text = self.sign(_text_of(path))
        write_text(path, text, self._ctx.folder)
        return text

    def compare(self, untrusted_text: str) -> Comparison:
        """Compare a proof line with the log; signed proof of an older or other log is written down.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require(Action.PROOF_LINE)
        try:
            proof = read_proof(untrusted_text)
        except KnownError:
            return Comparison(Fit.UNREADABLE)
        with self._ctx.reading() as reader:
            found = self._compared(reader, proof)
        if found.fit in DOUBTS:
            Doubts(self._ctx).write_down(found, proof)
        return found

    def compare_file(self, path: Path) -> Comparison:
        """As `compare`. Raises KnownError NOT_ALLOWED, CANNOT_READ."""
        self._ctx.require(Action.PROOF_LINE)
        try:
            text = read_text(path)
        except KnownError as error:
            if error.code is Code.PROOF_UNREADABLE:
                return Comparison(Fit.UNREADABLE)
            raise
        return Comparison(Fit.ABSENT) if text is None else self.compare(text)

    def text_of(self, path: Path) -> str:
        """The lines of a file, to be compared or signed.

        Raises:
            KnownError: NOT_ALLOWED, CANNOT_READ, PROOF_UNREADABLE.
        """
        self._ctx.require(Action.PROOF_LINE)
        text = _text_of(path)
        read_proof(text)  # something else is not shown where a proof line belongs
        return text

    # the place

    def place(self) -> PlaceState:
        """Where my proof line is kept."""
        kept = self._ctx.store.get_local(_PLACE)
        if not kept:
            return PlaceState(None)
        seen = self._ctx.store.get_local(_SEEN)
        try:
            last = json.loads(seen) if seen else {}
            return PlaceState(Path(kept), Fit(last["fit"]) if last else None, str(last.get("at", "")))
        except (ValueError, KeyError, TypeError, AttributeError):
            return PlaceState(Path(kept))

    def keep_at(self, path: Path) -> None:
        """Keep my proof line at this place from now on: compared when I unlock, renewed when I lock.

        Raises:
            KnownError: NOT_ALLOWED, PROOF_INSIDE, PROOF_PLACE_TAKEN, CANNOT_READ, CANNOT_WRITE, NO_SPACE.
        """
        self._ctx.require(Action.PROOF_LINE)
        check_outside(path, self._ctx.folder)
        if self.compare_file(path).fit not in _KEPT_ALONE:
            raise KnownError(Code.PROOF_PLACE_TAKEN)
        write_text(path, self.line(), self._ctx.folder)
        self._ctx.store.set_local(_PLACE, str(path))
        self._note(Fit.FITS)

    def keep_nowhere(self) -> None:
        """Keep no proof line any more; the file stays where it is."""
        self._ctx.store.set_local(_PLACE, None)
        self._ctx.store.set_local(_SEEN, None)

    def compare_place(self) -> Comparison | None:
        """Compare with the place after unlocking; None where none was chosen. Never raises: it says."""
        path = self.place().path
        if path is None or not self._ctx.may(Action.PROOF_LINE).allowed:
            return None
        try:
            found = self.compare_file(path)
        except KnownError as error:
            if error.code is not Code.CANNOT_READ:
                raise
            found = Comparison(Fit.ABSENT)
        self._note(found.fit)
        return found

    def renew_place(self) -> bool:
        """Put the newest line at the place before locking; gives whether it lies there now.

        A stick that is not there is no reason not to lock, and a line that does not fit is evidence.
        """
        state = self.place()
        if state.path is None or not stick_is_there(state.path):
            return False
        try:
            found = self.compare_file(state.path)
            if found.fit not in _KEPT_ALONE:
                return False
            if (found.fit, found.sequence) == (Fit.FITS, found.head):
                return True  # nothing happened since: whoever signed it too still stands there
            write_text(state.path, self.line(), self._ctx.folder)
        except KnownError:
            return False
        return True

    def _note(self, fit: Fit) -> None:
        seen = {"at": stored_moment(self._ctx.now()), "fit": fit.value}
        self._ctx.store.set_local(_SEEN, json.dumps(seen))

    # comparing

    def newest_text(self, reader: Reader, entry: Entry | None = None) -> str:
        """A proof line of the newest entry, or of this one, signed by me, for whatever keeps one."""
        return self._newest(reader, entry).text()

    @staticmethod
    def hash_of(entry: Entry) -> str:
        """The hash a proof line names an entry by."""
        return _hash_of(entry)

    def _newest(self, reader: Reader, entry: Entry | None = None) -> ProofLine:
        newest = entry or reader.entry(reader.head()[0])
        name = log_name(self._ctx.case_file, newest.origin)
        checkpoint = Checkpoint(name, newest.sequence, _hash_of(newest), newest.moment)
        return signed(checkpoint, self._ctx.keys.opened().keys)

    def _ends(self, reader: Reader, log: str) -> int:
        """The last entry here of the copy a proof line is of; 0 where this log holds none of it."""
        ends = [first - 1 for first, _origin in reader.origins()[1:]]
        for (_first, origin), end in zip(reader.origins(), [*ends, reader.head()[0]], strict=True):
            if log_name(self._ctx.case_file, OriginId(origin)) == log:
                return end
        return 0

    def _compared(self, reader: Reader, proof: ProofLine) -> Comparison:
        point = proof.checkpoint
        ends = self._ends(reader, point.log)
        head = ends or reader.head()[0]
        told = Comparison(Fit.FITS, point.sequence, point.moment, head, reader.entry(head).moment)
        roster = self._ctx.keys.roster
        ever = ((grant.recipient, grant.public.ed25519) for grant in roster.grants)
        try:
            by = signers(proof, ever)
        except KnownError:
            return attrs.evolve(told, fit=Fit.FORGED)
        told = attrs.evolve(told, by=tuple(dict.fromkeys(roster.name_of(person) for person, _key in by)))
        # Our own keys sign nothing but this case file: an unknown log of theirs is that of another copy.
        held = point.sequence <= ends
        fits = held and _hash_of(reader.entry(point.sequence)) == point.entry_hash
        if not by:
            return attrs.evolve(told, fit=Fit.UNSIGNED if ends else Fit.FOREIGN)
        if not any(self._takes_part(person, key) for person, key in by):
            return attrs.evolve(told, fit=Fit.ENDED)
        if fits:
            return told
        if point.moment <= self._ctx.righting.restored_at(reader):
            return attrs.evolve(told, fit=Fit.RESTORED)
        return attrs.evolve(told, fit=Fit.OLDER if ends and not held else Fit.DIFFERS)

    def _takes_part(self, person: PersonId, key: bytes) -> bool:
        found = self._ctx.keys.roster.people.get(person)
        # A trustee has no log to compare a line with.
        takes_part = found is not None and found.active and not found.trustee
        return found is not None and takes_part and found.public.ed25519 == key


def _text_of(path: Path) -> str:
    text = read_text(path)
    if text is None:
        raise KnownError(Code.CANNOT_READ)
    return text


def _hash_of(entry: Entry) -> str:
    return tagged_hash(SIGNED, entry.body() + entry.signature).hex()
