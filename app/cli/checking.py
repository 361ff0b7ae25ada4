"""Commands that check the log: verify all of it, compare it with a proof line, make and sign proof lines.

What they print says nothing about anybody: numbers, codes of findings, sentences without a name.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.domain.clock import stored_moment
from app.domain.errors import Code, KnownError
from app.domain.findings import FINDINGS
from app.domain.port_values import LogVerification
from app.domain.progress import Progress, at_once, no_progress
from app.domain.proof_fit import Comparison, Fit
from app.domain.state_fit import StateFit
from app.i18n import _, ngettext
from app.proof_words import fit_words
from app.services.session import Session
from app.state_said import compared_words, standing_words

_DONE = 0
_FOUND_SOMETHING = 5
_GOOD = frozenset({Fit.FITS, Fit.RESTORED})


def verify(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch verify CASEFILE [--proof FILE]`."""
    with unlocked(options.casefile, passphrases) as session:
        compared = _compared(options, session)
        found = session.log.verify(shown_progress())
        doubted = bool(session.doubts.standing())
    _say_verified(found)
    for one in compared:
        print(fit_words(one, stored_moment).line())
    if doubted:
        print(
            _("A proof line stands against this log; nothing leaves the house until an officer has signed.")
        )
    fits = all(one.fit in _GOOD for one in compared)
    return _DONE if found.ok and fits and not doubted else _FOUND_SOMETHING


def proof(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch proof CASEFILE [--out FILE | --sign FILE]`."""
    with unlocked(options.casefile, passphrases) as session:
        if options.sign is not None:
            text = session.proofs.sign_file(options.sign)
        elif options.out is not None:
            text = session.proofs.save(options.out)
        else:
            text = session.proofs.line()
    print(text, end="")
    return _DONE


def words(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch words CASEFILE [--are "FOUR WORDS"]`."""
    with unlocked(options.casefile, passphrases) as session:
        standing = session.state_words.standing()
        compared = at_once(session.state_words.comparing(options.are)) if options.are is not None else None
    print(standing.words)
    print(standing_words(standing, stored_moment))
    if compared is None:
        return _DONE
    print(compared_words(compared, stored_moment).line())
    if compared.fit is StateFit.MISTYPED:
        raise KnownError(Code.BAD_ARGUMENT, what="--are")
    return _FOUND_SOMETHING if compared.fit is StateFit.UNKNOWN else _DONE


def _compared(options: argparse.Namespace, session: Session) -> list[Comparison]:
    found: list[Comparison] = []
    if options.proof is not None:
        given = session.proofs.compare_file(options.proof)
        if given.fit is Fit.ABSENT:
            raise KnownError(Code.CANNOT_READ)
        found.append(given)
    kept = session.proofs.compare_place()
    # A stick that is not plugged in is no finding.
    return [*found, kept] if kept is not None and kept.fit is not Fit.ABSENT else found


def _say_verified(found: LogVerification) -> None:
    print(ngettext("{n} entry", "{n} entries", found.entries), end=", ")
    print(ngettext("{n} signature", "{n} signatures", found.signatures), end=", ")
    print(ngettext("{n} record", "{n} records", found.rows))
    for finding in found.findings:
        happened, _advice = FINDINGS.get(finding.code, ("", ""))
        print(f"#{finding.sequence} {finding.code}: {_(happened) if happened else ''}".rstrip(": "))
    if found.ok:
        print(_("Everything fits together."))
    else:
        print(ngettext("{n} thing does not fit.", "{n} things do not fit.", len(found.findings)))


def shown_progress() -> Progress:
    """How far it is, for somebody who watches; nothing in a script."""
    if not sys.stderr.isatty():
        return no_progress

    def say(done: int, total: int, what: str) -> None:
        end = "\n" if done >= total else "\r"
        print(f"{what}: {100 * done // max(total, 1)} %", end=end, file=sys.stderr, flush=True)

    return say


def declare(commands: Commands) -> None:
    """What is said about the log."""
    said = _("Check the whole log, every signature and every record.")
    command = commands.add("verify", verify, said)
    case_file(command)
    command.add_argument(
        "--proof", type=Path, metavar=_("FILE"), help=_("and whether it fits this proof line")
    )
    said = _("Print a proof line: how far the log is, signed by you.")
    command = commands.add("proof", proof, said)
    case_file(command)
    either = command.add_mutually_exclusive_group()
    either.add_argument("--out", type=Path, metavar=_("FILE"), help=_("and save it, outside the case file"))
    either.add_argument("--sign", type=Path, metavar=_("FILE"), help=_("put your signature below this one"))
    said = _("Print the four words of the newest entry, to be kept on paper.")
    command = commands.add("words", words, said)
    case_file(command)
    command.add_argument("--are", metavar=_("WORDS"), help=_("and look whether the log holds these four"))
