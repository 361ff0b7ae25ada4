"""A one-person office and a trustee elsewhere, for tests; everybody is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.crypto.passphrase import KdfParameters
from app.domain.rows import WaitingRow
from app.services.elsewhere import Elsewhere, make_key, open_key
from app.services.session import Session
from app.services.slip_answers import BroughtIn
from app.services.slips import MakeSlip
from app.services.trustees import AddTrustee
from tests.services.office import OFFICER, Office, TurnedClock

TRUSTEE: Final = "velvet compass thistle anchor meadow lantern"


class Abroad:
    """A trustee with a key file in a folder of their own."""

    def __init__(self, folder: Path, clock: TurnedClock, name: str = "Greta L.") -> None:
        self.folder: Final = folder
        self.clock: Final = clock
        folder.mkdir(exist_ok=True)
        self.key: Final = folder / "key"
        make_key(self.key, name, TRUSTEE, clock=clock, kdf=KdfParameters.for_tests())

    def open(self) -> Elsewhere:
        """Their Poruch, unlocked."""
        return open_key(self.key, TRUSTEE, clock=self.clock)

    def card(self) -> Path:
        """Their card, saved."""
        path = self.folder / "card"
        if not path.exists():
            self.open().save_card(path)
        return path

    def answer(self, slip: Path, path: Path, *, granted: bool = True, words: str = "") -> Path:
        """They compare the words, read, and answer."""
        mine = self.open()
        mine.answer(mine.look(slip), path, words, granted=granted, compared=True)
        return path


def add_trustee(session: Session, abroad: Abroad, name: str = "Greta L.") -> str:
    """Add them; gives their id."""
    card = session.trustees.look(abroad.card())
    return session.trustees.add(AddTrustee(card, name, "voice")).id


def office_with_trustee(office: Office, folder: Path) -> Abroad:
    """The trustee of an office of one, whose keys were made a day before."""
    abroad = Abroad(folder / "abroad", office.clock)
    office.clock.turn(days=1)
    with office.as_person(OFFICER) as session:
        add_trustee(session, abroad)
    return abroad


def slip_to_trustee(session: Session, row: WaitingRow, path: Path) -> Path:
    """A slip about this to the only trustee."""
    (trustee,) = session.trustees.rows()
    session.slips.make(MakeSlip(row, trustee.id, path))
    return path


def ask(office: Office, row_of: str, path: Path) -> Path:
    """The only person of the office makes a slip about the newest thing of this kind."""
    with office.as_person(OFFICER) as session:
        row = [one for one in session.consent.waiting() if one.what == row_of][-1]
        return slip_to_trustee(session, row, path)


def bring_in(office: Office, path: Path) -> BroughtIn:
    """The only person of the office brings an answer in."""
    with office.as_person(OFFICER) as session:
        return session.slips.bring_in(path)
