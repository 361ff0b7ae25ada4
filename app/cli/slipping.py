"""Approval slips without a window: what waits, asked of somebody elsewhere, opened, answered, brought in.

Prints nothing about anybody unless `--names` says so: kinds, days, numbers, words of vocabularies.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar

from app.approval.slips import Reply
from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.field_values import is_empty, value_to_plain
from app.domain.fields import Field, Kind, fields_of
from app.domain.ports import Record
from app.domain.proposal import Proposal
from app.domain.rows import PersonRow, WaitingRow
from app.i18n import N_, _
from app.role_words import roles_words
from app.services import widening
from app.services.elsewhere import AskedElsewhere, Elsewhere, make_key, open_key
from app.services.session import Session
from app.services.slip_answers import BroughtIn
from app.services.slips import MakeSlip, OpenedSlip
from app.spoken import whole_number
from app.vocabulary import vocabulary, word

T = TypeVar("T")
_DONE: Final = 0
_SAID_NO: Final = 7
_KINDS: Final = {
    "answer": N_("a yes"),
    "change": N_("a change"),
    "review": N_("a review"),
    "source": N_("trust in a source"),
    "stop": N_("lifting a stop"),
}
_NAMELESS: Final = frozenset(
    {Kind.TERM, Kind.TERMS, Kind.DAY, Kind.PARTIAL_DATE, Kind.MOMENT, Kind.FLAG, Kind.NUMBER}
)
"""What a field of these kinds holds names nobody."""


def slip(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch slip CASEFILE [--make N --for N | --open FILE | --answer FILE --yes | --bring-in FILE]`."""
    with unlocked(options.casefile, passphrases) as session:
        if options.bring_in is not None:
            return _said(session.slips.bring_in(options.bring_in))
        if options.open is not None:
            return _look(session, options.open, names=options.names)
        if options.answer is not None:
            asked = _question(session, options.answer)
            session.slips.answer(asked, _out(options), granted=_yes_or_no(options))
            print(_("Your answer is saved."))
            return _DONE
        rows = _waiting(session)
        if options.make is None:
            _say_waiting(session, rows, names=options.names)
            return _DONE
        row = _one(rows, options.make, "--make")
        if any(one.holds for one in row.slips) and not options.again:
            print("\n".join(_slips(row, names=options.names)))
            print(_("A slip works once. If it is lost, make another one with --again."))
            return _DONE
        person = _one(session.slips.people_for(row), options.person, "--for")
        session.slips.make(MakeSlip(row, person.id, _out(options)))
        print(_("The slip is saved. Bring the answer in here when it comes."))
    return _DONE


