"""Four words of the newest entry: seen at locking, seen again at unlocking, compared with paper.

An older copy put back has another newest entry, so it shows other words. They prove the log and nothing else:
that its rows are what the log says is for the check of the whole file. Nobody signed them, so a difference is
told and stops nothing: whoever can hand somebody a slip of paper could otherwise stop the office.

Source: security.md, *Rollback and forks*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from typing import Final

from app.crypto.check_words import OF_A_STATE, read_words, state_words
from app.domain.log import Entry
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action, Limit
from app.domain.state_fit import Compared, Standing, StateFit, Wrote
from app.i18n import _
from app.services.context import Context
from app.services.proofs import Proofs

_AT_CLOSING: Final = "poruch/words-at-closing"
_NO: Final = "no"
_SLICE: Final = 500


class StateWords:
    """Use cases of the four words; whoever opens the case file may.

    Args:
        ctx: the session.

    Attributes:
        opening: where the log stood before this session did anything; None while a copy is only read.
        closing: the four words it was left with; empty before, and where they could not be read.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx
        self.opening: Standing | None = None
        self.closing = ""
        self.shown_when_closed = False

    def take_up(self) -> None:
        """Look where the log stands, before anything is written."""
        self.opening = self.standing()

    def put_down(self) -> None:
        """Look once more, after everything was written."""
        self.shown_when_closed = self.at_closing()
        self.closing = self.standing().words

    def standing(self) -> Standing:
        """Where the log stands now."""
        with self._ctx.reading() as reader:
            newest = reader.entry(reader.head()[0])
        return Standing(self._words(newest), newest.sequence, newest.moment, self._wrote(newest.person, 1))

    def comparing(self, typed: str, progress: Progress = no_progress) -> Generator[None, None, Compared]:
        """Look for the entry these words stand for, the newest first, in slices.

        Args:
            typed: off paper, or as the window showed them when it was locked.
            progress: told how many entries were looked at.
        """
        words, wrong = read_words(typed)
        if wrong or len(words) != OF_A_STATE:
            return Compared(StateFit.MISTYPED, wrong=wrong)
        wanted, since = " ".join(words), Counter[str]()
        with self._ctx.reading() as reader:
            head = last = reader.head()[0]
        while last > 0:
            first = max(1, last - _SLICE + 1)
            with self._ctx.reading() as reader:
                found = self._found(reader, (first, last), wanted, since)
            if found is not None:
                fit = StateFit.EARLIER if since else StateFit.SAME
                return Compared(fit, found.sequence, found.moment, self._all_wrote(since))
            last = first - 1
            progress(head - last, head, _("Looking for these words"))
            yield
        return Compared(StateFit.UNKNOWN)

    def at_closing(self) -> bool:
        """Whether I am shown the words when I close the window, too."""
        return self._ctx.store.get_local(_AT_CLOSING) != _NO

    def show_at_closing(self, *, shown: bool) -> None:
        """Choose that."""
        self._ctx.store.set_local(_AT_CLOSING, None if shown else _NO)

    def _found(self, reader: Reader, span: tuple[int, int], wanted: str, since: Counter[str]) -> Entry | None:
        for entry in reversed(list(reader.entries(*span))):
            if self._words(entry) == wanted:
                return entry
            since[entry.person] += 1
        return None

    def _words(self, entry: Entry) -> str:
        return state_words(self._ctx.case_file, entry.origin, Proofs.hash_of(entry))

    def _all_wrote(self, since: Counter[str]) -> tuple[Wrote, ...]:
        """The others first, each with how many; one line for all of them where names are not for my eyes."""
        told: dict[tuple[str, bool], int] = {}
        for person, entries in since.items():
            one = self._wrote(person, entries)
            told[one.name, one.mine] = told.get((one.name, one.mine), 0) + one.entries
        rows = [Wrote(name, entries, mine) for (name, mine), entries in told.items()]
        return tuple(sorted(rows, key=lambda one: (one.mine, -one.entries, one.name)))

    def _wrote(self, person: str, entries: int) -> Wrote:
        mine = person == self._ctx.me
        whole_log = self._ctx.may(Action.READ_LOG).limit is not Limit.OWN_ACTS
        return Wrote(self._ctx.name_of(person) if mine or whole_log else "", entries, mine)
