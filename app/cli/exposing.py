"""Exposure without a window: who could open a relative and who did, or whom a person could open and did.

Whom it is about is asked like a passphrase, never taken as an argument: a name on a command line lies in the
history of the shell. Names of people are printed with `--names` only, and no name of a relative ever.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.errors import Code, KnownError
from app.domain.exposure import Access
from app.domain.exposure_rows import DeedRow, Found, PersonExposure, RelativeExposure, Trust
from app.domain.rows import PersonRow
from app.exposure_words import DEEDS, REACHES
from app.i18n import _, ngettext
from app.role_words import roles_words
from app.services.exposure import AskPerson, AskRelative
from app.services.session import Session
from app.spoken import whole_number
from app.vocabulary import word

T = TypeVar("T")


def exposure(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch exposure CASEFILE [--relative [--which N] | --of N] --from DAY [--to DAY] [--names]`."""
    with unlocked(options.casefile, passphrases) as session:
        people = session.exposure.people()
        if options.relative:
            _tell_relative(session, _whom(session, options, passphrases), options)
        elif options.of is not None:
            _tell_person(session, _one(people, options.of, "--of"), options)
        else:
            for place, one in enumerate(people, start=1):
                print(f"{place}: {_person_words(one.name, one.roles, names=options.names)}")
    return 0


def _whom(session: Session, options: argparse.Namespace, passphrases: Passphrases) -> Found:
    """The one relative a typed name or number leads to; said by number where there are several."""
    found = session.exposure.find(passphrases.ask(_("The prisoner, or a number or name you have")))
    if not found:
        raise KnownError(Code.NOT_FOUND)
    if options.which is not None or len(found) == 1:
        return _one(found, options.which or 1, "--which")
    print(_("Several fit. Say which with --which:"))
    for place, one in enumerate(found, start=1):
        print(f"{place}: {one.about if options.names else _relation(session, one)}")
    raise KnownError(Code.BAD_ARGUMENT, what="--which")


def _relation(session: Session, one: Found) -> str:
    return word("relation", session.relatives.row(one.id).relation)


def _tell_relative(session: Session, whom: Found, options: argparse.Namespace) -> None:
    first, last = _days(session, options)
    found: RelativeExposure = session.exposure.relative(AskRelative(whom.id, first, last))
    _say_days(found.first_on, found.last_on)
    if not found.known:
        print(_("Nobody could: they were not recorded yet."))
    else:
        could = len(found.could)
        print(ngettext("{n} person could open them", "{n} people could open them", could).format(n=could))
    for row in found.holders:
        later = row.holder.access is Access.LATER
        reach = _("only later") if later else _(REACHES[row.reach])
        print(f"  {_person_words(row.name, row.roles, names=options.names)}: {reach}")
    _say_deeds(found.deeds, names=options.names)
    _say_trust(found.trust)


def _tell_person(session: Session, whom: PersonRow, options: argparse.Namespace) -> None:
    first, last = _days(session, options)
    found = _to_the_end(session, AskPerson(whom.id, first, last))
    _say_days(found.first_on, found.last_on)
    count = len(found.rows)
    print(ngettext("{n} relative could be opened", "{n} relatives could be opened", count).format(n=count))
    for reach, number in Counter(row.reach for row in found.rows).items():
        print(f"  {_(REACHES[reach])}: {number}")
    _say_deeds((*found.lost, *found.beside), names=options.names)
    if found.forged:
        number = len(found.forged)
        print(
            ngettext(
                "{n} entry names them without their signature",
                "{n} entries name them without their signature",
                number,
            ).format(n=number)
        )
    _say_trust(found.trust)


def _to_the_end(session: Session, ask: AskPerson) -> PersonExposure:
    slices = session.exposure.person(ask)
    while True:
        try:
            next(slices)
        except StopIteration as end:
            answer: PersonExposure = end.value
            return answer


def _say_days(first: date, last: date) -> None:
    print(f"{first.isoformat()} – {last.isoformat()}")


def _say_deeds(deeds: Sequence[DeedRow], *, names: bool) -> None:
    for line in _deed_lines(deeds, names=names):
        print(f"  {line}")


def _deed_lines(deeds: Sequence[DeedRow], *, names: bool) -> Iterator[str]:
    for row in deeds:
        deed = row.deed
        who = f" · {row.person_name}" if names else ""
        yield f"#{deed.sequence} · {_day(deed.moment)} · {_(DEEDS[deed.did])}{who}"


def _say_trust(trust: Trust) -> None:
    if trust.breaks_at or trust.doubted or trust.checked is False:
        print(_("The log does not fit together: what it leaves out is not in here. Check it first."))
    elif trust.checked is None:
        print(_("The whole log was not checked yet: whether an entry is missing is not known."))


def _days(session: Session, options: argparse.Namespace) -> tuple[date, date]:
    try:
        first = date.fromisoformat(options.first_day)
        last = date.fromisoformat(options.last_day) if options.last_day else session.today()
    except ValueError:
        raise KnownError(Code.BAD_DATE) from None
    return first, last


def _person_words(name: str, roles: Sequence[str], *, names: bool) -> str:
    said = roles_words(roles)
    return f"{name} ({said})" if names else said


def _one(rows: Sequence[T], number: int, option: str) -> T:
    if not 1 <= number <= len(rows):
        raise KnownError(Code.BAD_ARGUMENT, what=option)
    return rows[number - 1]


def _day(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()


def declare(commands: Commands) -> None:
    """What is said to ask who could open what."""
    words = _("Who could open a relative, and who did; without either, lists people.")
    command = commands.add("exposure", exposure, words)
    case_file(command)
    either = command.add_mutually_exclusive_group()
    either.add_argument(
        "--relative",
        action="store_true",
        help=_("asks for the prisoner, or a number or name you have"),
    )
    either.add_argument(
        "--of", type=whole_number, metavar=_("N"), help=_("whom this person could open, by number")
    )
    command.add_argument(
        "--which", type=whole_number, metavar=_("N"), help=_("which relative, where several fit")
    )
    command.add_argument(
        "--from", dest="first_day", default="", metavar=_("DAY"), help=_("first day, 2026-07-01")
    )
    command.add_argument(
        "--to", dest="last_day", default="", metavar=_("DAY"), help=_("last day, else today")
    )
    command.add_argument("--names", action="store_true", help=_("also print names of people and prisoners"))
