"""Words for derived copies: what kind, who holds one, until when, what became of it.

Read by the window and the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.derived_copy import CopyKind, CopyState, DerivedRow
from app.domain.public_texts import text_fields
from app.i18n import LANGUAGE_NAMES, N_, _, ngettext
from app.services.journeys import Going
from app.services.this_copy import CopyStanding
from app.vocabulary import word
from app.words import Message, words_for

if TYPE_CHECKING:
    from app.services.coming_home import TakenIn
    from app.services.home_sorting import HomeItem

KINDS: Final[Mapping[CopyKind, tuple[str, str]]] = {
    CopyKind.REPORTS: (
        N_("For reports staff elsewhere"),
        N_("With what may be told of them; that lapses after 7 days."),
    ),
    CopyKind.TRAVEL: (
        N_("For a journey"),
        N_("Says nothing about what may be told: it cannot be asked out of anybody."),
    ),
}
Day = Callable[[date], str]


def kind_words(kind: str) -> str:
    """ "For a journey"."""
    return _(KINDS[CopyKind(kind)][0])


def state_words(row: DerivedRow, today: date, day: Day) -> str:
    """ "with Hanna K. until 6 December 2026", "given back", "lost"."""
    match CopyState(row.state):
        case CopyState.MAKING:
            return _("not finished: nobody was told its passphrase")
        case CopyState.LOST:
            return _("lost")
        case CopyState.HOME:
            return _("came home")
        case CopyState.OUT:
            late = row.until is not None and row.until < today
            until = day(row.until) if row.until is not None else ""
            return (_("should be back since {day}") if late else _("out until {day}")).format(day=until)


def holds_words(row: DerivedRow) -> str:
    """ "3 prisoners, 5 clearances"."""
    people = ngettext("{n} prisoner", "{n} prisoners", row.prisoners).format(n=row.prisoners)
    if not row.cleared:
        return people
    cleared = ngettext("{n} clearance", "{n} clearances", row.cleared).format(n=row.cleared)
    return f"{people}, {cleared}"


def standing_words(found: CopyStanding, day: Day) -> Message:
    """What stands above every page of a copy."""
    lead = _("A copy for {name}, until {day}.").format(name=found.holder, day=day(found.until))
    if found.over:
        lead = _("This copy ended on {day}.").format(day=day(found.until))
    if found.kind is CopyKind.TRAVEL:
        words = _("It says of nobody what may be told. No report is finished in it.")
    elif found.over:
        words = _("Nothing in it may be told any more. Take it home.")
    else:
        words = _("Reports are put together here and finished at home.")
    notes = ngettext("{n} note to take home.", "{n} notes to take home.", found.notes)
    return Message(lead, f"{words} {notes.format(n=found.notes)}" if found.notes else words)


def item_words(item: HomeItem) -> str:
    """What one thing that came home is: "Public summary, German · Zhawnyarovich, Siarhei"."""
    match item.what:
        case "text":
            label = _(text_fields()[item.field].label)
            return f"{label}, {LANGUAGE_NAMES.get(item.language, item.language)} · {item.about}"
        case "note":
            return f"{_('Note')} · {item.about}"
        case "stop":
            on = item.about or _("The whole case file.").removesuffix(".")
            return f"{_('Stop placed')} · {on}"
        case _:
            kind = word("report_kind", item.field)
            return " · ".join(part for part in (_("Draft of a report"), kind, item.about) if part)


def item_lines(item: HomeItem) -> tuple[tuple[str, str], ...]:
    """Head and text of what has to be read before it is taken in."""
    match item.what:
        case "text":
            lines = [(_("In the copy"), item.theirs or _("nothing any more"))]
            if item.here:
                lines.append((_("Here now"), item.here))
            if item.conflict:
                lines.append((_("When the copy was made"), item.before or _("nothing")))
            return tuple(lines)
        case "note":
            return ((_("Goes into the working notes"), item.theirs),)
        case "stop":
            return ((_("Acts at once; lifting it takes two people"), word("hold_reason", item.theirs)),)
        case _:
            return ((_("Made again from what may be told today"), ""),)


def taken_words(taken: TakenIn) -> str:
    """ "3 things taken in. 1 draft could not be made: …"."""
    told = ngettext("{n} thing taken in.", "{n} things taken in.", taken.taken).format(n=taken.taken)
    whys = " ".join(dict.fromkeys(words_for(error).happened for error in taken.refused))
    refused = ngettext("{n} draft was not made:", "{n} drafts were not made:", len(taken.refused))
    return f"{told} {refused.format(n=len(taken.refused))} {whys}" if taken.refused else told


def going_lines(going: Going) -> list[str]:
    """What has to be known before somebody's way in is taken off."""
    officers = ", ".join(going.officers)
    if going.me:
        lines = [
            _("From then on your passphrase opens nothing here, whoever asks for it. Lock right after."),
            _("You cannot come back in by yourself: another officer gives it back ({names}).").format(
                names=officers
            ),
        ]
    else:
        lines = [
            _("From then on the passphrase of {name} opens nothing here.").format(name=going.name),
            _("When they are home again, a security officer gives it back ({names}).").format(names=officers),
        ]
    if going.kits:
        lines.append(_("Three sheets of their recovery kit still open it. Leave the sheets at home."))
    if going.backups:
        lines.append(
            _(
                "Backups made until now still open with that passphrase, also those beside the case file. "
                "Take them off this computer, to where the journey does not go."
            )
        )
    lines.append(_("What they do here, their prisoners and what waits for them stay as they are."))
    return lines
