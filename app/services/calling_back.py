"""Notes that call back: one for each recipient, in their language, without a reason and without a name.

Whoever reads one learns which report to delete or which case to leave alone, never that somebody withdrew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

import attrs

from app.domain.call_back import CallBack
from app.domain.clock import local_day
from app.domain.date_words import date_words
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.recipient import Recipient
from app.domain.report import Report
from app.domain.rows import GodparenthoodRow
from app.i18n import N_, _, translator
from app.languages import IN_REPORTS

_HELLO: Final = N_("Hello,")
_REPORTS: Final = N_(
    "Please do not use or pass on any longer, and delete your copies of: {numbers}. "
    "You will get a new version."
)
_TAKE_DOWN: Final = N_(
    "Please take down, and do not use or pass on any longer: {numbers}. A new version follows."
)
_WAIT: Final = N_(
    "Please do and say nothing in public about case {reference} for the moment, and pass nothing on. "
    "We will be in touch."
)
_THANKS: Final = N_("Thank you.")


@attrs.frozen
class Note:
    """A note for one recipient.

    Attributes:
        recipient: id of a godparent or recipient, words in older reports, or "" where it went to the public.
        name: how they are called on screen; "" for the public.
        reports: numbers of the reports it calls back.
        report_ids: their ids.
        language: of the text.
        known: whether that is the recipient's own language, as far as we know it.
        made_at: when a note for them was made after this withdrawal.
    """

    recipient: str
    name: str
    reports: tuple[str, ...]
    report_ids: tuple[str, ...]
    language: str
    known: bool
    text: str = attrs.field(repr=False)
    made_at: datetime | None = None


def notes_for(
    reader: Reader,
    conversation: str,
    reports: Sequence[Report],
    bonds: Iterable[GodparenthoodRow],
    reference: str,
    *,
    time_zone: str,
    speaking: str,
) -> tuple[Note, ...]:
    """The notes a withdrawal asks for.

    Args:
        reader: of the transaction.
        conversation: the talk it was recorded in, "" while it is not.
        reports: those that left and carried what is denied now.
        bonds: godparenthoods that are refused now and that the godparent knows of.
        reference: of the case; godparents know it by that.
        time_zone: of the case file.
        speaking: language for godparents nobody knows the language of.
    """
    made = (
        {one.recipient: one.made_at for one in reader.find(CallBack, conversation=conversation)}
        if conversation
        else {}
    )
    godparents = {str(one.id): one for one in reader.find(Godparent)}
    records = {str(one.id): one for one in reader.find(Recipient)}
    by_name = {_full_name(one).casefold(): one for one in godparents.values()}
    found: list[Note] = []
    for recipient, theirs in _by_recipient(reports).items():
        person = godparents.get(recipient) or by_name.get(recipient.casefold())
        record = records.get(recipient)
        own = person.language if person is not None else record.language if record is not None else ""
        language = own if own in IN_REPORTS else theirs[-1].language
        words = _TAKE_DOWN if not recipient else _REPORTS
        numbers = ", ".join(_number_words(one, language, time_zone) for one in theirs)
        found.append(
            Note(
                recipient,
                _full_name(person)
                if person is not None
                else record.called
                if record is not None
                else recipient,
                tuple(one.number for one in theirs),
                tuple(one.id for one in theirs),
                language,
                bool(own) and own == language,
                _text(language, words, numbers=numbers),
                made.get(recipient),
            )
        )
    told = {one.recipient for one in found}
    for bond in bonds:
        person = godparents.get(bond.godparent)
        if person is None or bond.godparent in told:
            continue
        language = person.language if person.language in IN_REPORTS else speaking
        text = _text(language, _WAIT, reference=reference)
        known = bool(person.language) and person.language == language
        found.append(Note(person.id, _full_name(person), (), (), language, known, text, made.get(person.id)))
    return tuple(found)


def together(notes: Sequence[Note]) -> str:
    """Some notes as one text, each under whom it is for; one alone is only itself."""
    if len(notes) == 1:
        return f"{notes[0].text}\n"
    return "\n\n\n".join(f"{_heading(note)}\n\n{note.text}" for note in notes) + "\n"


def _heading(note: Note) -> str:
    return "== " + " · ".join((note.name or _("the public"), *note.reports)) + " =="


def _by_recipient(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """Oldest report first; one that named nobody went to the public."""
    found: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: one.number):
        for recipient in report.recipients or ("",):
            found[recipient].append(report)
    return dict(found)


def _number_words(report: Report, language: str, time_zone: str) -> str:
    left = report.written_at or report.approved_at
    day = local_day(left, time_zone) if left is not None else report.day
    return f"{report.number} ({date_words(PartialDate.of(day), language)})" if day else report.number


def _text(language: str, words: str, **values: str) -> str:
    say = translator(language)
    return f"{say(_HELLO)}\n\n{say(words).format(**values)}\n\n{say(_THANKS)}"


def _full_name(one: Godparent) -> str:
    return " ".join(part for part in (one.given_name, one.family_name) if part)
