"""What taking a person out means, and what is left to do afterwards: sentences for window and terminal."""

from __future__ import annotations

from app.i18n import _, ngettext
from app.services.removing import Leaving


def leaving_lines(leaving: Leaving) -> list[str]:
    """What will happen, before anything does."""
    lines = [_("From now on {name} cannot open this case file, and nothing they sign counts.")]
    if leaving.staying:
        lines.append(
            _("The case file is encrypted anew. Everybody else goes on with the passphrase they have.")
        )
    if leaving.desks:
        lines.append(_("What is written about families of {desks} from now on has a new key, too."))
    if leaving.kits:
        lines.append(_("The recovery kit they made ends."))
    if leaving.proposals:
        lines.append(
            ngettext(
                "{n} thing they proposed still waits for a second person, and goes on waiting.",
                "{n} things they proposed still wait for a second person, and go on waiting.",
                leaving.proposals,
            )
        )
    if leaving.newcomers:
        lines.append(
            ngettext(
                "{n} person who waits for a second person has to be added anew.",
                "{n} people who wait for a second person have to be added anew.",
                leaving.newcomers,
            )
        )
    lines.append(_("What they typed and did not save, nobody can read. Everything they saved stays."))
    lines.append(_("Copies made before today stay readable to them: backups, copied folders, sticks."))
    return [_filled(line, leaving) for line in lines]


def left_to_do(leaving: Leaving, *, unfinished: bool, handed_over: bool = False) -> list[str]:
    """What the officer has to do next, most urgent first."""
    lines: list[str] = []
    if unfinished:
        lines.append(_("The file is not encrypted anew yet. Make room on this disk and open it once more."))
    if leaving.kits:
        lines.append(_("Make a new recovery kit: the old one does not open anything any more."))
    lines.append(_("Then make a backup, and put it in the place of older ones on sticks."))
    if leaving.cases and not handed_over:
        lines.append(
            ngettext(
                "{n} prisoner still has {name} as owner. Give them to somebody who is here.",
                "{n} prisoners still have {name} as owner. Give them to somebody who is here.",
                leaving.cases,
            )
        )
    return [_filled(line, leaving) for line in lines]


def _filled(line: str, leaving: Leaving) -> str:
    return line.replace("{name}", leaving.name).replace("{desks}", ", ".join(leaving.desks))
