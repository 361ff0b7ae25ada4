"""A trustee at their own computer: no case file, only their own keys, and slips that others send them.

They see exactly what is asked, as who asks signed it, and nothing else; they answer yes or no. Who asks for
the first time has to be known by voice: a slip brings its own keys, and anybody can make some.

Source: consent.md, *Widening takes two, narrowing takes one*.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.approval.cards import LONGEST_NAME, Card, write_card
from app.approval.slips import Reply, SlipRequest, read_content, request_holds, signed_answer
from app.casefile.own_key import Asker, OwnKeyFile, make_own_key, open_own_key
from app.crypto.check_words import check_words
from app.crypto.keys import PublicKeys
from app.crypto.letters import ANY_CASE_FILE, open_letter, write_letter
from app.crypto.passphrase import KdfParameters
from app.domain.clock import Clock, SystemClock
from app.domain.errors import Code, KnownError
from app.domain.ports import Record
from app.domain.slip import SLIP_HOLDS
from app.durable import write_durably
from app.services.slip_reading import bytes_of, check_new, records_of


@attrs.frozen
class AskedElsewhere:
    """What somebody asks a trustee.

    Attributes:
        request: what the slip says, signed by them.
        name: as they were called when their words were compared, or as they call themself.
        public: their keys, with which the slip is signed.
        records: what is asked.
        ends_at: until when an answer can be brought in.
        known: their words were compared before.
    """

    request: SlipRequest
    name: str
    public: PublicKeys
    records: tuple[Record, ...]
    ends_at: datetime
    known: bool

    @property
    def words(self) -> str:
        """The eight words of who asks."""
        return check_words(self.request.made_by, self.public)


class Elsewhere:
    """Use cases of one trustee whose key file is open.

    Args:
        opened: the key file.
        clock: where the time comes from.
    """

    def __init__(self, opened: OwnKeyFile, clock: Clock | None = None) -> None:
        self._file = opened
        self._clock: Final = clock or SystemClock()

    @property
    def card(self) -> Card:
        """Who I am, for others."""
        own = self._file.own
        return Card(own.keys.person, own.name, own.keys.public, own.made_at)

    @property
    def askers(self) -> tuple[Asker, ...]:
        """Whose words I compared, by name."""
        return tuple(sorted(self._file.own.askers, key=lambda one: (one.name.casefold(), one.person)))

    def save_card(self, path: Path) -> None:
        """Write my card, for whoever adds me. Raises KnownError SLIP_PLACE, NO_SPACE, CANNOT_WRITE."""
        check_new(path)
        write_durably(path, write_card(self.card, self._file.own.keys))

    def look(self, path: Path) -> AskedElsewhere:
        """What a slip asks me.

        Raises:
            KnownError: CANNOT_READ, SLIP_UNREADABLE, NEWER_VERSION, SLIP_NOT_FOR_ME, SLIP_FORGED not signed
                by the keys it brings, or by others than before; SLIP_LATE.
        """
        own = self._file.own
        found = read_content(open_letter(own.keys, ANY_CASE_FILE, bytes_of(path)))
        if isinstance(found, Reply):
            raise KnownError(Code.SLIP_NOT_FOR_ME)
        signed, request = found
        name, public = request.asker_keys()
        known = own.asker(request.case_file, request.made_by)
        if not request_holds(signed, public.ed25519) or (known is not None and known.public != public):
            raise KnownError(Code.SLIP_FORGED)
        if request.recipient != own.keys.person or request.made_by == own.keys.person:
            raise KnownError(Code.SLIP_NOT_FOR_ME)
        records, ends_at = records_of(request), request.made_at + SLIP_HOLDS
        if self._clock.now() > ends_at:
            raise KnownError(Code.SLIP_LATE)
        return AskedElsewhere(
            request, known.name if known else name, public, records, ends_at, known is not None
        )

    def answer(
        self, asked: AskedElsewhere, path: Path, words: str = "", *, granted: bool, compared: bool = False
    ) -> None:
        """Write my signed yes or no for who asked.

        Args:
            asked: from `look`.
            path: a file that is not there yet.
            words: shown once beside the answer, kept nowhere.
            granted: yes or no.
            compared: who asks is new, and read me the eight words of their keys.

        Raises:
            KnownError: WORDS_NOT_COMPARED, SLIP_LATE, SLIP_PLACE, INVALID_FIELD, NO_SPACE, CANNOT_WRITE.
        """
        check_new(path)
        request, own, now = asked.request, self._file.own, self._clock.now()
        known = own.asker(request.case_file, request.made_by) is not None
        if not known and not compared:
            raise KnownError(Code.WORDS_NOT_COMPARED)
        if now > asked.ends_at:
            raise KnownError(Code.SLIP_LATE)
        content = signed_answer(request, own.keys, now, words.strip(), granted=granted)
        letter = write_letter(asked.public, request.case_file, request.slip, request.made_by, content)
        if not known:
            asker = Asker(request.case_file, request.made_by, asked.name, asked.public)
            self._file = self._file.keep(attrs.evolve(own, askers=(*own.askers, asker)))
        write_durably(path, letter)


def make_key(
    path: Path, name: str, passphrase: str, *, clock: Clock | None = None, kdf: KdfParameters | None = None
) -> Elsewhere:
    """A new key file with fresh keys, open.

    Raises:
        KnownError: INVALID_FIELD (name), PASSPHRASE_TOO_WEAK, SLIP_PLACE, NO_SPACE, CANNOT_WRITE.
    """
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME or not called.isprintable():
        raise KnownError(Code.INVALID_FIELD, "name", field="name")
    now = clock or SystemClock()
    return Elsewhere(make_own_key(path, called, passphrase, now.now(), kdf=kdf), now)


def open_key(path: Path, passphrase: str, *, clock: Clock | None = None) -> Elsewhere:
    """A key file that is there. Raises KnownError as `open_own_key`."""
    return Elsewhere(open_own_key(path, passphrase), clock)
