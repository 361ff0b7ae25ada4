"""An office whose prisoners go into derived copies, and what no copy may hold; everybody is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.copying_out import CopyMade, make_copy
from app.domain.dates import PartialDate
from app.domain.public_texts import PublicText
from app.services.consent import AnswerDraft, RecordConversation
from app.services.copies import MakeCopy
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.recipients import SaveRecipient
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

NICKNAME: Final = "gardenerwomanofbrest"
MOTHER: Final = "Zoryna Kvitkavets"
STAYS: Final = ("Nobodyselse", "Antanina")
NOTES: Final = "workingnotesstayathome"
BEFORE: Final = "watchmakerbefore"
PROTOCOL: Final = "2026-1"


@attrs.frozen
class Carried:
    """Who is in it: one with a yes to a name in public, one with none, and one who stays at home.

    Attributes:
        told, silent, stays: ids of prisoners.
        family: everything written about the mother of the first.
    """

    office: Office
    told: str
    silent: str
    stays: str

    def made(self, folder: Path, kind: str = "travel", holder: str = "Hanna K.") -> CopyMade:
        """A copy of a kind: of the first alone for reports, of the first two for a journey."""
        people = (self.told,) if kind == "reports" else (self.told, self.silent)
        with self.office.as_person(OFFICER) as session:
            return make_copy(session, MakeCopy(kind, holder, people), folder)

    @contextmanager
    def open(self, made: CopyMade) -> Iterator[Session]:
        """Whoever carries it, working in it."""
        session = bootstrap.open_case_file(made.folder).unlock(made.passphrase, self.office.clock)
        try:
            yield session
        finally:
            session.close()


def carried(office: Office) -> Carried:
    """An office with something of everything a copy may and may not hold."""
    with office.as_person(COORDINATOR) as session:
        told = add_prisoner(session, detained_on=PartialDate(2021, 3, 2), occupation=BEFORE)
        silent = add_prisoner(session, family_name="Kavalchuk", given_name="Darja")
        stays = add_prisoner(session, family_name=STAYS[0], given_name=STAYS[1], born=PartialDate(1990, 5, 6))
        session.prisoners.edit(
            EditPrisoner(
                told,
                1,
                {
                    "occupation": "engineer",
                    "working_notes": NOTES,
                    "next_step": NOTES,
                    "public_summary": (PublicText(language="en", text="Held since 2021."),),
                },
            )
        )
        mother = add_mother(session, told, full_name=MOTHER, phones=("+375 29 707-14-53",))
        add_mother(session, stays)
        talk = {"channel": "signal", "verified_by": "voice", "note": NOTES}
        session.consent.record(RecordConversation(mother, talk, (AnswerDraft("name", "given"),)))
        godparent = session.godparents.create(
            CreateGodparent({"family_name": "Lindqvist", "given_name": "Greta", "email": "greta@example.org"})
        )
        session.godparents.propose(StartGodparenthood(told, godparent.id))
        session.prisoners.place_hold(PlaceHold("prisoner", silent, "danger"))
        session.prisoners.place_hold(PlaceHold("prisoner", stays, "danger"))
        session.recipients.save(
            SaveRecipient({"name": "Maria B.", "organisation": "Embassy", "audience": "named_institution"})
        )
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    return Carried(office, told, silent, stays)
