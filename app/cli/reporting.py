"""`poruch report`: a report made at the terminal, for whom and for which days."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli.addressing import list_called
from app.cli.commands import Commands, case_file, out_folder
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.consent_audit import Period
from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.i18n import _, ngettext
from app.languages import IN_REPORTS
from app.reports.kinds import Audience
from app.reports.sizes.quarters import quarter_of
from app.services.report_views import TableLook
from app.services.session import Session

if TYPE_CHECKING:
    from app.services.reports import MakeReport

_SECOND_PERSON: Final = 4
_LAST_YEAR: Final = 9998
_KINDS: Final = (
    "public_list, parliament_briefing, confidential_advocacy, birthday_list, godparent_sheet, newsletter,"
    " solidarity_day, growth, public_figures, consent_audit"
)
_OPTION_OF: Final = {
    "language": "--report-language",
    "recipients": "--recipient",
    "period": "--from",
    "coarser": "--coarser",
}


def report(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch report CASEFILE --kind NAME --formats pdf,xlsx,csv [--from DAY --to DAY] --out DIR`."""
    from app.services.reports import MakeReport  # the writers come with it: only for whoever makes one

    check_folder(options.out)  # asked now: a report that cannot be written later is better not made
    with unlocked(options.casefile, passphrases) as session:
        formats = tuple(part.strip() for part in options.formats.split(",") if part.strip())
        command = MakeReport(
            options.kind,
            options.report_language,
            formats,
            prisoners=_chosen(session, options.prisoner),
            recipients=_recipients(session, options.kind, options.recipient, options.mailing_list),
            cover=options.cover,
            period=_asked_period(session, options),
            coarser=tuple(options.coarser),
        )
        view = session.reports.get(_made(session, command))
        made, looks = view.report, view.tables
        alone = made.id in session.approval.pending()
    if made.named:
        _say_who_is_in_it(made)
    _say_what_is_hidden(looks)
    if alone:
        print(_("All checks passed. There is no other officer: poruch approve CASEFILE NUMBER --out FOLDER"))
        print(_("Waits for you: {number}").format(number=made.number))  # last, for scripts
        return _SECOND_PERSON
    print(_("All checks passed. A second person lets it leave: poruch approve CASEFILE NUMBER --out FOLDER"))
    print(_("Waits for a second person: {number}").format(number=made.number))  # last, for scripts
    return _SECOND_PERSON


def _made(session: Session, command: MakeReport) -> str:
    """Make it; what a field cannot hold is told by the option it came from, since no field is marked here."""
    try:
        return session.reports.make(command).id
    except KnownError as error:
        option = _OPTION_OF.get(str(error.details.get("field", "")))
        if error.code is not Code.INVALID_FIELD or option is None:
            raise
    raise KnownError(Code.BAD_ARGUMENT, what=option)


def _recipients(
    session: Session, kind: str, named: Sequence[str], mailing_list: str | None
) -> tuple[str, ...]:
    """Who it is for; a godparent is found by name, in any order of its parts.

    Raises:
        KnownError: BAD_ARGUMENT where a name is nobody's or several people's.
    """
    if mailing_list is not None:
        return (list_called(session, mailing_list),)
    if not any(one.name == kind and one.audience is Audience.GODPARENT for one in session.reports.kinds()):
        return tuple(named)
    rows = session.godparents.rows()
    found = [[row.id for row in rows if _parts(row.name) == _parts(name)] for name in named]
    if any(len(ids) != 1 for ids in found):
        raise KnownError(Code.BAD_ARGUMENT, what="--recipient")
    return tuple(ids[0] for ids in found)


def _chosen(session: Session, references: Sequence[str]) -> tuple[str, ...]:
    """Whom it is about.

    Raises:
        KnownError: BAD_ARGUMENT where a reference is nobody's.
    """
    if not references:
        return ()
    known = {row.reference.casefold(): row.id for row in session.prisoners.rows(quickly=True)}
    found = [known.get(reference.casefold(), "") for reference in references]
    if not all(found):
        raise KnownError(Code.BAD_ARGUMENT, what="--prisoner")
    return tuple(found)


def _parts(name: str) -> list[str]:
    return sorted(name.replace(",", " ").casefold().split())


def _asked_period(session: Session, options: argparse.Namespace) -> Period | None:
    """The quarter, or the days.

    Raises:
        KnownError: BAD_DATE; BAD_ARGUMENT.
    """
    if options.quarter is None:
        return _period(options.first_day, options.last_day, needed=_takes_period(session, options.kind))
    year, _dash, number = options.quarter.partition("-")
    if not (year.isdecimal() and number in ("1", "2", "3", "4") and 1 <= int(year) <= _LAST_YEAR):
        raise KnownError(Code.BAD_ARGUMENT, what="--quarter")
    return quarter_of(date(int(year), 3 * int(number), 1))


