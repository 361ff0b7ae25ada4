"""Exposure in the words of the person at the screen. Pure; never the name of a relative."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from app.domain.exposure import Access, Did, Holder, Reach
from app.domain.exposure_rows import DeedRow, HolderRow, OpenableRow, PersonExposure, RelativeExposure, Trust
from app.exposure_words import DEEDS, REACHES
from app.i18n import _, ngettext, number_words
from app.services.spoken import spoken_words
from app.vocabulary import word
from ui.columns import Badge
from ui.states import State
from ui.views.consent.words import day_words, gentle

_COUNTED: Final[Mapping[Did, Callable[[int], str]]] = {
    Did.SHOWN: lambda n: ngettext("name shown {n} time", "name shown {n} times", n),
    Did.COPIED: lambda n: ngettext("number copied {n} time", "number copied {n} times", n),
    Did.EVIDENCE: lambda n: ngettext("what was kept opened {n} time", "what was kept opened {n} times", n),
    Did.EVIDENCE_COPIED: lambda n: ngettext(
        "what was kept saved {n} time", "what was kept saved {n} times", n
    ),
    Did.OPENED: lambda n: ngettext("opened {n} time", "opened {n} times", n),
    Did.TALKED: lambda n: ngettext("{n} talk recorded", "{n} talks recorded", n),
    Did.CHANGED: lambda n: ngettext("changed {n} time", "changed {n} times", n),
}
_MARKS: Final[Mapping[Reach, State]] = {
    Reach.SEEN: State.NO,
    Reach.OPENED: State.ENDS,
    Reach.COULD: State.UNASKED,
}


def reach_badge(reach: Reach) -> Badge:
    """How far somebody got."""
    return Badge(_MARKS[reach], _(REACHES[reach]))


def holder_badge(row: HolderRow) -> Badge:
    """How far somebody got, or that they could not yet."""
    if row.holder.access is Access.LATER:
        return Badge(State.YES, _("only later"))
    return reach_badge(row.reach)


def counts_words(counts: Mapping[Did, int]) -> str:
    """ "name shown 2 times, opened 3 times"."""
    parts = [words(counts[did]) for did, words in _COUNTED.items() if counts.get(did)]
    return ", ".join(parts)


def holder_words(holder: Holder) -> str:
    """How they could: since when they held the key, until when."""
    since = day_words(local(holder.since)) if holder.since else ""
    until = day_words(local(holder.until)) if holder.until else ""
    if holder.access is Access.UNPROVED:
        return _("no key on record, but the log says they opened it")
    if holder.access is Access.KEPT:
        return _("left on {day}, may have kept a copy or the key").format(day=until)
    if holder.access is Access.LATER:
        return _("got the key on {day}, after this time").format(day=since)
    if not since:
        return _("held the key; since when cannot be proved")
    if until:
        return _("held the key from {first} to {last}").format(first=since, last=until)
    return _("holds the key since {day}").format(day=since)


def local(moment: datetime) -> date:
    """The day of a moment where this computer is."""
    return moment.astimezone().date()


def span_words(first: date, last: date) -> str:
    """ "1 Jan 2026 – 22 Nov 2026"."""
    return day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"


def relative_answer(found: RelativeExposure) -> str:
    """The answer in one line."""
    if not found.known:
        return _("Nobody could: they were not recorded yet.")
    could = found.could
    seen = [row.name for row in could if row.reach is Reach.SEEN]
    opened = [row.name for row in could if row.reach is Reach.OPENED]
    parts = [ngettext("{n} person could open them", "{n} people could open them", len(could))]
    if seen:
        parts.append(_("saw name or file: {names}").format(names=", ".join(seen)))
    if opened:
        parts.append(_("opened the record: {names}").format(names=", ".join(opened)))
    if not seen and not opened:
        parts.append(_("by the log, nobody did"))
    return " · ".join(parts)


def person_answer(found: PersonExposure) -> str:
    """The answer in one line."""
    if not found.rows:
        return _("They could open no relative in this time: no key of a desk was theirs.")
    seen, opened = found.reached(Reach.SEEN), found.reached(Reach.OPENED)
    parts = [ngettext("Could open {n} relative", "Could open {n} relatives", len(found.rows))]
    if seen:
        parts.append(ngettext("saw name or file of {n}", "saw name or file of {n}", seen))
    if opened:
        parts.append(ngettext("opened {n} record", "opened {n} records", opened))
    if not seen and not opened:
        parts.append(_("by the log, they opened none"))
    return " · ".join(parts)


def person_key_words(found: PersonExposure) -> str:
    """Since when they held a key, and what leaving did not end."""
    since = day_words(local(found.since)) if found.since else ""
    if found.until is not None:
        words = _("They left on {day}. What they could open until then stays open in any copy they kept.")
        told = words.format(day=day_words(local(found.until)))
        if any(row.access is Access.KEPT for row in found.rows):
            told += " " + _("Their key opens newer copies too: no new key was made.")
        return told
    return _("They hold a desk's key since {day}.").format(day=since) if since else ""


def trust_words(trust: Trust) -> tuple[str, str]:
    """What to know before relying on an answer: first words and the rest; both empty where all is well."""
    rest: list[str] = []
    lost = trust.unreadable
    if lost.elsewhere:
        words = ngettext(
            "{n} closed record belongs to a desk whose key you do not hold and is not in here.",
            "{n} closed records belong to desks whose key you do not hold and are not in here.",
            lost.elsewhere,
        )
        rest.append(words)
    if lost.damaged:
        words = ngettext(
            "{n} closed record is damaged or missing.",
            "{n} closed records are damaged or missing.",
            lost.damaged,
        )
        rest.append(words)
    if trust.doubted:
        rest.insert(
            0, _("What it leaves out is not in here. Look at the newest copy before you rely on this.")
        )
        return _("A proof line says that this is not the newest log."), " ".join(rest)
    if trust.breaks_at:
        lead = _("The log does not fit together from entry {number} on.")
        rest.insert(0, _("Somebody changed it behind Poruch: what somebody did may be missing here."))
        return lead.format(number=number_words(trust.breaks_at)), " ".join(rest)
    if trust.checked is False:
        return _("The last check of the log found something."), " ".join(
            [_("What somebody did may be missing here."), *rest]
        )
    if trust.checked is None:
        words = _(
            "Signatures of what stands here hold; whether an entry is missing, only a whole check tells."
        )
        return _("The log was not checked since you unlocked."), " ".join([words, *rest])
    return "", " ".join(rest)


def trust_is_bad(trust: Trust) -> bool:
    """Whether the answer may lack something that was there."""
    return trust.doubted or bool(trust.breaks_at) or trust.checked is False


def beside_words(row: DeedRow) -> str:
    """The same in the answer about somebody who works here, where no prisoner is meant."""
    if row.deed.did is not Did.REPORT:
        return deed_words(row)
    return _with_doubts(row, _("Report {number} left").format(number=row.deed.about))


def deed_words(row: DeedRow) -> str:
    """What an entry did, with whatever makes it doubtful."""
    return _with_doubts(row, _what(row))


def _with_doubts(row: DeedRow, what: str) -> str:
    deed = row.deed
    parts = [what]
    if deed.reason:
        parts.append(gentle(word("show_reason", deed.reason)))
    if not deed.person:
        parts.append(_("in the name of {name}, who did not sign it").format(name=row.named_name))
    elif row.named_name:
        parts.append(_("the record names {name}").format(name=row.named_name))
    if not deed.sure:
        parts.append(_("the clock was wrong about then"))
    return " · ".join(parts)


def _what(row: DeedRow) -> str:
    deed = row.deed
    if deed.did is Did.REPORT:
        return _("Named the prisoner in report {number}").format(number=deed.about)
    if deed.did is Did.SLIP:
        words = _("Made a slip for {name}") if deed.certain else _("May have been in a slip for {name}")
        return words.format(name=deed.about)
    what = _(DEEDS[deed.did])
    if deed.relative:
        return what
    return _("Of somebody no longer in the file, perhaps this one: {what}").format(what=gentle(what))


def deed_who(row: DeedRow) -> str:
    """Who signed it."""
    return row.person_name if row.deed.person else _("nobody's signature")


def relative_words(row: OpenableRow) -> str:
    """ "Mother of …"."""
    return spoken_words(row.relation, row.prisoner_name)


def where_words(row: OpenableRow) -> str:
    """Where they live."""
    return gentle(word("whereabouts", row.whereabouts or "unknown"))


def access_words(access: Access) -> str:
    """How one person could open one relative."""
    if access is Access.KEPT:
        return _("with a key or copy they kept")
    return _("no key on record") if access is Access.UNPROVED else _("with the desk's key")
