"""Recipients of reports without a window: `poruch recipients list|add|change|mailing`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.errors import Code, KnownError
from app.domain.recipient import WORDS
from app.i18n import _
from app.languages import IN_REPORTS
from app.services.recipient_names import same_name
from app.services.recipients import RecipientRow, SaveList, SaveRecipient
from app.services.session import Session
from app.vocabulary import vocabulary, word

_OPTIONS: Final = {
    "name": "--name",
    "organisation": "--organisation",
    "audience": "--audience",
    "godparent": "--godparent",
    "language": "--language-of",
    "wants": "--wants",
    "never": "--never",
    "lock": "--lock",
}


def list_all(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recipients list CASEFILE`: recipients, then mailing lists."""
    with unlocked(options.casefile, passphrases) as session:
        rows = session.recipients.rows()
        for row in rows:
            print(" · ".join(part for part in _parts(row) if part))
        names = {row.id: row.recipient.called for row in rows}
        for one in session.recipients.lists():
            members = ", ".join(sorted(names[key] for key in one.members if key in names))
            print(f"{_('Mailing list')} {one.name} · {word('report_kind', one.report_kind)}: {members}")
    return 0


def _parts(row: RecipientRow) -> tuple[str, ...]:
    one = row.recipient
    lock = _("locked with words") if one.lock == WORDS else one.lock
    return (
        one.called,
        word("audience", one.audience),
        one.language,
        lock,
        _("gets nothing any more") if one.left else "",
    )


def add(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recipients add CASEFILE --name NAME --audience WORD [...]`."""
    with unlocked(options.casefile, passphrases) as session:
        _save(session, SaveRecipient(_values(session, options)))
    print(_("Kept."))
    return 0


def change(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recipients change CASEFILE WHO [...] [--nothing-more | --again]`."""
    with unlocked(options.casefile, passphrases) as session:
        values = _values(session, options)
        if options.nothing_more or options.again:
            values["left"] = bool(options.nothing_more)
        known = recipient_called(session, options.who).recipient
        _save(session, SaveRecipient(values, known.id, known.version))
    print(_("Kept."))
    return 0


def mailing(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recipients mailing CASEFILE NAME --kind KIND --recipient WHO [--recipient WHO …]`."""
    with unlocked(options.casefile, passphrases) as session:
        members = tuple(recipient_called(session, who).id for who in options.recipient)
        values = {"name": options.name, "report_kind": options.kind, "members": members}
        known = [one for one in session.recipients.lists() if same_name(one.name, options.name)]
        base = known[0].version if known else 0
        session.recipients.save_list(SaveList(values, known[0].id if known else "", base))
    print(_("Kept."))
    return 0


def recipient_called(session: Session, who: str) -> RecipientRow:
    """The one of this name. Raises KnownError BAD_ARGUMENT where it is nobody's or several recipients'."""
    rows = session.recipients.rows()
    found = [row for row in rows if same_name(row.recipient.called, who)]
    found = found or [row for row in rows if same_name(row.recipient.name, who)]
    if len(found) != 1:
        raise KnownError(Code.BAD_ARGUMENT, what="--recipient")
    return found[0]


def list_called(session: Session, name: str) -> str:
    """Id of the mailing list of this name. Raises KnownError BAD_ARGUMENT."""
    found = [one.id for one in session.recipients.lists() if same_name(one.name, name)]
    if len(found) != 1:
        raise KnownError(Code.BAD_ARGUMENT, what="--mailing-list")
    return found[0]


def _values(session: Session, options: argparse.Namespace) -> dict[str, object]:
    values: dict[str, object] = {
        name: getattr(options, name) for name in _OPTIONS if getattr(options, name) is not None
    }
    for name in ("wants", "never"):
        if name in values:
            values[name] = tuple(part for part in str(values[name]).replace(" ", "").split(",") if part)
    if "godparent" in values:
        values["godparent"] = _godparent(session, str(values["godparent"]))
    return values


def _godparent(session: Session, name: str) -> str:
    rows = [row.id for row in session.godparents.rows() if _sorted(row.name) == _sorted(name)]
    if len(rows) != 1:
        raise KnownError(Code.BAD_ARGUMENT, what="--godparent")
    return rows[0]


def _sorted(name: str) -> Sequence[str]:
    return sorted(name.replace(",", " ").casefold().split())


def _save(session: Session, command: SaveRecipient) -> None:
    try:
        session.recipients.save(command)
    except KnownError as error:
        option = _OPTIONS.get(str(error.details.get("field", "")))
        if error.code not in (Code.INVALID_FIELD, Code.UNKNOWN_TERM) or option is None:
            raise
    else:
        return
    raise KnownError(Code.BAD_ARGUMENT, what=option)


def declare(commands: Commands) -> None:
    """What is said about recipients."""
    group = commands.under("recipients", _("Whom reports go to, and mailing lists."))
    case_file(group.add("list", list_all, _("List recipients and mailing lists.")))
    command = group.add("add", add, _("Write one down."))
    case_file(command)
    _say_values(command, required=True)
    command = group.add("change", change, _("Change one; the log keeps every name they ever had."))
    case_file(command)
    command.add_argument("who", metavar=_("NAME"), help=_("name, or name and organisation"))
    _say_values(command, required=False)
    command.add_argument("--nothing-more", action="store_true", help=_("they get nothing any more"))
    command.add_argument("--again", action="store_true", help=_("they get reports again"))
    command = group.add("mailing", mailing, _("Make a mailing list for one kind of report, or change one."))
    case_file(command)
    command.add_argument("name", metavar=_("NAME"), help=_("name of the list"))
    kinds = [term.code for term in vocabulary("report_kind").terms]
    command.add_argument("--kind", required=True, choices=kinds, help=_("kind of report"))
    command.add_argument(
        "--recipient", action="append", required=True, metavar=_("NAME"), help=_("who is on it")
    )


def _say_values(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument("--name", required=required, metavar=_("NAME"), help=_("person or institution"))
    command.add_argument("--organisation", metavar=_("NAME"), help=_("where the person works"))
    command.add_argument(
        "--audience",
        required=required,
        choices=[term.code for term in vocabulary("audience").terms],
        help=_("for whom what they get has to be allowed"),
    )
    command.add_argument("--godparent", metavar=_("NAME"), help=_("who they are among the godparents"))
    command.add_argument(
        "--language-of", dest="language", choices=IN_REPORTS, help=_("language they are written to in")
    )
    command.add_argument("--wants", metavar=_("KINDS"), help=_("only these kinds, with commas"))
    command.add_argument("--never", metavar=_("KINDS"), help=_("never these kinds, with commas"))
    command.add_argument("--lock", metavar=_("KEY"), help=_("their public key age1…, or the word passphrase"))
