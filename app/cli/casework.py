"""Commands about the work: bring a list in, trust its source, make and approve a report."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.cli import reporting
from app.cli.commands import Commands, case_file, out_folder
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.cli.reporting import check_folder
from app.domain.errors import Code, KnownError
from app.i18n import N_, _, ngettext, number_words
from app.intake.table import row_words
from app.services.session import Session

if TYPE_CHECKING:
    from app.services.intake import Looked

_SECOND_PERSON = 4
_TRUST_WORDS: Final = {
    "trusted": N_("trusted by two people"),
    "waits": N_("waits for a second person"),
    "not_trusted": N_("not trusted"),
}


def intake(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch intake CASEFILE LIST [--photos DIR] [--report FILE.json] [--commit [--even-most]]`."""
    source = options.source or options.list.stem
    with unlocked(options.casefile, passphrases) as session:
        looked = session.intake.look(options.list, source)
        if options.photos:
            looked = session.intake.look_photos(looked, options.photos)
        _say_what_was_found(looked)
        if options.report:
            _write_report(looked, options.report)
        if not options.commit:
            print(_("Only looked at; --commit brings it in."))
            return 0
        session.intake.commit(looked, even_most=options.even_most)
    print(_("Brought in as “{source}”.").format(source=source))
    return 0


def trust(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch trust CASEFILE [SOURCE]`; without a source it lists them."""
    with unlocked(options.casefile, passphrases) as session:
        if options.source:
            return _trust(session, options.source)
        for row in session.sources.rows():
            print(f"{row.name}: {_(_TRUST_WORDS[row.trust])}")
    return 0


def approve(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch approve CASEFILE WHAT --out DIR`."""
    from app.services.approval import ApproveReport  # the checks come with it

    check_folder(options.out)
    with unlocked(options.casefile, passphrases) as session:
        found = next((row for row in session.reports.rows() if row.number == options.what), None)
        if found is None:
            return _trust(session, options.what)
        written = session.approval.approve(ApproveReport(found.id, options.out))
    for path in written.paths:
        print(path.name)
    for name, words in written.words:
        print(_("Words for {name}, shown this once: {words}").format(name=name, words=words))
    return 0


def _trust(session: Session, name: str) -> int:
    row = next((row for row in session.sources.rows() if row.name.casefold() == name.casefold()), None)
    if row is None:
        raise KnownError(Code.NAME_UNKNOWN)
    if session.sources.trust(row.id).waits:
        print(_("Kept. A second person has to say yes too."))
        return _SECOND_PERSON
    print(_("Two people trust this source now."))
    return 0


def _say_what_was_found(looked: Looked) -> None:
    from app.intake.problems import note_words  # with the reading of lists, which is loaded by now
    from app.intake.staged import Reading, reading_count
    from app.services.list_photos import PHOTO_WORDS

    readings = Counter(row.reading for row in looked.preview.rows)
    problems = sum(len(row.problems) for row in looked.preview.rows)
    doubles = sum(bool(row.likely_doubles) for row in looked.preview.rows)
    print(ngettext("{n} row", "{n} rows", len(looked.preview.rows)), end=": ")
    print(", ".join(reading_count(reading, readings[reading]) for reading in Reading if readings[reading]))
    print(ngettext("{n} problem", "{n} problems", problems), end=", ")
    print(ngettext("{n} row is likely a double", "{n} rows are likely doubles", doubles))
    for part in looked.parts if len(looked.parts) > 1 else ():
        rows = ngettext("{n} row", "{n} rows", len(part.read.rows))
        print(f"{_('Table')} {part.number + 1}: {rows}, {_('read') if part.taken else _('left out')}")
    for note in looked.preview.notes:
        print(note_words(note))
    states = Counter(line.state for line in looked.photos.lines)
    for state, words in PHOTO_WORDS.items():
        if states[state]:
            print(f"{_('Photos')}: {number_words(states[state])} · {_(words)}")


def _write_report(looked: Looked, path: Path) -> None:
    """What was found, by row number and column: no name and no cell of the list."""
    rows = [
        {
            "row": row_words(row.number),
            "key": row.key,
            "reading": row.reading.value,
            "problems": [
                {"column": p.column, "code": p.code.value, "weight": p.weight.value} for p in row.problems
            ],
            "likely_doubles": [double.row for double in row.likely_doubles if double.row],
        }
        for row in looked.preview.rows
    ]
    counts = Counter(row.reading.value for row in looked.preview.rows)
    found = {"rows": len(rows), "sha256": looked.preview.sha256, "readings": counts, "list": rows}
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise KnownError(Code.REPORT_FILE_EXISTS) from error
    except OSError as error:
        raise KnownError(Code.CANNOT_WRITE) from error


def declare(commands: Commands) -> None:
    """What is said about lists, sources and reports."""
    _declare_lists(commands)
    reporting.declare(commands)
    _declare_approve(commands)


def _declare_lists(commands: Commands) -> None:
    command = commands.add("intake", intake, _("Look at a list; with --commit, bring it in."))
    case_file(command)
    command.add_argument("list", type=Path, metavar=_("LIST"), help=_("CSV, Excel, OpenDocument or JSON"))
    command.add_argument(
        "--source",
        default="",
        metavar=_("NAME"),
        help=_("whose list it is (default: the file's name)"),
    )
    command.add_argument(
        "--report",
        type=Path,
        metavar=_("FILE.json"),
        help=_("write what was found, without names"),
    )
    command.add_argument(
        "--photos",
        type=Path,
        metavar=_("DIR"),
        help=_("a folder of photos named like the numbers of the list"),
    )
    command.add_argument("--commit", action="store_true", help=_("bring it in"))
    command.add_argument(
        "--even-most", action="store_true", help=_("bring it in although it changes nearly everybody")
    )
    command = commands.add("trust", trust, _("Trust a source; takes two people, one after the other."))
    case_file(command)
    command.add_argument(
        "source",
        nargs="?",
        default="",
        metavar=_("SOURCE"),
        help=_("its name; without one, lists the sources"),
    )


def _declare_approve(commands: Commands) -> None:
    words = _("Approve a report by its number, or a source by its name.")
    command = commands.add("approve", approve, words)
    case_file(command)
    command.add_argument("what", metavar=_("WHAT"), help=_("number of the report, or name of the source"))
    out_folder(command)
