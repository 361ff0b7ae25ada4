"""An office whose case file is put back from an older copy, for the tests of restoring."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from app.domain.consent import Reason
from app.services.consent import AnswerDraft, RecordConversation
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.hostile.insider import TALK
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner


class Restored:
    """A family that agreed to the name in public, and an older copy of that moment.

    Attributes:
        place: where the journal of noes lies.
        backup: the older copy, a folder.
    """

    def __init__(self, office: Office, tmp_path: Path) -> None:
        self.office: Final = office
        self.place: Final = tmp_path / "second place"
        self.backup: Final = tmp_path / "older"
        self.place.mkdir()
        with office.as_person(COORDINATOR) as session:
            self.prisoner: Final = add_prisoner(session)
            self.mother: Final = add_mother(session, self.prisoner)
        self.says_yes()
        shutil.copytree(office.folder, self.backup)

    def _say(self, kind: str) -> None:
        with self.office.as_person(COORDINATOR) as session:
            said = (AnswerDraft("contact", "given"), AnswerDraft("name", kind, "public"))
            session.consent.record(RecordConversation(self.mother, TALK, said))
            session.no_journal.keep_up(self.place)

    def says_yes(self) -> None:
        """The mother agrees, and the officer signs it."""
        self._say("given")
        with self.office.as_person(OFFICER) as session:
            for row in session.consent.waiting():
                session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
            session.no_journal.keep_up(self.place)

    def says_no(self) -> None:
        """The mother takes it back."""
        self._say("withdrawn")

    def put_back(self) -> None:
        """The older copy stands where the newer one was, as restoring leaves it."""
        shutil.rmtree(self.office.folder)
        shutil.copytree(self.backup, self.office.folder)
        with self.office.as_person(OFFICER) as session:
            session.doubts.put_back()

    def reason(self, session: Session) -> Reason:
        """Why the name may be told in public, or not."""
        return session.consent.decision(self.prisoner, "name", "public").reason
