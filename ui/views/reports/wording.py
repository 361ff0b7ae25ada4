"""Reports in the words of the person at the screen: kinds, states, days, checks and where they stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from babel.dates import format_interval, format_skeleton
from babel.numbers import format_decimal

from app.domain.consent_reasons import Reason, reason_words
from app.domain.fields import fields_of
from app.domain.prisoner import Prisoner
from app.i18n import N_, _, locale_name, ngettext, number_words
from app.languages import name_in
from app.reports.kinds import Audience, Ground, ReportKind, Transform
from app.reports.reaching import ways_in
from app.reports.standing import Because, Why
from app.vocabulary import word
from ui.states import State

HOW: Final = "how"
"""The table without rows that says how a report of figures counts."""
_FORMATS: Final[Mapping[str, str]] = {
    "pdf": N_("pages to read and print"),
    "docx": N_("a document to edit"),
    "xlsx": N_("a workbook"),
    "csv": N_("a plain table"),
    "html": N_("a page for the web"),
}
_LOOKED_AT: Final[Mapping[str, str]] = {
    "words": N_("words"),
    "rows": N_("rows"),
    "contacts": N_("pieces of text"),
    "pdf_text": N_("pieces of text"),
    "pdf_parts": N_("parts of the file"),
    "pdf_properties": N_("properties"),
    "docx_parts": N_("parts of the file"),
    "xlsx_parts": N_("cells and parts"),
    "html_parts": N_("parts of the file"),
    "formulas": N_("cells"),
    "figures": N_("figures"),
    "file_name": N_("names"),
    "again": N_("bytes"),
}
_WAYS: Final[Mapping[str, str]] = {
    "e-mail": N_("an e-mail address"),
    "link": N_("a link that is no source’s own"),
    "handle": N_("a handle"),
    "account": N_("an account number"),
    "phone": N_("a phone number"),
    "street": N_("a street address"),
    "map": N_("a place on a map"),
    "cannot be read": N_("the file cannot be read"),
    "file name": N_("its name"),
    "properties": N_("its properties"),
    "covered": N_("covered text"),
    "cropped": N_("a cropped page"),
    "word/document.xml": N_("the text"),
}
_STATES: Final[Mapping[str, State]] = {
    "draft": State.UNASKED,
    "checked": State.WAITS,
    "approved": State.YES,
    "leaving": State.ENDS,
    "done": State.YES,
    "failed": State.NO,
    "came_back": State.ENDS,
    "dropped": State.UNASKED,
}


def grouped(words: str, number: int) -> str:
    """Words with a number in them, the number as people write it: "1,204 people"."""
    return words.replace(str(number), number_words(number), 1)


def day_words(moment: datetime | None) -> str:
    """ "22 Nov 2026", for narrow places."""
    return format_skeleton("yMMMd", moment.astimezone(), locale=locale_name()) if moment else ""


def language_name(code: str) -> str:
    """The language of a code, with a capital where the window's language writes one on its own."""
    name = name_in(code, locale_name())
    return name[:1].upper() + name[1:]


def moment_words(moment: datetime | None) -> str:
    """ "3 May 2026, 14:02"."""
    return f"{day_words(moment)}, {moment.astimezone():%H:%M}" if moment else ""


def format_words(formats: Iterable[str]) -> str:
    """PDF, DOCX."""
    own = {"eml": _("mail draft"), "text": _("copied text")}
    return ", ".join(own.get(each, each.upper()) for each in formats)


def format_hint(file_format: str) -> str:
    """What a format is good for."""
    return _(_FORMATS.get(file_format, ""))


def state_mark(state: str) -> State:
    """The mark of a report's state."""
    return _STATES.get(state, State.UNASKED)


def state_words(state: str) -> str:
    """Where a report stands; one that was being written when the program stopped may have left."""
    own = {
        "checked": _("waits for approval"),
        "leaving": _("may have left"),
        "done": _("has left"),
        "failed": _("refused"),
        "came_back": _("came back"),
        "dropped": _("dropped"),
    }
    return own.get(state) or word("report_state", state)


def audience_words(kind: ReportKind) -> str:
    """Who reads a kind."""
    if kind.audience is Audience.INSTITUTION:
        return _("one named institution, confidential")
    if kind.audience is Audience.GODPARENT:
        return _("one godparent, under the protocol")
    if kind.audience is Audience.ALL_GODPARENTS:
        return _("all godparents")
    if kind.audience is Audience.INTERNAL:
        return _("the house, auditors and funders")
    return _("the public")


def kind_line(kind: ReportKind | None, name: str, language: str, formats: Iterable[str]) -> str:
    """ "Briefing for a parliament · German · PDF, DOCX"."""
    parts = (_(kind.title) if kind else name, language_name(language), format_words(formats))
    return " · ".join(part for part in parts if part)


def carried_words(kind: ReportKind) -> str:
    """ "Name · Arrested (year only) · …", and what no kind ever carries."""
    if kind.counts_only:
        headings = (_(table.heading) for table in kind.tables if table.key != HOW)
        return " · ".join(headings) + ". " + _("Figures only, never a name.")
    parts = []
    for column in kind.columns:
        words = _(column.label)
        if column.transform is Transform.YEAR:
            words = _("{what} (year only)").format(what=words)
        elif column.transform is Transform.DAY_AND_MONTH:
            words = _("{what} (day and month only)").format(what=words)
        parts.append(words)
    return " · ".join(parts) + ". " + _("Never relatives, contacts or health.")


