"""A report of ours that was changed elsewhere: known by its number, compared with what the ledger can prove.

The bytes of a report are not kept once it left. What it said of each person is worked out again from the log
and believed only where it has the fingerprint of that day (`SaidThen`); its own texts stand in the ledger.
Somebody without the key is told what is new in the file, and how much is gone, never what.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import attrs

from app.domain.errors import KnownError
from app.domain.ports import Reader
from app.domain.report import Report
from app.i18n import N_, translator
from app.reports.elsewhere.changes import moved
from app.reports.elsewhere.reading import FileTold
from app.reports.elsewhere.told import Place, Spot
from app.reports.frame import words_of
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS, ReportKind
from app.reports.portraits import THERE_IS_ONE
from app.reports.text import plain_paragraphs
from app.services.composing import Wanted, compose_today
from app.services.context import Context
from app.services.said_then import SaidThen
from app.services.same_person import rooted

_NUMBER: Final = re.compile(r"\b\d{4}-\d{3,}\b")
_NAMES: Final = frozenset({"given_name", "family_name", "other_names"})
_COMPOSED: Final = ("table", "cards")
_LEFT: Final = frozenset({"checked", "leaving", "done"})


@attrs.frozen
class OursChanged:
    """What is other in a file than in the report of ours it was.

    Attributes:
        report: its id.
        same: byte for byte a file that was made.
        new: words that did not stand in it.
        gone: texts that stood in it and do not any more; only for those with the key.
        gone_count: how many.
        unknown: of so many people nobody can say any more what it said.
    """

    report: str
    number: str
    same: bool
    new: tuple[tuple[Place, str], ...] = attrs.field(default=(), repr=False)
    gone: tuple[str, ...] = attrs.field(default=(), repr=False)
    gone_count: int = 0
    unknown: int = 0


@attrs.frozen
class Ours:
    """A report of ours a file is, or was before somebody edited it.

    Attributes:
        same: byte for byte.
        said: of each person what it said, by column; None where nobody can say any more.
    """

    report: Report
    same: bool = False
    said: Mapping[str, Mapping[str, str | None] | None] = attrs.field(factory=dict, repr=False)

    def names(self, people: Collection[str]) -> tuple[str, ...]:
        """The names it says of these people, each as often as it stood there."""
        kind = shipped_kind(self.report.report_kind)
        labels = {one.label for one in kind.columns if {field.name for field in one.fields} <= _NAMES}
        known = (row for person, row in self.said.items() if person in people and row is not None)
        return tuple(value for row in known for label in labels if (value := row.get(label)))


def ours_of(reader: Reader, told: FileTold, *, apart_from: str = "") -> Ours | None:
    """The report of ours about people a file is, by its bytes or its number; None where it is none.

    Args:
        apart_from: id of the file itself, once it is kept.
    """
    reports = [one for one in reader.find(Report) if one.state in _LEFT and one.id != apart_from]
    said = {number for text in told.said for number in _NUMBER.findall(text.text)}
    same = [one for one in reports if told.sha256 in {file.sha256 for file in one.files}]
    found = same or [one for one in reports if one.number in said and _can_be_known(one)]
    if len(found) != 1:
        return None
    if not _can_be_known(found[0]):
        return Ours(found[0], same=True)
    then = SaidThen(reader, found[0])
    people = rooted(reader, found[0].carried)
    return Ours(found[0], bool(same), {person: then.of(person) for person in people})


def changed_of_ours(ctx: Context, reader: Reader, told: FileTold, ours: Ours | None) -> OursChanged | None:
    """What changed since; None where it is none of ours."""
    if ours is None:
        return None
    report = ours.report
    if ours.same:
        return OursChanged(report.id, report.number, same=True)
    kind = shipped_kind(report.report_kind)
    known = [value for value in ours.said.values() if value is not None]
    kept = [text for block in report.texts for text in plain_paragraphs(block.text)]
    kept += [
        value for row in known for label, value in row.items() if value and label not in pictures_in(kind)
    ]
    found = moved(told.said, kept, _template(ctx, reader, report, kind, _pages_of(told)))
    return OursChanged(
        report.id,
        report.number,
        same=False,
        new=found.new,
        gone=found.gone if reader.has_desk_key else (),
        gone_count=len(found.gone),
        unknown=len(ours.said) - len(known),
    )


def _pages_of(told: FileTold) -> int:
    return max((one.place.numbers[0] for one in told.said if one.place.spot is Spot.PAGE), default=0)


def _can_be_known(report: Report) -> bool:
    """About people, and written by the kind as it is now."""
    try:
        kind = shipped_kind(report.report_kind)
    except KnownError:
        return False
    return (
        not kind.counts_only and kind.version == report.kind_version and set(report.formats) <= set(FORMATS)
    )


def _template(ctx: Context, reader: Reader, report: Report, kind: ReportKind, pages: int) -> Iterator[str]:
    """What stands there beside values: heads, phrases, sources, figures, feet."""
    words = translator(report.language)
    try:
        made = compose_today(ctx, reader, Wanted.again(report, kind)).report
    except KnownError:
        made = None  # somebody it was for may not get it any more: then more stands as new
    for column in kind.columns:
        yield words(column.label)
        before, _place, after = words(column.phrase).partition("{}")
        yield from (before, after)
    yield from (one for one in attrs.astuple(words_of(words)) if "{" not in one)
    if pictures_in(kind):
        yield words(THERE_IS_ONE)
    if made is None:
        return
    yield from (one.instead for one in made.portraits)
    yield from (made.title, made.subtitle, made.lead, made.footer, *made.foreword, *made.figures_notes)
    yield from (column.label for column in made.columns)
    for figure in made.figures:
        yield from (figure.label, figure.value)
    for source in made.sources:
        yield source.line()
        yield from (source.text, source.link, source.as_of)
    if pages:
        yield from _feet(words(N_("Page {page} of {pages}")), pages)


def pictures_in(kind: ReportKind) -> frozenset[str]:
    """Columns of pictures: the ledger knows which picture stood there, a file says only that there is one."""
    return frozenset(column.label for column in kind.columns if column.shows_picture)


def _feet(words: str, pages: int) -> Iterator[str]:
    """Feet of pages: the words around both numbers, and numbers that can stand there."""
    yield from (part for part in re.split(r"\{pages?\}", words) if part.strip())
    yield from (str(number) for number in range(1, pages + 1))
