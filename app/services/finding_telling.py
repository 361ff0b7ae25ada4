"""Findings in the words of a row: whom each is about, its entries, where to go from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.case_findings import Found, Rule
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.quarter import QuarterReview
from app.domain.report import Report
from app.domain.showing import Showing
from app.domain.source import Source
from app.i18n import _, current_language
from app.services.context import Context
from app.services.spoken import spoken_words

_TAG: Final = "finding"
_OPENINGS: Final = frozenset({Rule.AFTER_A_NO, Rule.WARNED})
_PAGES: Final = frozenset({"relative", "prisoner", "godparent", "report"})


@attrs.frozen
class FindingItem:
    """One finding as it is read.

    Attributes:
        digest: names it, until one of its facts changes.
        about: "Mother of …", a godparent, a report.
        by: whose act it is; empty where it is nobody's.
        mine: it is my own act.
        entries: of the log, oldest first.
        what: what was opened, of the vocabulary `shown`.
        words: why, as whoever opened it wrote.
        opens: noun and record to go to.
    """

    digest: str
    about: str
    on: date | None
    by: str
    mine: bool
    times: int
    entries: tuple[int, ...]
    opens: tuple[str, str] | None
    what: str = ""
    words: str = attrs.field(default="", repr=False)


def digest_of(one: Found) -> str:
    """What a review remembers of a finding."""
    return tagged_hash(_TAG, one.key.encode()).hex()[:24]


class Telling:
    """Puts findings into the words of a row."""

    def __init__(self, ctx: Context, reader: Reader) -> None:
        self._ctx, self._reader = ctx, reader

    def items(self, found: Iterable[tuple[str, Found]]) -> Mapping[Rule, list[FindingItem]]:
        """By rule, in the order of what they are about."""
        waiting = list(found)
        names = self._names([one for _digest, one in waiting])
        opened = [record for _digest, one in waiting if one.rule in _OPENINGS for record in one.records]
        shown = self._reader.get_many(Showing, opened) if self._reader.has_desk_key else {}
        by_rule: dict[Rule, list[FindingItem]] = {}
        for digest, one in waiting:
            told = next((shown[record] for record in one.records if record in shown), None)
            by_rule.setdefault(one.rule, []).append(self._item(digest, one, names, told))
        for items in by_rule.values():
            items.sort(
                key=lambda item: (item.about.casefold(), item.on or date.min, item.entries, item.digest)
            )
        return by_rule

    def _item(self, digest: str, one: Found, names: Mapping[str, str], shown: Showing | None) -> FindingItem:
        entries = {written for record in one.records if (written := self._written_last(record))}
        opens = (one.noun, one.about) if one.noun in _PAGES and one.about else None
        return FindingItem(
            digest=digest,
            about=names.get(one.about, ""),
            on=one.on,
            by=self._ctx.name_of(one.by),
            mine=one.by == self._ctx.me,
            times=one.times,
            entries=tuple(sorted(entries)),
            opens=opens,
            what=shown.what if shown is not None else "",
            words=shown.words if shown is not None else "",
        )

    def _written_last(self, record: str) -> int:
        """The entry that wrote a record as it is; one that only names it (as it was opened) is no part."""
        seen = self._reader.entries_of(record)
        if not seen:
            return 0
        version = self._reader.version_at(record, seen[-1])
        return next(entry for entry in seen if self._reader.version_at(record, entry) == version)

    def _names(self, found: Iterable[Found]) -> Mapping[str, str]:
        wanted: dict[str, set[str]] = {}
        for one in found:
            wanted.setdefault(one.noun, set()).add(one.about)
        reader = self._reader
        names = {
            head.id: spoken_words(head.relation, head.prisoner_name)
            for head in reader.relative_heads(ids=sorted(wanted.get("relative", ())))
        }
        for key, prisoner in reader.get_many(Prisoner, wanted.get("prisoner", ())).items():
            names[key] = display_name(prisoner)
        for key, godparent in reader.get_many(Godparent, wanted.get("godparent", ())).items():
            names[key] = ", ".join(part for part in (godparent.family_name, godparent.given_name) if part)
        for key, report in reader.get_many(Report, wanted.get("report", ())).items():
            names[key] = " · ".join(part for part in (report.number, report.title) if part)
        for key, review in reader.get_many(QuarterReview, wanted.get("quarter_review", ())).items():
            day = PartialDate.of(review.last_day) if review.last_day is not None else None
            words = date_words(day, current_language()) if day is not None else ""
            names[key] = _("Quarter review up to {day}").format(day=words)
        for key, source in reader.get_many(Source, wanted.get("source", ())).items():
            names[key] = source.name
        return names | {person: self._ctx.name_of(person) for person in wanted.get("person", ())}
