"""Whom a report is addressed to: from what was chosen or typed to records, and what is decided for them.

A report keeps, beside who it is for, what the record said that day (`Addressed`). When it is to leave, the
record has to say the same: whoever changes a name or a key in between changes the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    INTERNAL,
    NAMED,
    NAMED_GODPARENT,
    NAMED_INSTITUTION,
    PUBLIC,
)
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.recipient import Addressed, MailingList, Recipient, reaches, widest
from app.domain.report import Report
from app.reports.kinds import Audience, ReportKind
from app.services.godparent_names import called
from app.services.recipient_names import same_name
from app.vocabulary import word

AUDIENCE_OF: Final = {
    Audience.PUBLIC: PUBLIC,
    Audience.ALL_GODPARENTS: ALL_GODPARENTS,
    Audience.INSTITUTION: NAMED_INSTITUTION,
    Audience.GODPARENT: NAMED_GODPARENT,
    Audience.INTERNAL: INTERNAL,
}


@attrs.frozen
class Letter:
    """Who a report is for.

    Attributes:
        recipients: as a report keeps them: ids of godparents or recipients, else the words that were typed.
        addressed: those of them that are records, as the record says today.
    """

    recipients: tuple[str, ...] = ()
    addressed: tuple[Addressed, ...] = ()


@attrs.frozen
class For:
    """What has to be decided for a report.

    Attributes:
        audiences: each of them has to be allowed.
        named: what a yes has to name, all of it.
        names: every name they have or had: a no that may mean one of them is a no.
        ids: of them, and of the godparents they are.
    """

    audiences: tuple[str, ...]
    named: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def named_for(self, audience: str) -> frozenset[str]:
        """Whom a yes has to name where the report is decided for this audience."""
        return self.named if audience in NAMED else frozenset()


def letter_for(reader: Reader, kind: ReportKind, chosen: Sequence[str]) -> Letter:
    """Look up whom a report is for; a mailing list stands for everybody on it who wants this kind.

    Raises:
        KnownError: RECIPIENT_LEFT, RECIPIENT_NARROWER, RECIPIENT_DECLINED, RECIPIENT_UNCLEAR,
            MAILING_LIST_KIND, MAILING_LIST_EMPTY, ROW_NOT_IN_LOG.
    """
    if not chosen:
        return Letter()
    records: dict[str, Recipient] = {one.id: one for one in reader.find(Recipient)}
    reader.check_rows(Recipient, list(records))
    lists = reader.get_many(MailingList, chosen)
    reader.check_rows(MailingList, list(lists))
    found: dict[str, Addressed | None] = {}
    for place, one in enumerate(chosen, start=1):
        if one in lists:
            found |= _on_list(lists[one], kind, records)
        else:
            record = _record_of(records, kind, one)
            found.setdefault(
                _kept_as(record, kind) if record else one,
                _addressed(record, kind, place) if record is not None else None,
            )
    return Letter(tuple(found), tuple(one for one in found.values() if one is not None))


def check_as_made(reader: Reader, kind: ReportKind, report: Report) -> None:
    """Refuse a report whose recipients are not what they were when it was made, or were hidden.

    Raises:
        KnownError: RECIPIENT_CHANGED; RECIPIENT_LEFT, RECIPIENT_NARROWER, RECIPIENT_DECLINED; ROW_NOT_IN_LOG.
    """
    told = {one.recipient for one in report.addressed}
    records = reader.get_many(Recipient, {*told, *report.recipients})
    reader.check_rows(Recipient, list(records))
    kept = {_kept_as(record, kind) for record in records.values()}
    if set(records) - told or kept - set(report.recipients):  # written by something else than `letter_for`
        raise KnownError(Code.RECIPIENT_CHANGED, report.id, place=1)
    for place, was in enumerate(report.addressed, start=1):
        record = records.get(was.recipient)
        if record is None or _addressed(record, kind, place, was.through) != was:
            raise KnownError(Code.RECIPIENT_CHANGED, was.recipient, place=place)


def meant(reader: Reader, kind: ReportKind, recipients: Iterable[str], addressed: Sequence[Addressed]) -> For:
    """What has to be decided for these recipients."""
    everybody = tuple(recipients)
    own = AUDIENCE_OF[kind.audience]
    asked = {one.decided_for for one in addressed} or {own}
    godparents = reader.get_many(Godparent, everybody)
    ids, names, named = set(everybody), set[str](), set[str]()
    by_id = {one.recipient: one for one in addressed}
    records = reader.get_many(Recipient, by_id)
    for one in everybody:
        if one in godparents:
            named.add(one)
            names |= _names_of_godparent(godparents[one])
        elif one in by_id:
            named.add(by_id[one].institution)
            asked.add(by_id[one].decided_for)
        else:
            named.add(one)
            names.add(one)
            asked.add(own)
    for key, was in by_id.items():
        names |= {was.name, was.institution, *_names_ever(reader, key)}
        ids.add(key)
        record = records.get(key)
        if record is not None:
            names |= {record.name, record.organisation, record.called}
            if record.godparent:
                ids.add(record.godparent)
    return For(
        widest(asked),
        frozenset(named) if kind.names_recipient else frozenset(),
        frozenset(name for name in names if name),
        frozenset(ids),
    )


def names_of(reader: Reader, report: Report) -> tuple[str, ...]:
    """How those a report is for were called when it was made, godparents as they are called now."""
    by_id = {one.recipient: one.name for one in report.addressed}
    godparents = reader.get_many(Godparent, report.recipients)
    return tuple(
        by_id.get(one) or (called(godparents[one]) if one in godparents else one) for one in report.recipients
    )


def names_said(reader: Reader, recipients: tuple[str, ...], addressed: tuple[Addressed, ...]) -> str:
    """The same of one that is not made yet, on one line."""
    report = Report(RecordId(""), recipients=recipients, addressed=addressed)
    return ", ".join(names_of(reader, report))


def _on_list(
    one: MailingList, kind: ReportKind, records: dict[str, Recipient]
) -> dict[str, Addressed | None]:
    """Everybody on it who wants the kind; who does not is passed over, anything else refuses."""
    if one.report_kind != kind.name:
        raise KnownError(Code.MAILING_LIST_KIND, one.id)
    members = sorted(
        (records[key] for key in one.members if key in records), key=lambda each: each.called.casefold()
    )
    takers = [record for record in members if not record.left and record.takes(kind.name)]
    if one.left or not takers:
        raise KnownError(Code.MAILING_LIST_EMPTY, one.id)
    return {
        _kept_as(record, kind): _addressed(record, kind, place, one.name)
        for place, record in enumerate(members, start=1)
        if record in takers
    }


def _record_of(records: dict[str, Recipient], kind: ReportKind, chosen: str) -> Recipient | None:
    """The record somebody chose, or typed by its name; a godparent's own record, where there is one."""
    if chosen in records:
        return records[chosen]
    if kind.audience is Audience.GODPARENT:
        theirs = [one for one in records.values() if one.godparent == chosen and not one.left]
        return theirs[0] if len(theirs) == 1 else None
    alike = [
        one
        for one in records.values()
        if not one.left
        and any(same_name(each, chosen) for each in (one.called, one.name, one.organisation) if each)
    ]
    if len(alike) > 1:
        raise KnownError(Code.RECIPIENT_UNCLEAR, *(one.id for one in alike))
    return alike[0] if alike else None


