"""Details of one record for a screen: frozen values that services hand out, never written back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.consent_care import Care
from app.domain.consent_contact import ContactRule, MayContact
from app.domain.consent_lines import LineState
from app.domain.conversation import Conversation
from app.domain.godparent import Godparent, GodparentAction
from app.domain.hold import Hold, RelativeHold
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts
from app.domain.relative import Relative
from app.domain.remarks import Remark
from app.domain.review_rows import AttentionRow
from app.domain.rows import GodparenthoodRow, Light
from app.domain.source import Claim, Facility
from app.domain.stop_row import StopRow
from app.domain.two_people import Stop

_NOES: Final = frozenset({"refused", "withdrawn"})


@attrs.frozen
class ClaimView:
    """What a source says of a prisoner, with the source's name and whether two people trust it."""

    claim: Claim
    source_name: str
    trusted: bool


@attrs.frozen
class PrisonerView:
    """Everything the detail of a prisoner shows.

    Attributes:
        texts: public texts, of version 0 where there are none.
        closed: names of fields that need the desk's key; they hold nothing here.
        public_lights: by purpose, what may be told in public today and until when.
        stopped: stops that act on this person, the facility, country, desk or case file.
        stopped_on: what each of them is on, by its id, where that is more than this person.
        perhaps: ids of those that reach them only because nobody wrote down where they are.
        remarks: what does not fit together.
    """

    prisoner: Prisoner
    texts: PublicTexts
    closed: frozenset[str]
    facility: Facility | None
    claims: tuple[ClaimView, ...]
    godparenthoods: tuple[GodparenthoodRow, ...]
    public_lights: Mapping[str, tuple[Light, date | None]]
    stopped: tuple[Stop[Hold], ...]
    attention: tuple[AttentionRow, ...]
    remarks: tuple[Remark, ...]
    stopped_on: Mapping[str, str] = attrs.field(factory=dict)
    perhaps: frozenset[str] = frozenset()


@attrs.frozen
class GodparentView:
    """Everything the detail of a godparent shows."""

    godparent: Godparent
    closed: frozenset[str]
    godparenthoods: tuple[GodparenthoodRow, ...]
    actions: tuple[GodparentAction, ...]
    stopped: tuple[Stop[Hold], ...]
    attention: tuple[AttentionRow, ...]


@attrs.frozen
class RelativeView:
    """Everything but the name: that opens with `relatives.show`.

    Attributes:
        spoken: "mother of Zhawnyarovich, Siarhei".
        line_states: the same five with their purposes, days and ages.
        may_contact: whether we may contact them today, in the words of a decision.
        contact_until: the day that ends, where it does.
        conversations: newest first.
        contact: whether we may begin a talk today, and what else a careful person could do.
        begun_without: ids of talks we began although nothing allowed it.
        stops: every stop that acts on them: their own, and those on the prisoner, facility, country, desk or
            case file.
        care: why they take a careful look, in the order of `Care`.
        disagreed: purposes another of the family answers the other way.
    """

    relative: Relative
    prisoner_name: str
    spoken: str
    lines: tuple[Light, Light, Light, Light, Light]
    line_states: tuple[LineState, ...]
    may_contact: Light
    contact_until: date | None
    conversations: tuple[Conversation, ...]
    stopped: tuple[Stop[RelativeHold], ...]
    contact: ContactRule = ContactRule(MayContact.FIRST_WORDS_WAIT)
    begun_without: frozenset[str] = frozenset()
    stops: tuple[StopRow, ...] = ()
    care: tuple[Care, ...] = ()
    disagreed: frozenset[str] = frozenset()

    @property
    def against(self) -> frozenset[str]:
        """What stands against contact, each by its own word: a name that is open closes when one is new."""
        noes = [talk.id for talk in self.conversations if any(one.kind in _NOES for one in talk.answers)]
        rule = () if self.contact.allowed else (self.contact.may.value,)
        return frozenset((*noes, *rule, *(stop.id for stop in self.stops)))
