"""What changing somebody's roles means, and what is left to do: sentences for window and terminal."""

from __future__ import annotations

from app.i18n import _, ngettext
from app.role_words import roles_words
from app.services.role_changes import RoleChange


def change_lines(change: RoleChange) -> list[str]:
    """What will happen, before anything does."""
    lines = [_("{name} is from now on: {after}. Until now: {before}.")]
    if change.takes_two:
        lines.append(
            _("It waits until a second person agrees (not {name}): another security officer or coordinator.")
        )
    if change.alone:
        lines.append(_("Nobody else holds the key of the desk, so you decide alone. The log says so."))
    if change.given:
        lines.append(_("They get the key of {given}: they open its families, also what was written before."))
    if change.lost:
        lines.append(
            _("They open no family any more. What is written about families of {lost} gets a new key.")
        )
        lines.append(_("What they typed and did not save is thrown away: it may be about a family."))
        lines.append(_("What they have read they know, and copies made before today stay readable to them."))
    if change.kits:
        lines.append(_("The recovery kit they made ends."))
    lines += _waiting(change)
    if not change.takes_two:
        lines.append(_("What they decided until today goes on counting."))
    return [_filled(line, change) for line in lines]


def _waiting(change: RoleChange) -> list[str]:
    lines: list[str] = []
    if change.proposals:
        lines.append(
            ngettext(
                "{n} thing they proposed still waits for a second person, and goes on waiting.",
                "{n} things they proposed still wait for a second person, and go on waiting.",
                change.proposals,
            )
        )
    if change.slips:
        lines.append(
            ngettext(
                "{n} slip for them or from them is open: it counts only if they may still decide that.",
                "{n} slips for them or from them are open: each counts only if they may still decide that.",
                change.slips,
            )
        )
    if change.waits:
        lines.append(
            ngettext(
                "{n} person who waits for a second person has to be proposed anew.",
                "{n} people who wait for a second person have to be proposed anew.",
                change.waits,
            )
        )
    return lines


def left_after(change: RoleChange, *, handed_over: bool = False) -> list[str]:
    """What the officer has to do next."""
    lines: list[str] = []
    if change.kits:
        lines.append(_("Make a new recovery kit: the old one does not open anything any more."))
    if change.cases and not handed_over:
        lines.append(
            ngettext(
                "{n} prisoner still has {name} as owner. Give them to somebody who opens the family.",
                "{n} prisoners still have {name} as owner. Give them to somebody who opens the families.",
                change.cases,
            )
        )
    return [_filled(line, change) for line in lines]


def _filled(line: str, change: RoleChange) -> str:
    said = {
        "{name}": change.name,
        "{before}": roles_words(change.before),
        "{after}": roles_words(change.after),
        "{given}": ", ".join(change.given),
        "{lost}": ", ".join(change.lost),
    }
    for gap, words in said.items():
        line = line.replace(gap, words)
    return line
