"""Figures others gave, without a window: `poruch figure list|add|change`."""

from __future__ import annotations

import argparse
from typing import Final

from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.quoted import QuotedFigure
from app.i18n import _, current_language
from app.services.quoting import SaveQuoted
from app.services.session import Session
from app.vocabulary import vocabulary, word

_OPTIONS: Final = {
    "measure": "--what",
    "said": "--said",
    "on": "--as-of",
    "source": "--source",
    "link": "--link",
}


def list_all(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch figure list CASEFILE`."""
    with unlocked(options.casefile, passphrases) as session:
        for number, one in enumerate(_in_order(session), start=1):
            day = date_words(one.on, current_language()) if one.on is not None else ""
            parts = [f"{word('figure_measure', one.measure)}, {day}: {one.said}", one.source, one.link]
            if one.left_out:
                parts.append(_("not in reports"))
            print(f"{number}  " + " · ".join(part for part in parts if part))
    return 0


def add(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch figure add CASEFILE --what WHAT --said WORDS --as-of DAY --source NAME [--link LINK]`."""
    with unlocked(options.casefile, passphrases) as session:
        _save(session, SaveQuoted(_values(options)))
    print(_("Kept."))
    return 0


def change(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch figure change CASEFILE NUMBER [...] [--leave-out | --take-in]`."""
    values = _values(options)
    if options.leave_out or options.take_in:
        values["left_out"] = bool(options.leave_out)
    with unlocked(options.casefile, passphrases) as session:
        rows = _in_order(session)
        if not options.number.isdecimal() or not 1 <= int(options.number) <= len(rows):
            raise KnownError(Code.BAD_ARGUMENT, what=options.number)
        known = rows[int(options.number) - 1]
        _save(session, SaveQuoted(values, known.id, known.version))
    print(_("Kept."))
    return 0


def _in_order(session: Session) -> list[QuotedFigure]:
    """In the order they were written down, so that a number stays: ids grow with time nowhere else."""
    return sorted(session.quoting.rows(), key=lambda one: (one.on.stored() if one.on else "", one.id))


def _values(options: argparse.Namespace) -> dict[str, object]:
    """What was said on the command line. Raises KnownError BAD_DATE."""
    values: dict[str, object] = {
        name: getattr(options, name) for name in _OPTIONS if getattr(options, name) is not None
    }
    if "on" in values:
        values["on"] = PartialDate.from_stored(str(values["on"]))
    return values


def _save(session: Session, command: SaveQuoted) -> None:
    try:
        session.quoting.save(command)
    except KnownError as error:
        option = _OPTIONS.get(str(error.details.get("field", "")))
        if error.code is not Code.INVALID_FIELD or option is None:
            raise
    else:
        return
    raise KnownError(Code.BAD_ARGUMENT, what=option)


def declare(commands: Commands) -> None:
    """What is said about figures others gave."""
    figures = commands.under("figure", _("Figures others gave, which growth reports quote."))
    case_file(figures.add("list", list_all, _("List them with their numbers.")))
    command = figures.add("add", add, _("Write one down."))
    case_file(command)
    _say_values(command, required=True)
    command = figures.add("change", change, _("Correct one, or leave it out of reports."))
    case_file(command)
    command.add_argument("number", metavar=_("NUMBER"), help=_("its number in the list"))
    _say_values(command, required=False)
    command.add_argument("--leave-out", action="store_true", help=_("reports do not quote it any more"))
    command.add_argument("--take-in", action="store_true", help=_("reports quote it again"))


def _say_values(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument(
        "--what",
        dest="measure",
        required=required,
        choices=[term.code for term in vocabulary("figure_measure").terms],
        help=_("what it counts"),
    )
    command.add_argument(
        "--said", required=required, metavar=_("WORDS"), help=_("in the words of the source")
    )
    command.add_argument(
        "--as-of",
        dest="on",
        required=required,
        metavar=_("DAY"),
        help=_("day it is right for: 2023, 2023-02, 2023-02-28"),
    )
    command.add_argument("--source", required=required, metavar=_("NAME"), help=_("who said it"))
    command.add_argument("--link", metavar=_("LINK"), help=_("where it can be read"))