def key(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch key KEYFILE [--make | --card FILE | --open FILE | --answer FILE --yes]`: no case file."""
    if options.make:
        name = options.person or _("Trustee")
        mine = make_key(options.keyfile, name, passphrases.ask_new(_("New passphrase")))
    else:
        mine = open_key(options.keyfile, passphrases.ask(_("Your passphrase")))
    if options.card is not None:
        mine.save_card(options.card)
        print(_("Your card is saved. Hand it over; anybody may see it."))
    elif options.open is not None:
        _tell_elsewhere(mine.look(options.open), names=options.names)
    elif options.answer is not None:
        _answer_elsewhere(mine, options)
    else:
        print(mine.card.words)
    return _DONE


def _answer_elsewhere(mine: Elsewhere, options: argparse.Namespace) -> None:
    asked = mine.look(options.answer)
    mine.answer(asked, _out(options), granted=_yes_or_no(options), compared=options.compared)
    print(_("Your answer is saved."))


def _tell_elsewhere(asked: AskedElsewhere, *, names: bool) -> None:
    if not asked.known:
        print(_("Who asks is new here. Their eight words: {words}").format(words=asked.words))
    _tell(asked, names=names)


def _look(session: Session, path: Path, *, names: bool) -> int:
    found = session.slips.look(path)
    if isinstance(found, Reply):
        granted = found.statement.granted
        print(_("An answer: yes. Bring it in with --bring-in.") if granted else _("An answer: no."))
        return _DONE
    _tell(found, names=names)
    return _DONE


def _tell(asked: OpenedSlip | AskedElsewhere, *, names: bool) -> None:
    """What is asked, field by field; words somebody typed only with names."""
    request = asked.request
    print(_("A question about {kind}").format(kind=_(_KINDS.get(request.what, request.what))))
    if names:
        print(f"{asked.name}: {request.detail} · {request.about}")
    for line in _lines(asked.records, names=names):
        print(f"  {line}")
    print(_("An answer can be brought in until {day}.").format(day=_day(asked.ends_at)))


def _lines(records: Sequence[Record], *, names: bool) -> Iterator[str]:
    for place, record in enumerate(records):
        if place and isinstance(record, Conversation):
            yield _("Your yes takes this back:")
        if isinstance(record, Proposal):
            values = dict(widening.fields_in(record))
        else:
            declared = fields_of(type(record))
            values = {declared[name]: getattr(record, name) for name in declared}
        yield from _fields(values, names=names)


def _fields(values: dict[Field, object], *, names: bool) -> Iterator[str]:
    for field, value in values.items():
        if is_empty(value) or field.kind is Kind.REFERENCE:
            continue
        if field.kind is Kind.PARTS and isinstance(value, tuple):
            for part in value:
                inner = fields_of(type(part))
                yield from _fields({one: getattr(part, name) for name, one in inner.items()}, names=names)
        elif field.kind in _NAMELESS:
            yield f"{_(field.label)}: {_worded(field, value)}"
        else:
            yield f"{_(field.label)}: {value_to_plain(field, value) if names else '…'}"


def _worded(field: Field, value: object) -> str:
    plain = value_to_plain(field, value)
    terms = vocabulary(field.vocabulary).by_code if field.vocabulary else {}
    if isinstance(plain, list):
        return ", ".join(
            word(field.vocabulary or "", str(one)) if one in terms else str(one) for one in plain
        )
    return word(field.vocabulary or "", str(plain)) if str(plain) in terms else str(plain)


def _waiting(session: Session) -> list[WaitingRow]:
    return [row for row in session.consent.waiting() if row.what in _KINDS]


def _say_waiting(session: Session, rows: Sequence[WaitingRow], *, names: bool) -> None:
    """What waits, by number, with who may be asked; nobody by name."""
    if not rows:
        print(_("Nothing waits for a second person."))
    for place, row in enumerate(rows, start=1):
        since = _day(row.proposed_at) if row.proposed_at is not None else ""
        people = [_role_words(one) for one in session.slips.people_for(row)]
        asked = "; ".join(f"{number} {words}" for number, words in enumerate(people, start=1))
        told = asked or (_("not yours to ask") if not row.mine else _("nobody to ask"))
        print(f"{place}: {_(_KINDS[row.what])} · {since} · {told}")
        for line in _slips(row, names=names):
            print(f"  {line}")


def _slips(row: WaitingRow, *, names: bool) -> Iterator[str]:
    """The slips made for it already; whom for only with names."""
    for one in row.slips:
        words = (
            _("slip made on {day} for {name}, until {end}")
            if one.holds
            else _("slip made on {day} for {name}, over since {end}")
        )
        who = one.recipient if names else "…"
        yield words.format(day=_day(one.made_at), name=who, end=_day(one.ends_at))


def _role_words(person: PersonRow) -> str:
    return roles_words(person.roles)


def _said(brought: BroughtIn) -> int:
    print(_("They agreed. It counts from now.") if brought.granted else _("They refused. It stays as it is."))
    return _DONE if brought.granted else _SAID_NO


def _question(session: Session, path: Path) -> OpenedSlip:
    found = session.slips.look(path)
    if isinstance(found, Reply):
        raise KnownError(Code.BAD_ARGUMENT, what="--answer")
    return found


def _yes_or_no(options: argparse.Namespace) -> bool:
    if options.yes is None:
        raise KnownError(Code.BAD_ARGUMENT, what="--yes or --no")
    return bool(options.yes)


def _out(options: argparse.Namespace) -> Path:
    if options.out is None:
        raise KnownError(Code.BAD_ARGUMENT, what="--out")
    found: Path = options.out
    return found


def _one(found: Sequence[T], number: int | None, option: str) -> T:
    if number is None or not 1 <= number <= len(found):
        raise KnownError(Code.BAD_ARGUMENT, what=option)
    return found[number - 1]


def _day(moment: datetime) -> str:
    day: date = moment.astimezone().date()
    return day.isoformat()


def declare(commands: Commands) -> None:
    """What is said about slips and keys of trustees."""
    _declare_slip(commands)
    _declare_key(commands)


def _declare_slip(commands: Commands) -> None:
    words = _("What waits for a second person; ask one elsewhere, or answer.")
    command = commands.add("slip", slip, words)
    case_file(command)
    either = command.add_mutually_exclusive_group()
    either.add_argument(
        "--make",
        type=whole_number,
        metavar=_("N"),
        help=_("a slip about this number of the list"),
    )
    _slip_options(command, either)
    either.add_argument(
        "--bring-in", type=Path, metavar=_("FILE"), help=_("let an answer to your slip count")
    )
    command.add_argument(
        "--for",
        dest="person",
        type=whole_number,
        metavar=_("N"),
        help=_("whom to ask, by number in the list"),
    )
    command.add_argument(
        "--again", action="store_true", help=_("make another slip, although one may still be answered")
    )


def _declare_key(commands: Commands) -> None:
    words = _("Your own key as a trustee, without a case file; prints its words.")
    command = commands.add("key", key, words)
    command.add_argument("keyfile", type=Path, metavar=_("KEYFILE"), help=_("file your key lies in"))
    either = command.add_mutually_exclusive_group()
    either.add_argument("--make", action="store_true", help=_("make it: a new passphrase"))
    either.add_argument("--card", type=Path, metavar=_("FILE"), help=_("save the card others add you by"))
    _slip_options(command, either)
    command.add_argument(
        "--person", default="", metavar=_("NAME"), help=_("your name on the card, with --make")
    )
    command.add_argument(
        "--compared",
        action="store_true",
        help=_("you know the voice that read the same eight words to you"),
    )


def _slip_options(command: argparse.ArgumentParser, either: argparse._MutuallyExclusiveGroup) -> None:
    """What people of a case file and trustees do with a slip alike."""
    either.add_argument("--open", type=Path, metavar=_("FILE"), help=_("what a slip asks"))
    either.add_argument("--answer", type=Path, metavar=_("FILE"), help=_("answer a slip, with --yes or --no"))
    said = command.add_mutually_exclusive_group()
    said.add_argument("--yes", dest="yes", action="store_true", default=None, help=_("agree"))
    said.add_argument("--no", dest="yes", action="store_false", default=None, help=_("refuse"))
    command.add_argument(
        "--out", type=Path, metavar=_("FILE"), help=_("where the slip or the answer is written")
    )
    command.add_argument("--names", action="store_true", help=_("also print names and typed words"))
