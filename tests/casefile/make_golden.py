"""Makes the golden case file of this format version: `python -m tests.casefile.make_golden`.

Every later version of Poruch must open every golden file ever made, so one that is committed is never made
anew: the script refuses to write over it. Everybody in it is invented.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.domain.dates import PartialDate
from app.domain.prisoner import OtherName
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.people import AddPerson
from app.services.prisoners import CreatePrisoner, EditPrisoner
from app.services.relatives import AddRelative
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, TurnedClock

FOLDER: Final = Path(__file__).parent / "golden"
NEWEST: Final = FOLDER / "version-1.zip"
MADE_AT: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def make(folder: Path) -> None:
    """A case file with something of every kind in it."""
    clock = TurnedClock(MADE_AT)
    session = bootstrap.create_case_file(
        folder,
        name="Golden",
        founder="Vera O.",
        passphrase=OFFICER,
        desk="Vilnius",
        kdf=KdfParameters.for_tests(),
        clock=clock,
    )
    session.people.add(AddPerson("Hanna K.", ("coordinator",), COORDINATOR))
    session.people.add(AddPerson("Ida S.", ("reports",), REPORTS))
    session.close()
    session = bootstrap.open_case_file(folder).unlock(COORDINATOR, clock)
    _casework(session)
    session.close()
    session = bootstrap.open_case_file(folder).unlock(OFFICER, clock)
    for waiting in session.consent.waiting():
        session.consent.countersign(CountersignAnswer(waiting.id, waiting.part, granted=True))
    session.close()


def _casework(session: Session) -> None:
    prisoner = session.prisoners.create(
        CreatePrisoner(
            {
                "family_name": "Zhawnyarovich",
                "given_name": "Siarhei",
                "other_names": (OtherName("be", "Жаўняровіч", "Сяргей"),),
                "born": PartialDate(1979, 12),
                "status": "penal_colony",
                "country": "BY",
                "working_notes": "Golden note.",
            }
        )
    ).id
    row = session.prisoners.row(prisoner)
    session.prisoners.edit(EditPrisoner(prisoner, row.version, {"occupation": "Engineer"}))
    mother = session.relatives.add(
        AddRelative(prisoner, {"relation": "mother", "nickname": "gardener"}, {"full_name": "Golden Mother"})
    ).id
    values: dict[str, object] = {
        "held_on": PartialDate(2026, 11, 20),
        "direction": "they_came",
        "channel": "signal",
        "verified_by": "voice",
        "pressure": "none",
        "evidence": "heard_not_kept",
    }
    said = (AnswerDraft("stay_in_touch", "given", "internal"), AnswerDraft("in_public", "given", "public"))
    session.consent.record(RecordConversation(mother, values, said))
    godparent = session.godparents.create(
        CreateGodparent({"family_name": "Example", "given_name": "Jutta", "country": "DE"})
    ).id
    session.godparents.propose(StartGodparenthood(prisoner, godparent, "accepted", PartialDate(2026)))


def main() -> int:
    """Write the file of this version."""
    if NEWEST.exists():
        sys.stderr.write("There is a golden file of this version; it is never made anew.\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case"
        make(case)
        with zipfile.ZipFile(NEWEST, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in ("keys.poruch", "keys.poruch.2", "cases.db"):
                packed.write(case / name, name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
