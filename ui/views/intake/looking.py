"""The work of looking at a list: reading the file, reading it another way, what a person chose for rows.

Holds what was looked at last; a reading that is cancelled or fails leaves that as it is. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.canonical import Plain
from app.domain.progress import Progress, part_of
from app.i18n import _
from app.intake.how_read import HowRead, from_text
from app.intake.mapping import Meaning
from app.intake.parts import Part
from app.services.intake import AS_GUESSED, Looked
from ui.tasks import Ticket
from ui.views.intake.choices import Choices, Chosen
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_AGAIN: Final = False
"""Not the first look at a file."""


class Looking(QObject):
    """One list on its way from file to preview.

    Signals:
        began(): work began; nothing can be brought in meanwhile.
        looked(object, bool): what was looked at, and whether it is the first look at this file.
        left(): a reading was cancelled; what was looked at before stands.
        failed(object): a `Failure`.
    """

    began = Signal()
    looked = Signal(object, bool)
    left = Signal()
    failed = Signal(object)

    def __init__(self, workplace: Workplace, working: WorkingStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._workplace, self._working = workplace, working
        self._ticket: Ticket | None = None
        self._kept: tuple[HowRead, bool] = (AS_GUESSED, True)
        self._kins: dict[tuple[int, int], str | None] = {}
        self._photos: Path | None = None
        self.choices = Choices()
        self.now: Looked | None = None

    def forget(self) -> None:
        """Another file."""
        self.choices.forget()
        self._kins = {}
        self._photos = None
        self._kept = (AS_GUESSED, True)

    # reading

    def start(self, path: Path, name: str) -> None:
        """Read a file and look at it."""
        session, (how, from_memory) = self._workplace.session, self._kept

        def work(progress: Progress) -> Looked:
            opened = session.intake.open(path, name, progress)
            return session.intake.read_as(opened, how, from_memory=from_memory, progress=progress)

        self._run(work, _("Reading the list"), first=True)

    def again(self, how: HowRead, *, from_memory: bool) -> None:
        """Look at the same file, read another way; what was chosen for rows is chosen again."""
        looked, session = self.now, self._workplace.session
        if looked is None:
            return
        self.choices.keep()
        self._run(
            lambda progress: session.intake.read_as(
                looked.opened, how, from_memory=from_memory, progress=progress
            ),
            _("Reading the list another way"),
            first=False,
        )

    def set_columns(self, part: Part, chosen: Mapping[int, Meaning | None]) -> None:
        """These columns of a table are something else from now on."""
        if self.now is None:
            return
        columns = {part.column_key(index): meaning for index, meaning in chosen.items()}
        before = self.now.opened.remembered.columns
        # What was remembered cannot be guessed again unless everything chosen is chosen now.
        unlearns = any(meaning is None and key in before for key, meaning in columns.items())
        how = self.now.how_whole if unlearns else self.now.how
        self.again(how.with_columns(columns), from_memory=self.now.from_memory and not unlearns)

    def switch(self, what: str, part: Part, *, on: bool) -> None:
        """Whether a table, its hidden rows or its comments are brought in."""
        if self.now is not None:
            self.again(self.now.how.with_switch(what, part.key, on=on), from_memory=self.now.from_memory)

    def use_memory(self, *, on: bool) -> None:
        """Read it as the last list of this source, or as the program guesses."""
        self.again(AS_GUESSED, from_memory=on)

    def add_photos(self, folder: Path) -> None:
        """Look at a folder of photos beside the list."""
        looked = self.now
        if looked is not None:
            before, self._photos = self._photos, folder
            self._run(lambda _progress: looked, _("Reading the photos"), first=False, photos_before=before)

    def _run(
        self,
        work: Callable[[Progress], Looked],
        words: str,
        *,
        first: bool,
        photos_before: Path | None = None,
    ) -> None:
        """`photos_before` is the folder that counts again where this comes to nothing."""
        photos_before = photos_before or (None if first else self._photos)
        session, folder = self._workplace.session, self._photos

        def with_photos(progress: Progress) -> Looked:
            looked = work(progress if folder is None else part_of(progress, 0, 50))
            if folder is None:
                return looked
            return session.intake.look_photos(looked, folder, part_of(progress, 50, 100))

        self.began.emit()
        self._working.start(words)
        self._ticket = self._workplace.tasks.long(
            with_photos,
            initiator=self,
            done=lambda looked: self._on_looked(looked, first=first),
            failed=lambda failure: self._on_failed(failure, photos_before),
            step=self._working.set_progress,
        )

    def _on_looked(self, looked: Looked, *, first: bool) -> None:
        self._end()
        self._kept = (looked.how, looked.from_memory)
        kept = self.choices.begin(looked)
        for (row, place), person in self._kins.items():
            looked = self._workplace.session.intake.decide_kin(looked, row, place, person)
        self.now = looked
        self.looked.emit(looked, first)
        self.decide(kept)

    def _on_failed(self, failure: Failure, photos_before: Path | None) -> None:
        self._end()
        self._photos = photos_before
        if failure.cancelled:
            self.left.emit()
        else:
            self.failed.emit(failure)

    def _end(self) -> None:
        self._ticket = None
        self._working.finish()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._ticket is not None:
            self._ticket.cancel()

    # rows

    def decide(self, choices: Chosen) -> None:
        """A person said who rows are."""
        looked, session = self.now, self._workplace.session
        if looked is None or not choices:
            return
        again = self.choices.make(looked, choices)
        self._workplace.tasks.query(
            lambda: session.intake.decide(again, choices),
            initiator=self,
            done=self.show,
            failed=self.failed.emit,
        )

    def decide_all(self, choice: str) -> None:
        """One choice for every row still doubtful."""
        self.decide(self.choices.for_all(choice))

    def decide_godparent(self, key: str, person: str) -> None:
        """A person said who a godparent is."""
        if self.now is not None:
            self.show(self._workplace.session.intake.decide_godparent(self.now, key, person or None))

    def decide_kin(self, row: int, place: int, person: str) -> None:
        """A person said who somebody of a family is."""
        if self.now is not None:
            self.show(self._workplace.session.intake.decide_kin(self.now, row, place, person or None))

    def show(self, looked: Looked) -> None:
        """This is what the list would do now."""
        self.choices.see(looked)
        self.now = looked
        self._kins = dict(looked.kin_choices)
        self.looked.emit(looked, _AGAIN)

    # a lock in between

    def plain(self) -> dict[str, Plain]:
        """How the file is read and what was chosen, to keep over a lock."""
        how, from_memory = self._kept
        kins: dict[str, Plain] = {
            f"{row}/{place}": person or "" for (row, place), person in self._kins.items()
        }
        return {
            "choices": self.choices.plain(),
            "kins": kins,
            "how": how.as_text(),
            "from_memory": from_memory,
            "photos": str(self._photos or ""),
        }

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Back from a lock."""
        self._kept = (from_text(str(values.get("how") or "")), values.get("from_memory") is not False)
        self.choices.take_up(values.get("choices"))
        folder = Path(str(values.get("photos") or ""))
        self._photos = folder if values.get("photos") and folder.is_dir() else None
        kins = values.get("kins")
        for key, person in kins.items() if isinstance(kins, Mapping) else ():
            row, _slash, place = str(key).partition("/")
            self._kins[int(row), int(place)] = str(person) or None