def summary_words(kind: ReportKind) -> str:
    """What a kind is, whom it is for and what it carries: enough to agree to it."""
    languages = ", ".join(language_name(one) for one in kind.languages)
    first = f"{_('For')}: {audience_words(kind)} · {format_words(kind.formats)} · {languages}."
    return f"{_(kind.about)} {first} {carried_words(kind)}"


def ground_words(*, named: bool, counted: bool, ground: Ground | None) -> str:
    """How somebody stands in a report."""
    if not named:
        return _("only in the figures") if counted else _("left out, not counted either")
    if ground is Ground.AGREED:
        return _("may be named · agreed")
    if ground is Ground.PUBLISHED:
        return _("may be named · published")
    return _("may be named")


_WHY: Final[Mapping[Why, str]] = {
    Why.NOT_CLEARED: N_("not cleared"),
    Why.NO_NAME: N_("no name is known or told"),
    Why.BIRTHDAY_UNKNOWN: N_("the day of birth is not known"),
    Why.SAYS_NOTHING: N_("not known whether letters arrive"),
    Why.SAYS_NO: N_("accepts no letters"),
}


def left_out_words(because: Because | None, *, counted: bool) -> str:
    """Why somebody is not named: with the key the reason, else that they are not cleared."""
    where = ground_words(named=False, counted=counted, ground=None)
    if because is None:
        return where
    why = _(_WHY[because.why])
    if because.why is Why.NOT_CLEARED and because.reason:
        why = _(reason_words(Reason(because.reason))).rstrip(".")
    field = fields_of(Prisoner).get(because.field)
    about = f"{_(field.label)}: " if field is not None else ""
    return f"{about}{why} · {where}" if counted else f"{about}{why}"


def left_out_mark(because: Because | None, *, counted: bool) -> State:
    """The mark beside it: what nobody knows can still be learned."""
    if because is not None and because.why in (Why.BIRTHDAY_UNKNOWN, Why.SAYS_NOTHING):
        return State.UNASKED
    return ground_mark(named=False, counted=counted)


def ground_mark(*, named: bool, counted: bool) -> State:
    """The mark beside it."""
    return State.YES if named else State.UNASKED if counted else State.NO


def people_words(named: int | None, figures_only: int | None, left_out: int | None) -> str:
    """ "8 named · 32 only in the figures"; what there is none of is not said."""
    here, counted = named or 0, figures_only or 0
    parts = [grouped(ngettext("{n} named", "{n} named", here), here)]
    words = ngettext("{n} only in the figures", "{n} only in the figures", counted)
    if counted:
        parts.append(grouped(words, counted))
    if left_out:
        parts.append(grouped(ngettext("{n} left out", "{n} left out", left_out), left_out))
    return " · ".join(parts)


def shown_words(pictured: int, quoted: int) -> str:
    """ "4 with a photo · 2 with a quote"; what there is none of is not said."""
    photos = grouped(ngettext("{n} with a photo", "{n} with a photo", pictured), pictured)
    quotes = grouped(ngettext("{n} with a quote", "{n} with a quote", quoted), quoted)
    return " · ".join(words for words, count in ((photos, pictured), (quotes, quoted)) if count)


def period_words(first: date | None, last: date | None) -> str:
    """ "1 Jul – 30 Sep 2026"."""
    if first is None or last is None:
        return ""
    return str(format_interval(first, last, "yMMMd", locale=locale_name()))


def looked_words(check: str) -> str:
    """What a check counts."""
    return _(_LOOKED_AT.get(check, ""))


def where_words(where: str) -> str:
    """Where a check stopped: page, cell or part, and what it found there. Never the text itself."""
    return ": ".join(_place_words(part.strip()) for part in where.split(": ", 1))


def _place_words(place: str) -> str:
    found = re.fullmatch(r"page (\d+)", place)
    if found:
        return _("page {number}").format(number=found[1])
    found = re.fullmatch(r"paragraph (\d+)", place)
    if found:
        return _("paragraph {number}").format(number=found[1])
    found = re.fullmatch(r"row (\d+), column (\d+)", place)
    if found:
        return _("row {row}, column {column}").format(row=found[1], column=found[2])
    found = re.fullmatch(r"sheet (\d+)(?:, (.+))?", place)
    if found:
        sheet = _("sheet {number}").format(number=found[1])
        return f"{sheet}, {found[2]}" if found[2] else sheet
    found = re.fullmatch(r"-(\d+) \+(\d+)", place)
    if found:
        return _("{missing} words missing, {extra} too many").format(missing=found[1], extra=found[2])
    return _(_WAYS[place]) if place in _WAYS else place


def ways_words(text: str) -> str:
    """What a text that somebody types tells of how to reach anybody, as a check would find it."""
    return ", ".join(_(_WAYS[way]) for way in ways_in(text))


def fingerprint(sha256: str) -> str:
    """The beginning of a file's SHA-256, in groups that can be read out."""
    return " ".join(sha256[at : at + 4] for at in range(0, 16, 4))


def size_words(size: int | None) -> str:
    """512 KB, which no end of a line parts."""
    return _size(size).replace(" ", "\u00a0") if size else ""


def _size(size: int) -> str:
    if size < 1_000_000:
        return _("{number} KB").format(number=number_words(max(1, round(size / 1_000))))
    unit, words = (1_000_000, _("{number} MB")) if size < 1_000_000_000 else (1_000_000_000, _("{number} GB"))
    return words.format(number=str(format_decimal(round(size / unit, 1), locale=locale_name())))
