"""The search box: what lies open in every spelling; relatives only by an exact number, handle or name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import attrs

from app.domain.consent_contact import MayContact
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.relative_row import RelativeRow
from app.domain.roles import Action
from app.domain.rows import SearchHit
from app.domain.signposts import Signposts
from app.i18n import N_, _
from app.services.contacting import rule_for
from app.services.context import Context
from app.services.filter_words import FilterWords, read_filter
from app.services.fitting import Answer, Fitting
from app.services.relatives import Relatives
from app.services.saved_searches import asker_of
from app.services.spoken import spoken
from app.services.widening import facts_now

_LIMIT: Final = 50
_LONGEST: Final = 200
_EVERYBODY: Final = 5_000
_WHY: Final = N_("exactly what you typed belongs to them")
# Identities are opened only when the text can be one of them whole: a number, a handle or address, two words.
_PASTED: Final = re.compile(
    r"[\d\s()+./\-]{6,}|@\S{2,}|\S+@\S+\.\S+|(?=\S{5,})[^\W\d]\w*[_\d]\w*|\S{2,}(?:\s+\S{2,})+"
)


class Search:
    """One box for everything."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._fitting: Final = Fitting(ctx)
        self._found: tuple[tuple[str, int], frozenset[str]] | None = None

    def answer(self, untrusted_line: str, limit: int = _LIMIT) -> Answer:
        """What the search box shows: as `everywhere`, or the prisoners its filter words leave.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require_open_reading()
        line = untrusted_line.strip()[:_LONGEST]
        asker = asker_of(self._ctx)
        words = read_filter(line, asker)
        if words.said:
            found = self.prisoners(words.text, quickly=True) if words.text else None
            with self._ctx.reading() as reader:
                answer = self._fitting.answer(reader, words, found, limit)
        else:
            answer = Answer(self.everywhere(line, limit, quickly=True), words)
        with self._ctx.reading() as reader:
            goes_on = self._fitting.goes_on(reader, line, asker)
            return attrs.evolve(
                answer, goes_on=goes_on, is_whole=answer.is_whole and _all_read(reader, words)
            )

    def everywhere(
        self, untrusted_text: str, limit: int = _LIMIT, *, quickly: bool = False
    ) -> tuple[SearchHit, ...]:
        """People, references, facilities, godparents; relatives stay closed ("mother of …").

        Args:
            untrusted_text: as typed.
            limit: of hits.
            quickly: among the names that are read in so far, just after unlocking.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require_open_reading()
        text = untrusted_text.strip()[:_LONGEST]
        if not text:
            return ()
        with self._ctx.reading() as reader:
            hits = _leading(reader, reader.search(text, limit, quickly=quickly))
        if self._may_search_closed() and _PASTED.fullmatch(text):
            hits = [self._closed(row) for row in Relatives(self._ctx).find_exact(text)] + hits
        return tuple(hits[:limit])

    def prisoners(self, untrusted_text: str, *, quickly: bool = False) -> frozenset[str]:
        """Ids of the prisoners this finds in any spelling, fast enough for every key somebody presses.

        Args:
            untrusted_text: as typed.
            quickly: as `everywhere`.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require_open_reading()
        text = untrusted_text.strip()[:_LONGEST]
        if not text:
            return frozenset()
        with self._ctx.reading() as reader:
            asked = (text, reader.head()[0])
            if self._found is not None and self._found[0] == asked:
                return self._found[1]  # a filter word is typed beside the same name, key by key
            found = reader.search_ids(text, "prisoner", _EVERYBODY, quickly=quickly)
            signposts = Signposts.of(reader.merged_with())
            if signposts.merged:
                found = frozenset(signposts.root(one) for one in found)
            self._found = (asked, found) if reader.search_ready else None
            return found

    def _may_search_closed(self) -> bool:
        return bool(self._ctx.keys.desks) and self._ctx.may(Action.SEARCH_NAMES).allowed

    def _closed(self, row: RelativeRow) -> SearchHit:
        shown = Relative(RecordId(row.id), relation=row.relation)
        detail = " · ".join(part for part in (self._contact_words(row), row.nickname) if part)
        return SearchHit("relative", row.id, spoken(shown, row.prisoner_name), detail, _WHY)

    def _contact_words(self, row: RelativeRow) -> str:
        """Whether they may be contacted: what somebody who pastes a number wants to know first."""
        with self._ctx.reading() as reader:
            facts = facts_now(self._ctx, reader, row.prisoner)
            (one,) = reader.relative_facts(ids=[row.id])
            rule = rule_for(self._ctx, reader, facts, one.relative, one.conversations)
        if rule.may is MayContact.YES:
            return _("may be contacted")
        return _("contact only as noted") if rule.allowed else _("do not contact")


def _all_read(reader: Reader, words: FilterWords) -> bool:
    """Whether every name was looked at, where one is looked for."""
    return reader.search_ready or bool(words.said and not words.text)


def _leading(reader: Reader, hits: Iterable[SearchHit]) -> list[SearchHit]:
    """What was found, with whom a merged record leads to in its place, each once."""
    found: dict[tuple[str, str], SearchHit] = {}
    signposts = Signposts.of(reader.merged_with())  # few: asking for each hit took as long as finding them
    for hit in hits:
        root = signposts.root(hit.id) if hit.noun == "prisoner" else hit.id
        if root != hit.id:
            who = reader.get(Prisoner, root)
            title, detail = display_name(who), who.reference
            found.setdefault((hit.noun, root), attrs.evolve(hit, id=root, title=title, detail=detail))
        else:
            found.setdefault((hit.noun, hit.id), hit)
    return list(found.values())
