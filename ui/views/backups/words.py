"""Backups in words: how old the newest is, what lies in a place, what went wrong. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.domain.backup import Generation
from app.domain.drill import OLD_AFTER
from app.domain.errors import Code, KnownError
from app.i18n import N_, _, ngettext
from app.services.backup_places import BESIDE, SECOND
from app.services.backup_sight import BackupState
from app.services.backups import Made
from app.words import words_for
from ui.states import State
from ui.views.log.wording import checked_words
from ui.views.reports.wording import size_words
from ui.widgets.labels import Run

_SHORT: Final[Mapping[str, str]] = {
    Code.BACKUP_ABSENT.value: N_("second place not there"),
    Code.BACKUP_NO_SPACE.value: N_("the place is full"),
    Code.BACKUP_READ_ONLY.value: N_("the place cannot be written to"),
    Code.BACKUP_FAILING.value: N_("the drive is failing"),
    Code.BACKUP_DAMAGED.value: N_("what was written could not be read back"),
    Code.NO_SPACE.value: N_("the disk is full"),
    Code.DATA_DAMAGED.value: N_("the case file is damaged"),
    Code.HEADER_DAMAGED.value: N_("the case file is damaged"),
}


def age_words(state: BackupState, today: date) -> str:
    """ "today 14:20", "9 days ago", "never"."""
    if state.last is None:
        return _("never")
    days = days_since(state)
    return checked_words(state.last, today) if days < 1 else ngettext("{n} day ago", "{n} days ago", days)


def days_since(state: BackupState) -> int:
    """Whole days by the calendar of this computer; never less than none, whatever a clock says."""
    if state.last is None:
        return 0
    return max(0, (state.now.astimezone().date() - state.last.astimezone().date()).days)


def foot_words(state: BackupState, today: date) -> tuple[str, bool]:
    """What stands at the foot of the window, and whether something should be done."""
    if state.last is None:
        words = _("No backup yet")
        return (f"{words} · {short_fault(state.failed)}" if state.failed else words), True
    words = _("Backup {when}").format(when=age_words(state, today))
    if state.failed:
        return f"{words} · {short_fault(state.failed)}", True
    if state.old:
        return f"{words}!", True
    if not (state.second and state.elsewhere):  # chosen, and one lies there
        words = _("{backup} · on this computer only").format(backup=words)
    return words, False


def short_fault(code: str) -> str:
    """Why, in two or three words."""
    return _(_SHORT.get(code, N_("failed")))


def fault_words(code: str) -> str:
    """What happened and what to do, in whole sentences; a number that is not known is left out."""
    if code == Code.BACKUP_NO_SPACE.value:
        return _("The place for backups was full. Free some space there or choose another place.")
    try:
        return words_for(KnownError(Code(code))).line()
    except ValueError:
        return _("The newest try failed.")


def state_runs(state: BackupState, today: date) -> list[Run]:
    """The first line of the card."""
    if state.last is None:
        return [Run(_("There is no backup yet."), state=State.NO)]
    when = age_words(state, today)
    look = State.ENDS if state.old else State.YES
    return [Run(_("Newest backup: {when}, read back and checked.").format(when=when), state=look)]


def tried_runs(state: BackupState) -> list[Run]:
    """Whether somebody tried to put one back, and how long ago."""
    tried = state.tried
    if tried is None or tried.at is None:
        words = _("Nobody has tried yet whether one can be put back.")
        return [Run(words, state=State.UNASKED if state.last is None else State.ENDS)]
    days = max(0, (state.now.astimezone().date() - tried.at.astimezone().date()).days)
    ago = ngettext("{n} day ago", "{n} days ago", days) if days else _("today")
    if tried.fault:
        return [Run(_("Tried to put one back {when}: it failed.").format(when=ago), state=State.NO)]
    words = _("Tried to put one back {when}: it worked.").format(when=ago)
    return [Run(words, state=State.ENDS if state.now - tried.at > OLD_AFTER else State.YES)]


def generation_runs(one: Generation, today: date) -> list[Run]:
    """One line of the list."""
    size = size_words(one.size_bytes)
    if one.fault == Code.BACKUP_OTHER.value:
        return [Run(_("Made with other keys"), state=State.UNASKED), Run(f"  {size}")]
    if not one.good or one.made_at is None:
        return [Run(_("Damaged"), state=State.NO), Run(f"  {one.name} · {size}")]
    return [Run(moment_words(one.made_at, today)), Run(f"  {size}")]


def moment_words(moment: datetime, today: date) -> str:
    """ "today 14:20" or "22 Nov 14:20"."""
    return checked_words(moment, today)


def made_words(made: Made) -> str:
    """What is said once a round is done."""
    failed = dict(made.failed)
    if SECOND in failed:
        why = short_fault(failed[SECOND].code.value)
        return _("Backed up on this computer; in the second place not: {why}.").format(why=why)
    if BESIDE in failed:
        why = short_fault(failed[BESIDE].code.value)
        return _("Backed up in the second place; beside the case file not: {why}.").format(why=why)
    if SECOND in made.places:
        return _("Backed up in both places and checked.")
    return _("Backed up on this computer and checked.")
