"""A report as the ledger keeps it: what was made, from what, checked how, approved by whom, gone where."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.domain.recipient import Addressed, LockedFile
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL
_SENSITIVE = FieldClass.SENSITIVE


@attrs.frozen
class ReportFile:
    """One file of a report. `content` is the id of its bytes in the case file while it is a draft."""

    file_format: str = stored(N_("Format"), Kind.TEXT, _INTERNAL)
    name: str = stored(N_("File name"), Kind.TEXT, _INTERNAL)
    sha256: str = stored(N_("Fingerprint"), Kind.TEXT, _INTERNAL)
    size_bytes: int | None = stored(N_("Size"), Kind.NUMBER, _INTERNAL)
    content: str | None = stored(N_("Content"), Kind.REFERENCE, _INTERNAL, refers_to="attachment")


@attrs.frozen
class CheckResult:
    """The result of one check of the verifier: which, over how much, passed or not, where not."""

    check: str = stored(N_("Check"), Kind.TEXT, _INTERNAL)
    file_format: str = stored(N_("Format"), Kind.TEXT, _INTERNAL)
    passed: bool = stored(N_("Passed"), Kind.FLAG, _INTERNAL)
    examined: int | None = stored(N_("Examined"), Kind.NUMBER, _INTERNAL)
    where: str = stored(N_("Where"), Kind.TEXT, _INTERNAL)


@attrs.frozen
class TextBlock:
    """A text written for this report (heading, paragraph), in the report's language."""

    what: str = stored(N_("Kind"), Kind.TERM, _INTERNAL, vocabulary="text_block")
    text: str = stored(N_("Text"), Kind.FREE_TEXT, _OPEN, open_text=True)


@attrs.frozen
class ToldFigure:
    """A figure a report of a kind that counts told: of which measure, of which day."""

    measure: str = stored(N_("What it counts"), Kind.TEXT, _INTERNAL)
    on: date | None = stored(N_("As of"), Kind.DAY, _INTERNAL)
    value: int | None = stored(N_("Figure"), Kind.NUMBER, _INTERNAL)


