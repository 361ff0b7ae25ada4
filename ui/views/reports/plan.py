"""What somebody wants a report to be, while they are still deciding: plain values, kept over a lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

from app.domain.canonical import Plain
from app.domain.report import Report, TextBlock

if TYPE_CHECKING:
    from app.domain.consent_audit import Period
    from app.services.reports import MakeReport


class People(StrEnum):
    """Whom a report is about."""

    EVERYONE = "everyone"
    MINE = "mine"
    CHOSEN = "chosen"


@attrs.frozen
class Plan:
    """A report that is not made yet.

    Attributes:
        recipient: ids of whom it is for, one on a line, or an institution as it was typed; else empty.
        chosen: ids, for `People.CHOSEN`.
        blocks: what and text of each own text, in order.
        replaces: id of the draft that goes when this one is made, or "".
        again_of: id of the report it is made from with today's answers, or "".
        cover: a page before it with the rules for handling.
        first, last: days of a report of figures or birthdays; else None.
        coarser: tables of public figures that are merged further, `charges:1`.
    """

    kind: str = ""
    language: str = ""
    formats: tuple[str, ...] = ()
    recipient: str = ""
    title: str = ""
    people: People = People.EVERYONE
    chosen: tuple[str, ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    replaces: str = ""
    first: date | None = None
    last: date | None = None
    again_of: str = ""
    cover: bool = False
    coarser: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, *, replaces: bool = False) -> Plan:
        """The same report again, with today's answers."""
        return cls(
            kind=report.report_kind,
            language=report.language,
            formats=report.formats,
            recipient="\n".join(report.recipients),
            title=report.title,
            people=People.EVERYONE if report.everyone else People.CHOSEN,
            chosen=() if report.everyone else report.prisoners,
            blocks=tuple((block.what, block.text) for block in report.texts),
            replaces=report.id if replaces else "",
            first=report.period_from,
            last=report.period_to,
            again_of=(report.again_of or "") if replaces else report.id,
            cover=report.cover,
            coarser=report.coarser,
        )

    @classmethod
    def read(cls, values: Mapping[str, Plain]) -> Plan:
        """From kept values; what is not there or not right is empty."""
        people = str(values.get("people") or "")
        return cls(
            kind=str(values.get("kind") or ""),
            language=str(values.get("language") or ""),
            formats=_words(values.get("formats")),
            recipient=str(values.get("recipient") or ""),
            title=str(values.get("title") or ""),
            people=People(people) if people in set(People) else People.EVERYONE,
            chosen=_words(values.get("chosen")),
            blocks=_blocks(values.get("blocks")),
            replaces=str(values.get("replaces") or ""),
            first=_day(values.get("first")),
            last=_day(values.get("last")),
            again_of=str(values.get("again_of") or ""),
            cover=values.get("cover") is True,
            coarser=_words(values.get("coarser")),
        )

    def plain(self) -> dict[str, Plain]:
        """To be kept."""
        return {
            "kind": self.kind,
            "language": self.language,
            "formats": list(self.formats),
            "recipient": self.recipient,
            "title": self.title,
            "people": self.people.value,
            "chosen": list(self.chosen),
            "blocks": [list(block) for block in self.blocks],
            "replaces": self.replaces,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
            "again_of": self.again_of,
            "cover": self.cover,
            "coarser": list(self.coarser),
        }

    def command(self, prisoners: tuple[str, ...]) -> MakeReport:
        """What the service is asked for.

        Args:
            prisoners: whom it is about; empty for everyone.
        """
        from app.services.reports import MakeReport

        return MakeReport(
            report_kind=self.kind,
            language=self.language,
            formats=self.formats,
            prisoners=prisoners,
            texts=tuple(TextBlock(what, text.strip()) for what, text in self.blocks if text.strip()),
            recipients=self.recipients(),
            title=self.title.strip(),
            period=self.period(),
            again_of=self.again_of,
            cover=self.cover,
            coarser=self.coarser,
        )

    def with_coarser(self, table: str, level: int) -> Plan:
        """The same with one table merged further."""
        others = tuple(one for one in self.coarser if one.partition(":")[0] != table)
        return attrs.evolve(self, coarser=(*others, f"{table}:{level}"))

    def recipients(self) -> tuple[str, ...]:
        """Each of those it is for."""
        return tuple(one.strip() for one in self.recipient.split("\n") if one.strip())

    def period(self) -> Period | None:
        """Its days, where it has two."""
        from app.domain.consent_audit import Period

        return Period(self.first, self.last) if self.first and self.last else None


def _day(value: Plain) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _words(value: Plain) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def _blocks(value: Plain) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list | tuple):
        return ()
    pairs = [_words(each) for each in value]
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
