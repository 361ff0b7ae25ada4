"""Use cases about the case file itself: that it lasts, and that it opens for those it should open for.

Part of `app.services.use_cases`; made when they are first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from app.services.context import Context

if TYPE_CHECKING:
    from app.services.backups import Backups
    from app.services.beneath import Beneath
    from app.services.clearance_asks import ClearanceAsks
    from app.services.coming_home import ComingHome
    from app.services.comparing import Comparing
    from app.services.copies import Copies
    from app.services.drills import Drills
    from app.services.file_checks import FileChecks
    from app.services.file_drafts import FileDrafts
    from app.services.journeys import Journeys
    from app.services.list_rows import ListRows
    from app.services.messages import Messages
    from app.services.own_kinds import OwnKinds
    from app.services.own_passphrase import OwnPassphrase
    from app.services.recipients import Recipients
    from app.services.recovery import Recovery
    from app.services.removing import Removing
    from app.services.role_changes import RoleChanges
    from app.services.series import SeriesBook
    from app.services.state_words import StateWords
    from app.services.this_copy import ThisCopy


class Safekeeping:
    """What keeps a case file; `UseCases` adds the work done in it."""

    def __init__(self, ctx: Context) -> None:
        self.context: Final = ctx

    @cached_property
    def removing(self) -> Removing:
        """Taking a person out."""
        from app.services.removing import Removing

        return Removing(self.context)

    @cached_property
    def role_changes(self) -> RoleChanges:
        """Another role for somebody who is here."""
        from app.services.role_changes import RoleChanges

        return RoleChanges(self.context)

    @cached_property
    def list_rows(self) -> ListRows:
        """What lists said of somebody, as it was written."""
        from app.services.list_rows import ListRows

        return ListRows(self.context)

    @cached_property
    def backups(self) -> Backups:
        """Making, checking and rotating backups."""
        from app.services.backups import Backups

        return Backups(self.context)

    @cached_property
    def beneath(self) -> Beneath:
        """What another program did to the open case file."""
        from app.services.beneath import Beneath

        return Beneath(self.context)

    @cached_property
    def coming_home(self) -> ComingHome:
        """Taking in what comes home in a copy."""
        from app.services.coming_home import ComingHome

        return ComingHome(self.context)

    @cached_property
    def journeys(self) -> Journeys:
        """Ways in taken off before a journey."""
        from app.services.journeys import Journeys

        return Journeys(self.context)

    @cached_property
    def copies(self) -> Copies:
        """Copies made for somebody elsewhere or for a journey."""
        from app.services.copies import Copies

        return Copies(self.context)

    @cached_property
    def this_copy(self) -> ThisCopy:
        """What this case file is, where it is a derived copy, and the notes in it."""
        from app.services.this_copy import ThisCopy

        return ThisCopy(self.context)

    @cached_property
    def drills(self) -> Drills:
        """Trying whether a backup can be put back."""
        from app.services.drills import Drills

        return Drills(self.context)

    @cached_property
    def clearance_asks(self) -> ClearanceAsks:
        """Asking for what a report lacks."""
        from app.services.clearance_asks import ClearanceAsks

        return ClearanceAsks(self.context)

    @cached_property
    def file_checks(self) -> FileChecks:
        """Checking files made elsewhere."""
        from app.services.file_checks import FileChecks

        return FileChecks(self.context)

    @cached_property
    def file_drafts(self) -> FileDrafts:
        """Files made elsewhere that wait for a second person."""
        from app.services.file_drafts import FileDrafts

        return FileDrafts(self.context)

    @cached_property
    def messages(self) -> Messages:
        """A few sentences about one prisoner to one recipient."""
        from app.services.messages import Messages

        return Messages(self.context)

    @cached_property
    def own_passphrase(self) -> OwnPassphrase:
        """Changing one's own passphrase."""
        from app.services.own_passphrase import OwnPassphrase

        return OwnPassphrase(self.context)

    @cached_property
    def state_words(self) -> StateWords:
        """The four words of the newest entry."""
        from app.services.state_words import StateWords

        return StateWords(self.context)

    @cached_property
    def recovery(self) -> Recovery:
        """The recovery kit."""
        from app.services.recovery import Recovery

        return Recovery(self.context)

    @cached_property
    def recipients(self) -> Recipients:
        """Whom reports go to."""
        from app.services.recipients import Recipients

        return Recipients(self.context)

    @cached_property
    def comparing(self) -> Comparing:
        """Two reports side by side."""
        from app.services.comparing import Comparing

        return Comparing(self.context)

    @cached_property
    def series(self) -> SeriesBook:
        """Approvals for three months."""
        from app.services.series import SeriesBook

        return SeriesBook(self.context)

    @cached_property
    def own_kinds(self) -> OwnKinds:
        """Kinds of report of this case file."""
        from app.services.own_kinds import OwnKinds

        return OwnKinds(self.context)
