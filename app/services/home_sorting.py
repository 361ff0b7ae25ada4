"""What a derived copy brings, under the ids of home: about whom was put into it, and not here already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import attrs

from app.domain.changing import with_fields
from app.domain.consent_audit import Period
from app.domain.derived_copy import DerivedCopy
from app.domain.godparent import Godparent
from app.domain.hold import Hold
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.public_texts import PublicText, PublicTexts
from app.domain.recipient import Recipient
from app.domain.report import Desk, Report
from app.domain.source import Facility
from app.services.composing import period_of
from app.services.copy_contents import id_in_copy
from app.services.copy_reading import CopyRead, CopyText, in_languages
from app.services.folding import stops_in
from app.services.public_texts import texts_of
from app.services.reports import MakeReport
from app.services.same_person import rooted
from app.services.stop_rows import stopped
from app.vocabulary import vocabulary

TEXT, NOTE, STOP, DRAFT = "text", "note", "stop", "draft"
_OTHER: Final = "other"
_STOPPED: Final[Mapping[str, type[Facility | Godparent | Desk]]] = {
    "facility": Facility,
    "godparent": Godparent,
    "desk": Desk,
}


@attrs.frozen
class HomeItem:
    """One thing a copy brings home.

    Attributes:
        key: names it in what is chosen.
        what: `text`, `note`, `stop` or `draft`.
        about: whom or what, in words.
        field, language: of a text.
        before, here, theirs: what it was when the copy was made, is here now, and is in the copy.
        conflict: it changed here, too, since the copy was made.
    """

    key: str
    what: str
    about: str
    field: str = ""
    language: str = ""
    before: str = ""
    here: str = ""
    theirs: str = ""
    conflict: bool = False


class Sorting:
    """What a copy brings, under the ids of home."""

    def __init__(self, reader: Reader, record: DerivedCopy, read: CopyRead) -> None:
        self._reader, self._record, self._read = reader, record, read
        self._home = {id_in_copy(record.seed, one): one for one in record.prisoners}
        self._stops: dict[str, Hold] = {}
        self._asked: dict[str, tuple[str, MakeReport]] = {}
        self._gone = 0

    def items(self) -> tuple[list[HomeItem], int]:
        """Everything that is not here already, and how many things are about nobody here."""
        self._gone = 0
        found = [*self._of_stops(), *self._of_notes(), *self._of_texts(), *self._of_drafts()]
        return found, self._gone

    def stop_at_home(self, key: str) -> Hold:
        """The stop an item is, as it is placed here."""
        return self._stops[key]

    def draft_at_home(self, key: str) -> tuple[str, MakeReport]:
        """The draft an item is: its id in the copy, and what makes it here."""
        return self._asked[key]

    def texts_at_home(self, keys: Collection[str]) -> Iterator[tuple[Prisoner, PublicTexts]]:
        """The texts of each prisoner with what was chosen in them."""
        chosen = [one for one in self._read.texts if _key(TEXT, one) in set(keys)]
        for copied in dict.fromkeys(one.prisoner for one in chosen):
            prisoner = self._prisoner(copied)
            if prisoner is None:
                continue
            texts = texts_of(self._reader, prisoner.id)
            for one in chosen:
                if one.prisoner == copied:
                    texts = with_fields(texts, {one.field: _with(getattr(texts, one.field), one)})
            yield prisoner, texts

    def notes_at_home(self, keys: Collection[str]) -> Iterator[tuple[Prisoner, str]]:
        """The prisoners with the notes that were chosen."""
        for copied, text in self._read.notes:
            prisoner = self._prisoner(copied)
            if prisoner is not None and f"{NOTE}:{copied}" in set(keys):
                yield prisoner, text

    def _of_texts(self) -> Iterator[HomeItem]:
        for one in self._read.texts:
            prisoner = self._counted(one.prisoner)
            if prisoner is None:
                continue
            here = in_languages(getattr(texts_of(self._reader, prisoner.id), one.field)).get(one.language, "")
            if here != one.now:
                yield HomeItem(
                    *(_key(TEXT, one), TEXT, display_name(prisoner), one.field, one.language),
                    *(one.before, here, one.now, here != one.before),
                )

    def _of_notes(self) -> Iterator[HomeItem]:
        for copied, text in self._read.notes:
            prisoner = self._counted(copied)
            if prisoner is not None and text not in prisoner.working_notes:
                yield HomeItem(f"{NOTE}:{copied}", NOTE, display_name(prisoner), theirs=text)

    def _of_stops(self) -> Iterator[HomeItem]:
        acting = {(one.hold.on_noun, one.hold.on_id) for one in stops_in(self._reader) if one.active}
        reasons = {term.code for term in vocabulary("hold_reason").terms}
        for hold in self._read.stops:
            on, about = self._stopped(hold)
            if on is None:
                self._gone += 1
            elif (hold.on_noun, on) not in acting:
                key = f"{STOP}:{hold.id}"
                reason = hold.reason if hold.reason in reasons else _OTHER
                self._stops[key] = attrs.evolve(hold, on_id=on, reason=reason)
                yield HomeItem(key, STOP, about, field=hold.on_noun, theirs=reason)

    def _of_drafts(self) -> Iterator[HomeItem]:
        taken = set(self._record.drafts)
        for report in self._read.drafts:
            if report.id in taken:
                continue
            key = f"{DRAFT}:{report.id}"
            people = tuple(one.id for each in report.prisoners if (one := self._prisoner(each)))
            whom = tuple(self._recipient(each) for each in report.recipients)
            if report.prisoners and not people:
                self._gone += 1
                continue
            self._asked[key] = report.id, _as_asked(report, people, whom)
            yield HomeItem(key, DRAFT, report.title, field=report.report_kind, language=report.language)

    def _stopped(self, hold: Hold) -> tuple[str | None, str]:
        """What a stop is on at home, and in words; None where it is on nothing here."""
        on = self._stopped_at_home(hold)
        return (on, stopped(self._reader, attrs.evolve(hold, on_id=on))[1]) if on is not None else (None, "")

    def _stopped_at_home(self, hold: Hold) -> str | None:
        if hold.on_noun == "case_file":
            return ""
        if hold.on_noun == "country":
            return hold.on_id if re.fullmatch("[A-Z]{2}", hold.on_id) else None
        if hold.on_noun == "prisoner":
            prisoner = self._prisoner(hold.on_id)
            return prisoner.id if prisoner is not None else None
        cls = _STOPPED.get(hold.on_noun)
        found = self._reader.find(cls) if cls is not None else ()
        return next((one.id for one in found if id_in_copy(self._record.seed, one.id) == hold.on_id), None)

    def _recipient(self, whom: str) -> str:
        """The id of home, or a name as it was typed."""
        ids = [one.id for one in self._reader.find(Recipient)]
        ids += [one.id for one in self._reader.find(Godparent)]
        return next((one for one in ids if id_in_copy(self._record.seed, one) == whom), whom)

    def _counted(self, copied: str) -> Prisoner | None:
        found = self._prisoner(copied)
        self._gone += found is None
        return found

    def _prisoner(self, copied: str) -> Prisoner | None:
        """Whoever it is at home, through a merger, too; only whoever was put into the copy."""
        home = self._home.get(RecordId(copied))
        if home is None:
            return None
        roots = rooted(self._reader, [home])
        return self._reader.get_many(Prisoner, roots).get(RecordId(roots[0])) if roots else None


def _as_asked(report: Report, people: tuple[str, ...], whom: tuple[str, ...]) -> MakeReport:
    period: Period | None = period_of(report)
    return MakeReport(
        report.report_kind,
        report.language,
        report.formats,
        () if report.everyone else people,
        report.texts,
        whom,
        report.title,
        period,
        coarser=report.coarser,
        cover=report.cover,
    )


def _with(texts: tuple[PublicText, ...], one: CopyText) -> tuple[PublicText, ...]:
    """These texts with one language as it came home; whoever checked the old words did not check these."""
    rest = tuple(each for each in texts if each.language != one.language)
    return (*rest, PublicText(language=one.language, text=one.now)) if one.now else rest


def _key(what: str, one: CopyText) -> str:
    return f"{what}:{one.prisoner}:{one.field}:{one.language}"
