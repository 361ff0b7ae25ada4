"""A session: one unlocked person on one case file, who they are, what runs behind them, how it ends."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from app.domain.changes import Changes
from app.domain.errors import KnownError
from app.domain.ids import CaseFileId
from app.domain.own_kind import OwnKind
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action, Permission
from app.domain.rows import PersonRow
from app.reports.kinds_in_use import use_own_kinds
from app.services import kept_lights
from app.services.pending import reports_to_approve
from app.services.settling import settled
from app.services.use_cases import UseCases
from app.vocabulary import use_own


class Session(UseCases):
    """Everything an unlocked person can do. Belongs to the thread that made it."""

    @property
    def case_file_id(self) -> CaseFileId:
        """The id of the case file."""
        return self.context.case_file

    @property
    def case_file_name(self) -> str:
        """Its name on screen."""
        return self.context.case_file_name

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.context.folder

    @property
    def time_zone(self) -> str:
        """IANA name; days are days there."""
        return self.context.time_zone

    @property
    def person(self) -> PersonRow:
        """Who is unlocked."""
        return next(row for row in self.context.person_rows() if row.is_me)

    @property
    def has_desk_key(self) -> bool:
        """Whether closed things can be opened at all."""
        return bool(self.context.keys.desks)

    def may(self, action: Action) -> Permission:
        """What the table of roles says; pages a person may not use are absent."""
        return self.context.may(action)

    def today(self) -> date:
        """The day it is in the case file's time zone."""
        return self.context.today()

    def settle(self, progress: Progress = no_progress) -> None:
        """Everything `settling` does, at once."""
        for _slice in self.settling(progress):
            pass

    def counting_mine(self, progress: Progress = no_progress) -> Generator[None, None, Changes]:
        """The lights of the families I work with, before everybody else's; in slices."""
        return (yield from kept_lights.counting(self.context, progress, mine=True))

    def recounting(self, progress: Progress = no_progress) -> Generator[None, None, Changes]:
        """Decide what a change made unknown, of however many; mine first, in slices."""
        return (yield from kept_lights.recounting(self.context, progress))

    def settling(self, progress: Progress = no_progress) -> Generator[None, None, Changes]:
        """What runs behind the first page. See `app.services.settling`."""
        return (yield from settled(self.context, self.findings, progress))

    def reports_to_approve(self) -> tuple[str, ...]:
        """Ids of reports that wait for an approval I could give."""
        return reports_to_approve(self.context)

    def take_up(self) -> None:
        """What every session begins with, once it may write; the four words before anything is written."""
        self.state_words.take_up()
        with self.context.reading() as reader:
            has_kinds = reader.count(OwnKind) > 0
        if has_kinds:
            self.own_kinds.take_up()
        self.own_terms.take_up()
        with suppress(KnownError):  # a full disk keeps nobody out: told once more
            self.own_passphrase.take_up()
        self.undo.take_up()

    def close(self, *, locking: bool = False) -> None:
        """Let the case file and every key go, whatever became of its files; a second time does nothing.

        Args:
            locking: the same person comes back: what they may undo is kept, sealed to them.
        """
        if self.context.keys.unlocked is None:
            return
        try:
            self.context.store.check_beneath()
            for put_aside in (
                self.no_journal.keep_up_everywhere,
                self.proofs.renew_place,
                partial(self.undo.put_aside, keep=locking),
                partial(kept_lights.put_aside, self.context),
                self.state_words.put_down,  # last: nothing is written to the log after it
            ):
                with suppress(KnownError):  # a page that is damaged, a full disk: no reason not to lock
                    put_aside()
        except KnownError:  # nothing can be put down in it any more; what was typed lies beside it
            pass
        finally:
            use_own({})
            use_own_kinds(())
            self.put_down()

    def put_down(self) -> None:
        """Let a copy go that was only made or tried: no journal and no proof line is written for it."""
        if self.context.keys.unlocked is None:
            return
        self.context.cache.forget()
        self.context.lines.forget()
        self.context.done.forget()
        self.context.opened.forget()
        self.context.store.close()
        self.context.keys.forget()
