"""Whom a report is for, where we know them: what they accepted, who is theirs, how they are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from app.domain.canonical import canonical_bytes
from app.domain.errors import Code, KnownError
from app.domain.finding_facts import Briefed
from app.domain.finding_rules import not_briefed
from app.domain.godparent import Godparent, Godparenthood
from app.domain.ports import Reader
from app.domain.recipient import Addressed
from app.reports.kinds import Audience, ReportKind
from app.services.godparent_names import called
from app.services.godparents import RUNNING
from app.services.same_person import rooted

_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")


def addressee(
    reader: Reader, kind: ReportKind, recipients: tuple[str, ...], addressed: tuple[Addressed, ...] = ()
) -> str:
    """How pages call who they are for: a godparent by name, an institution as its record or the maker says.

    Pages for several records name none of them: nobody is to read there who else got them.
    """
    if not recipients or len(addressed) > 1 or (addressed and not kind.names_recipient):
        return ""
    if kind.audience is not Audience.GODPARENT:
        return next((one.institution for one in addressed), recipients[0])
    found = reader.get_many(Godparent, [recipients[0]]).get(recipients[0])
    return called(found) if found is not None else ""


def check_godparent(reader: Reader, kind: ReportKind, recipients: tuple[str, ...]) -> None:
    """A sheet is for one godparent who accepted the newest protocol any of them accepted.

    Raises:
        KnownError: INVALID_FIELD (recipients), NOT_FOUND, GODPARENT_NOT_BRIEFED, ROW_NOT_IN_LOG.
    """
    if kind.audience is not Audience.GODPARENT:
        return
    if len(recipients) != 1:
        raise KnownError(Code.INVALID_FIELD, "recipients", field="recipients")
    reader.get(Godparent, recipients[0])
    everybody = reader.find(Godparent)
    reader.check_rows(Godparent, [one.id for one in everybody])
    behind = not_briefed([Briefed(one.id, one.protocol_version) for one in everybody])
    if any(found.about == recipients[0] for found in behind):
        raise KnownError(Code.GODPARENT_NOT_BRIEFED, recipients[0])


def mail_address(reader: Reader, recipients: tuple[str, ...]) -> str:
    """Where mail to a godparent goes; empty where nobody wrote down an address that is one.

    Raises:
        KnownError: ROW_NOT_IN_LOG.
    """
    found = reader.get_many(Godparent, recipients)
    reader.check_rows(Godparent, list(found))
    address = next((one.email for one in found.values()), "")
    return address if _ADDRESS.fullmatch(address) else ""


def prisoners_of(reader: Reader, godparent: str) -> tuple[str, ...]:
    """Whom a godparent stands up for now; merged records by the one that holds the person.

    Raises:
        KnownError: ROW_NOT_IN_LOG.
    """
    bonds = [one for one in reader.find(Godparenthood, godparent=godparent) if one.state in RUNNING]
    reader.check_rows(Godparenthood, [one.id for one in bonds])
    return tuple(rooted(reader, (one.prisoner for one in bonds if one.prisoner)))


def key_for(recipients: Sequence[str]) -> bytes:
    """What pseudonyms in a report for these are made with, beside its number and the id of each person.

    An id stands in no report and cannot be guessed, so nobody outside works a pseudonym out again.
    """
    return hashlib.sha256(canonical_bytes(list(recipients))).digest()