def _say_what_is_hidden(tables: Sequence[TableLook]) -> None:
    """Tables of which much is hidden, with the coarser one by name and how it is asked for."""
    for table in tables:
        hidden = table.small + table.beside
        if hidden or table.much_hidden:
            words = _("{table}: {hidden} of {rows} rows hidden.")
            print(words.format(table=_(table.heading), hidden=hidden, rows=table.rows))
        if table.much_hidden and table.coarser:
            words = _("Coarser: {table} (--coarser {option})")
            print(words.format(table=_(table.coarser), option=f"{table.key}:{table.level}"))


def call_back(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch call-back CASEFILE NUMBER --because WORDS`."""
    with unlocked(options.casefile, passphrases) as session:
        found = [row.id for row in session.reports.rows() if row.number == options.number]
        if not found:
            raise KnownError(Code.BAD_ARGUMENT, what=options.number)
        session.reports.call_back(found[0], options.because)
    print(_("Called back. The next figures say so; tell whoever has these."))
    return 0


def _takes_period(session: Session, kind: str) -> bool:
    return any(one.takes_period for one in session.reports.kinds() if one.name == kind)


def _period(first: str | None, last: str | None, *, needed: bool) -> Period | None:
    """The period of a report of figures, or of birthdays.

    Raises:
        KnownError: BAD_DATE; BAD_ARGUMENT where one of the two days is missing.
    """
    if first is None and last is None and not needed:
        return None
    if first is None or last is None:
        raise KnownError(Code.BAD_ARGUMENT, what="--from, --to")
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise KnownError(Code.BAD_DATE) from error


def _say_who_is_in_it(made: Report) -> None:
    print(ngettext("{n} person named", "{n} people named", made.named or 0), end=", ")
    if made.left_out and not made.figures_only:
        print(ngettext("{n} left out", "{n} left out", made.left_out))
    else:
        print(ngettext("{n} only in the figures", "{n} only in the figures", made.figures_only or 0))


def check_folder(path: Path) -> None:
    """See whether files could go into this folder, and leave everything as it is; approving makes it.

    Raises:
        KnownError: CANNOT_WRITE.
    """
    try:
        if path.is_dir():
            able = os.access(path, os.W_OK)
        else:
            path.mkdir(mode=0o700)  # the only sure way to learn whether it can be made
            path.rmdir()
            able = True
    except OSError as error:
        raise KnownError(Code.CANNOT_WRITE) from error
    if not able:
        raise KnownError(Code.CANNOT_WRITE)


def declare(commands: Commands) -> None:
    """Its options."""
    command = commands.add("report", report, _("Make a report; it waits for a second person."))
    case_file(command)
    command.add_argument(
        "--kind",
        required=True,
        metavar=_("KIND"),
        help=_("one of: {kinds}").format(kinds=_KINDS),
    )
    command.add_argument(
        "--formats", default="pdf", metavar=_("FORMATS"), help=_("with commas: pdf,docx,xlsx,csv,html")
    )
    out_folder(command)
    command.add_argument(
        "--report-language", default="en", choices=IN_REPORTS, help=_("language of the report")
    )
    command.add_argument(
        "--from", dest="first_day", metavar=_("DAY"), help=_("first day of the period, 2026-07-01")
    )
    command.add_argument(
        "--to", dest="last_day", metavar=_("DAY"), help=_("last day of the period, 2026-09-30")
    )
    command.add_argument(
        "--quarter", metavar=_("QUARTER"), help=_("for public figures: year and quarter, 2026-3")
    )
    command.add_argument(
        "--coarser",
        action="append",
        default=[],
        metavar=_("TABLE"),
        help=_("for public figures: a table merged further, charges:1"),
    )
    command.add_argument(
        "--prisoner",
        action="append",
        default=[],
        metavar=_("REFERENCE"),
        help=_("only about the prisoner with this reference; may be said again"),
    )
    command.add_argument(
        "--recipient", action="append", default=[], metavar=_("NAME"), help=_("who it is for")
    )
    command.add_argument("--cover", action="store_true", help=_("a cover page with the rules for handling"))
    command.add_argument("--mailing-list", metavar=_("NAME"), help=_("everybody on this mailing list"))
    back = commands.add("call-back", call_back, _("Say that published figures are to be used no longer."))
    case_file(back)
    back.add_argument("number", metavar=_("NUMBER"), help=_("of the report, 2026-031"))
    back.add_argument("--because", required=True, metavar=_("WORDS"), help=_("why, for the house"))