@noun("report", lasting=True)
@attrs.frozen
class Report:
    """One report, from draft to gone.

    States (vocabulary `report_state`): draft, checked, approved, leaving (intent written), done, failed,
    came_back, dropped.

    Attributes:
        pictured: those of `carried` of whom it shows a picture.
        quoted: those of `carried` of whom it says what was agreed to for one use.
        marks: one for each of `carried`, in its order: another one says that something about them changed.
        without_figures: its maker could not know who refused to be counted.
        recipients: ids of recipients or godparents; words in reports made before there were records.
        addressed: those of them that are records, as they were that day.
        again_of: the report this one was made from with the answers of its day.
        series: the approval it left with, where that was one for three months.
        coarser: tables of public figures that are merged further than planned, `charges:1`.
        called_back_at: since when nobody may use these figures any more.
    """

    id: RecordId
    version: int = 0
    number: str = stored(N_("Number"), Kind.TEXT, _INTERNAL, searchable=True)
    report_kind: str = stored(N_("Kind"), Kind.TEXT, _INTERNAL)
    kind_version: int | None = stored(N_("Version of the kind"), Kind.NUMBER, _INTERNAL)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    day: date | None = stored(N_("Day"), Kind.DAY, _INTERNAL)
    state: str = stored(N_("State"), Kind.TERM, _INTERNAL, vocabulary="report_state", required=True)
    title: str = stored(N_("Title"), Kind.TEXT, _INTERNAL)
    period_from: date | None = stored(N_("Period from"), Kind.DAY, _INTERNAL)
    period_to: date | None = stored(N_("Period to"), Kind.DAY, _INTERNAL)
    prisoners: tuple[str, ...] = stored(N_("People"), Kind.WORDS, _INTERNAL, open_text=True)
    everyone: bool = stored(N_("Everyone"), Kind.FLAG, _INTERNAL)
    texts: tuple[TextBlock, ...] = stored(N_("Texts"), Kind.PARTS, _INTERNAL, parts=TextBlock)
    recipients: tuple[str, ...] = stored(N_("For whom"), Kind.WORDS, _INTERNAL, open_text=True)
    addressed: tuple[Addressed, ...] = stored(N_("Recipients"), Kind.PARTS, _INTERNAL, parts=Addressed)
    formats: tuple[str, ...] = stored(N_("Formats"), Kind.WORDS, _INTERNAL, open_text=True)
    named: int | None = stored(N_("Named"), Kind.NUMBER, _INTERNAL)
    figures_only: int | None = stored(N_("Only in the figures"), Kind.NUMBER, _INTERNAL)
    left_out: int | None = stored(N_("Left out"), Kind.NUMBER, _INTERNAL)
    without_figures: bool = stored(N_("Without figures"), Kind.FLAG, _INTERNAL)
    carried: tuple[str, ...] = stored(N_("People named in it"), Kind.WORDS, _INTERNAL, open_text=True)
    pictured: tuple[str, ...] = stored(N_("With a photo"), Kind.WORDS, _INTERNAL, open_text=True)
    quoted: tuple[str, ...] = stored(N_("With a quote"), Kind.WORDS, _INTERNAL, open_text=True)
    marks: tuple[str, ...] = stored(
        N_("Fingerprints of what it says of each"), Kind.WORDS, _INTERNAL, open_text=True
    )
    again_of: str | None = stored(N_("Again, after"), Kind.REFERENCE, _INTERNAL, refers_to="report")
    told: tuple[ToldFigure, ...] = stored(N_("Figures"), Kind.PARTS, _INTERNAL, parts=ToldFigure)
    composed_sha256: str = stored(N_("Fingerprint of the values"), Kind.TEXT, _INTERNAL)
    files: tuple[ReportFile, ...] = stored(N_("Files"), Kind.PARTS, _INTERNAL, parts=ReportFile)
    locked: tuple[LockedFile, ...] = stored(N_("Locked files"), Kind.PARTS, _INTERNAL, parts=LockedFile)
    checks: tuple[CheckResult, ...] = stored(N_("Checks"), Kind.PARTS, _INTERNAL, parts=CheckResult)
    decided_at_entry: int | None = stored(N_("Decided at entry"), Kind.NUMBER, _INTERNAL)
    made_by: str | None = stored(N_("Made by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _INTERNAL)
    names_searched_by: str | None = stored(
        N_("Names searched by"), Kind.REFERENCE, _INTERNAL, refers_to="person"
    )
    names_searched_at: datetime | None = stored(N_("Names searched"), Kind.MOMENT, _INTERNAL)
    names_searched_entry: int | None = stored(N_("Names searched at entry"), Kind.NUMBER, _INTERNAL)
    approved_by: str | None = stored(N_("Approved by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    approved_at: datetime | None = stored(N_("Approved"), Kind.MOMENT, _INTERNAL)
    series: str | None = stored(N_("Series"), Kind.REFERENCE, _INTERNAL, refers_to="report_series")
    written_at: datetime | None = stored(N_("Written"), Kind.MOMENT, _INTERNAL)
    came_back_because: str = stored(N_("Came back because"), Kind.TEXT, _INTERNAL)
    cover: bool = stored(N_("Cover page"), Kind.FLAG, _INTERNAL)
    coarser: tuple[str, ...] = stored(N_("Coarser tables"), Kind.WORDS, _INTERNAL, open_text=True)
    called_back_at: datetime | None = stored(N_("Called back"), Kind.MOMENT, _INTERNAL)
    called_back_by: str | None = stored(N_("Called back by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    called_back_because: str = stored(N_("Called back because"), Kind.TEXT, _INTERNAL)


@noun("report_snapshot", lasting=True)
@attrs.frozen
class ReportSnapshot:
    """What was decided for whom when a report was made: sealed, for "as of" and call back."""

    id: RecordId
    version: int = 0
    report: str | None = stored(N_("Report"), Kind.REFERENCE, _SENSITIVE, refers_to="report")
    decisions: str = stored(N_("Decisions"), Kind.FREE_TEXT, _SENSITIVE)


@noun("text_stamp")
@attrs.frozen
class TextStamp:
    """A key holder's word that an open text names no protected person (reports.md, *scan stamp*)."""

    id: RecordId
    version: int = 0
    record: str = stored(N_("Record"), Kind.TEXT, _INTERNAL)
    field: str = stored(N_("Field"), Kind.TEXT, _INTERNAL)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _INTERNAL)
    text_sha256: str = stored(N_("Fingerprint of the text"), Kind.TEXT, _INTERNAL)
    stamped_by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    stamped_at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)
    withdrawn: bool = stored(N_("Withdrawn"), Kind.FLAG, _INTERNAL)


@noun("desk")
@attrs.frozen
class Desk:
    """An office or team with its own key to its families."""

    id: RecordId
    version: int = 0
    name: str = stored(N_("Name"), Kind.TEXT, _OPEN, required=True)
    country: str = stored(N_("Country"), Kind.COUNTRY, _OPEN)