def _kept_as(record: Recipient, kind: ReportKind) -> str:
    """A sheet keeps the godparent, whose people it tells of."""
    if kind.audience is Audience.GODPARENT and record.godparent:
        return record.godparent
    return record.id


def _addressed(record: Recipient, kind: ReportKind, place: int, through: str = "") -> Addressed:
    """The record as it is today; `place` is their line among those chosen.

    Raises:
        KnownError: RECIPIENT_LEFT, RECIPIENT_NARROWER, RECIPIENT_DECLINED.
    """
    if record.left:
        raise KnownError(Code.RECIPIENT_LEFT, record.id, place=place)
    own = AUDIENCE_OF[kind.audience]
    # What is for everybody may go to anybody: it is decided for everybody, and for what is theirs by name.
    if own != PUBLIC and not reaches(record.audience, own):
        raise KnownError(
            Code.RECIPIENT_NARROWER,
            record.id,
            place=place,
            theirs=word("audience", record.audience),
            kinds=word("audience", own),
        )
    if not record.takes(kind.name):
        raise KnownError(Code.RECIPIENT_DECLINED, record.id, place=place)
    return Addressed(
        record.id,
        record.called,
        record.institution,
        own if own == PUBLIC else record.audience,
        record.language,
        record.lock,
        through,
    )


def _names_ever(reader: Reader, recipient: str) -> set[str]:
    """Every name the log says they had, so that no new one escapes what was said under an old one."""
    return {
        str(value)
        for field in ("name", "organisation")
        for old in reader.history(recipient, field)
        for value in (old.before, old.after)
        if value
    }


def _names_of_godparent(one: Godparent) -> set[str]:
    return {" ".join(part for part in (one.given_name, one.family_name) if part)}
