"""Who did what with a relative, read off the entries of the log.

Who signed an entry did it, whatever a record says; an entry whose signature does not hold is nobody's, and
one about what is gone may be about anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.crypto.signing import signature_holds
from app.domain.acts import Act
from app.domain.exposure import SEEING_ACTS, Deed, Did, Span, did_of
from app.domain.exposure_port import OwnedBy
from app.domain.log import SIGNED, Entry, EntryRow
from app.domain.ports import Reader
from app.domain.report import Report
from app.domain.roles import Role
from app.domain.showing import Showing
from app.domain.slip import Slip, SlipUse
from app.services.addressing import names_of
from app.services.context import Context
from app.services.same_person import every_id

_KEY_HOLDERS: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
_LEFT: Final = (Act.REPORT_LEAVING, Act.REPORT_DONE)


class Deeds:
    """What happened in a time.

    Args:
        span: the time.
        entries: the same as entries of the log (`Reader.entries_between`).
        owned: whose every closed record is, of one relative or of all (`Reader.closed_of`).
        gone: closed records that are not there any more.
        showings: records of what was shown, by id.
        checked: every signature was checked since this person unlocked, and held.
    """

    def __init__(
        self,
        ctx: Context,
        reader: Reader,
        span: Span,
        entries: tuple[int, int],
        owned: Mapping[str, OwnedBy],
        gone: frozenset[str],
        showings: Mapping[str, Showing],
        *,
        checked: bool,
    ) -> None:
        self._ctx, self._reader, self._span = ctx, reader, span
        self._owned, self._gone = owned, gone
        self._showings, self._checked = showings, checked
        self.first, self.last = entries

    def of_relative(self, relative: str) -> list[Deed]:
        """Everything done with one relative, and what was done with something that is gone; newest first."""
        named = {*self._owned, *self._gone}
        found: list[Deed] = []
        for sequence in self._entries_of(named):
            deeds = self.in_entry(self._reader.entry(sequence))
            found += [deed for deed in deeds if deed.relative in ("", relative)]
        return sorted(found, key=lambda deed: deed.sequence, reverse=True)

    def in_entry(self, entry: Entry) -> list[Deed]:
        """What one entry did, a deed for each relative it names."""
        by_relative: dict[str, list[tuple[EntryRow, OwnedBy]]] = {}
        lost = False
        for row in entry.rows:
            owned = self._owned.get(row.record)
            if owned is not None:
                by_relative.setdefault(owned.relative, []).append((row, owned))
            lost = lost or row.record in self._gone
        if not by_relative and not (lost and entry.act in SEEING_ACTS):
            return []
        signed = self._signed(entry)
        if not by_relative:
            return [self._deed(entry, "", (), signed=signed)]
        return [self._deed(entry, relative, rows, signed=signed) for relative, rows in by_relative.items()]

    def _deed(
        self, entry: Entry, relative: str, rows: Iterable[tuple[EntryRow, OwnedBy]], *, signed: bool
    ) -> Deed:
        rows = list(rows)
        showing = next((self._showings[row.record] for row, _o in rows if row.record in self._showings), None)
        new_talk = any(owned.noun == "conversation" and row.version == 1 for row, owned in rows)
        nouns = {owned.noun for _row, owned in rows}
        did = did_of(entry.act, nouns, showing.what if showing else "", talk_is_new=new_talk)
        named = entry.person if not signed else showing.by or "" if showing else ""
        return Deed(
            sequence=entry.sequence,
            moment=entry.moment,
            person=entry.person if signed else "",
            did=did,
            relative=relative,
            named=named if named != entry.person or not signed else "",
            reason=showing.reason if showing else "",
            sure=self._span.holds(entry.moment),
        )

    def _signed(self, entry: Entry) -> bool:
        if self._checked:
            return True
        key = self._ctx.keys.roster.signing_key(entry.person)
        return key is not None and signature_holds(key, SIGNED, entry.body(), entry.signature)

    def _entries_of(self, records: Iterable[str]) -> list[int]:
        found = {sequence for record in records for sequence in self._reader.entries_of(record)}
        return sorted(sequence for sequence in found if self.first <= sequence <= self.last)

    # what carried them

    def reports(self, prisoner: str | None = None, *, of: str = "") -> Iterator[Deed]:
        """Reports that left in this time: those that named a prisoner, or somebody made or let go, or all."""
        ids = every_id(self._reader, prisoner) if prisoner is not None else frozenset[str]()
        for report in self._reader.find(Report):
            if prisoner is not None and ids.isdisjoint(report.carried):
                continue
            entries = [self._reader.entry(each) for each in self._entries_of([report.id])]
            left = [entry for entry in entries if entry.act in _LEFT]
            if left and (not of or of in (report.made_by, left[-1].person)):
                about = " → ".join(part for part in (report.number, self._for(report)) if part)
                yield self._plain(left[-1], Did.REPORT, about)

    def _for(self, report: Report) -> str:
        """Whom a report was for, godparents by name."""
        return ", ".join(names_of(self._reader, report))

    def slips(self, owned: Mapping[str, OwnedBy] | None = None, *, of: str = "") -> Iterator[Deed]:
        """Slips made in this time: that carried one relative or may have; by or for somebody; or all."""
        made = [(slip, self._entries_of([slip.id])[:1]) for slip in self._reader.find(Slip)]
        inside = [(slip, entries[0]) for slip, entries in made if entries]
        through = self._through() if inside and owned is not None else {}
        for slip, sequence in inside:
            came_in = through.get(slip.id, ())
            certain = owned is not None and any(record in owned for record in came_in)
            about_others = bool(came_in) and not certain
            by = slip.made_by or ""
            keyless = self._reader.roles_at(by, sequence).isdisjoint(_KEY_HOLDERS)
            if owned is not None and (about_others or keyless):
                continue
            if of and of not in (by, slip.recipient):
                continue
            about = self._ctx.name_of(slip.recipient)
            yield self._plain(self._reader.entry(sequence), Did.SLIP, about, certain=certain or owned is None)

    def _through(self) -> Mapping[str, list[str]]:
        """By slip, the records its answer was brought in with: the entry that uses it names them."""
        found: dict[str, list[str]] = {}
        for use in self._reader.find(SlipUse):
            for sequence in self._reader.entries_of(use.id)[:1]:
                rows = self._reader.entry(sequence).rows
                found.setdefault(use.slip or "", []).extend(row.record for row in rows)
        return found

    def _plain(self, entry: Entry, did: Did, about: str, *, certain: bool = True) -> Deed:
        signed = self._signed(entry)
        return Deed(
            sequence=entry.sequence,
            moment=entry.moment,
            person=entry.person if signed else "",
            did=did,
            named="" if signed else entry.person,
            about=about,
            sure=self._span.holds(entry.moment),
            certain=certain,
        )
