"""What is other in the later of two reports, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.consent import Decision, Ground, reason_words
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.i18n import _, current_language, ngettext, number_words
from app.reports.growth_tables import MEASURE_WORDS
from app.vocabulary import word
from ui.states import State
from ui.theme import Role
from ui.views.reports.since import since_lines
from ui.views.reports.wording import (
    audience_words,
    fingerprint,
    format_words,
    grouped,
    language_name,
    moment_words,
    people_words,
    period_words,
    state_words,
)
from ui.widgets.details import DetailGrid, Value
from ui.widgets.frames import Notice
from ui.widgets.labels import Run, RunText, SectionHead, Text, paragraph, stacked

if TYPE_CHECKING:
    from app.domain.report import Report
    from app.services.columns_moved import ColumnMoved
    from app.services.comparing import Compared, FileMoved, PersonMoved, Side, TextMoved


def compared_lines(found: Compared) -> Iterator[QWidget]:
    """Everything, in the order one reads it."""
    yield _sides(found)
    if found.since is not None:
        yield since_lines(found.since)
    for one in found.figures:
        if one.measure in MEASURE_WORDS:
            what = Run(f"{_(MEASURE_WORDS[one.measure])}, {_day(one.day)}: ")
            yield RunText([what, *_moved_runs(_n(one.before), _n(one.after))])
    if found.moved:
        yield SectionHead(_("In what"))
        if not found.with_reasons:
            yield Notice(_("What stood there, and why, is known to those with the key of their desk."))
        for person in found.moved:
            yield _person(person)
        if found.more:
            words = ngettext("{n} more are not listed here.", "{n} more are not listed here.", found.more)
            yield paragraph(grouped(words, found.more), Role.MUTED)
    yield SectionHead(_("Texts"))
    if found.texts:
        for text in found.texts:
            yield _text(text)
    else:
        yield paragraph(_("The same texts."), Role.MUTED)
    yield SectionHead(_("Files"))
    for file in found.files:
        yield _file(file)


def _sides(found: Compared) -> QWidget:
    """The two beside each other; what is the same stands once."""
    before, after = found.before, found.after
    grid = DetailGrid(label_width=120)
    pairs: list[tuple[str, Value]] = []
    now = _told(found, after)
    for label, then in _told(found, before).items():
        if then or now[label]:
            pairs.append((label, then if then == now[label] else _moved_runs(then, now[label])))
    grid.set_pairs(pairs)
    return grid


def _told(found: Compared, side: Side) -> dict[str, str]:
    report, kind = side.report, found.kind
    return {
        _("Report"): report.number,
        _("Title"): report.title,
        _("State"): state_words(report.state),
        _("Made"): _who(side.made_by, moment_words(report.made_at)),
        _("Approved"): _who(side.approved_by, moment_words(report.approved_at)),
        _("Left the house"): moment_words(report.written_at),
        _("Language"): language_name(report.language),
        _("Version of the kind"): number_words(report.kind_version or 0),
        _("Formats"): format_words(report.formats),
        _("For whom"): "; ".join(side.recipients) or audience_words(kind),
        _("Period"): period_words(report.period_from, report.period_to) if kind.takes_period else "",
        _("Counted"): "" if kind.counts_only else _counted(report),
        _("Cover page"): _("yes") if report.cover else _("no"),
    }


def _counted(report: Report) -> str:
    return people_words(report.named, report.figures_only, report.left_out)


def _moved_runs(before: str, after: str) -> list[Run]:
    return [Run(before or "–", Role.MUTED), Run("  →  ", Role.MUTED), Run(after or "–", Role.STRONG)]


def _person(one: PersonMoved) -> QWidget:
    lines: list[QWidget] = [RunText([Run(one.name, Role.STRONG)])]
    if one.columns is None:
        lines.append(paragraph(_("What stood there cannot be known any more."), Role.MUTED))
    else:
        lines += [_column(column) for column in one.columns]
    for purpose in one.purposes:
        runs = [
            Run(f"{word('purpose', purpose.purpose)}: ", Role.MUTED),
            *_decision(purpose.before),
            Run("  →  ", Role.MUTED),
            *_decision(purpose.after),
        ]
        lines.append(RunText(runs))
    return stacked(*lines, gap=2)


def _column(column: ColumnMoved) -> QWidget:
    if column.before is None and column.after is None:
        return RunText([Run(_(column.label), state=State.ENDS)])
    what = Run(f"{_(column.label)}: ", Role.MUTED)
    return RunText([what, *_moved_runs(column.before or "", column.after or "")])


def _decision(decision: Decision | None) -> list[Run]:
    if decision is None:
        return [Run(_("not asked, or cannot be known any more"), Role.MUTED)]
    if not decision.allowed:
        return [Run(_("not"), state=State.NO), Run(f" {_(reason_words(decision.reason))}", Role.MUTED)]
    ground = _("published") if decision.ground is Ground.PUBLISHED else _("agreed")
    return [Run(ground, state=State.YES)]


def _text(one: TextMoved) -> QWidget:
    mark = Run(_("New"), state=State.YES) if one.new else Run(_("Gone"), state=State.NO)
    head = RunText([mark, Run(f"  {word('text_block', one.block.what)}", Role.MUTED)])
    return stacked(head, Text(one.block.text, wrap=True), gap=0)


def _file(one: FileMoved) -> QWidget:
    name = one.file_format.upper()
    if one.before == one.after:
        return RunText([Run(f"{name}: ", Role.STRONG), Run(_("the very same file"), state=State.YES)])
    runs = [Run(f"{name}: ", Role.STRONG)]
    return RunText([*runs, *_moved_runs(_fingerprint(one.before), _fingerprint(one.after))])


def _fingerprint(sha256: str) -> str:
    return fingerprint(sha256) if sha256 else _("not made")


def _n(value: int | None) -> str:
    return number_words(value) if value is not None else ""


def _day(iso: str) -> str:
    return date_words(PartialDate.from_stored(iso), current_language()) if iso else ""


def _who(name: str, when: str) -> str:
    return " · ".join(part for part in (name, when) if part)
