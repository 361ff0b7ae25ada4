"""Rows for screens: small frozen values that services hand to views. Never a record, never a widget.

A row holds ids and plain values; words for terms and dates are made where they are shown. `None` for a
value that needs a desk's key means "closed": the person may know that there is one, not what it is.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import attrs

from app.domain.dates import PartialDate


class Light(StrEnum):
    """The state of a consent, as people speak of it: icon, word and colour come from the theme."""

    YES = "yes"
    ENDS = "ends"
    NO = "no"
    NOT_ASKED = "not_asked"
    WAITS = "waits"
    COUNTING = "counting"  # not computed yet, a moment after unlocking a large case file


@attrs.frozen
class PrisonerRow:
    """One line of the Prisoners table.

    Attributes:
        name: family name first, or the reference.
        facility: short words of the place, "No. 4, Homiel", or empty.
        godparents: how many accepted or active ones.
        name_in_public: may the name be told in public today.
        name_until: the day that ends, where it does.
        next_step: None without the desk's key, and while it is not open yet (then the light is COUNTING).
        mine: owned by the person who asks.
        labels: own labels; None where `next_step` is.
    """

    id: str
    version: int
    reference: str
    name: str
    status: str
    facility: str
    godparents: int
    name_in_public: Light
    name_until: date | None
    next_step: str | None
    next_step_on: date | None
    detained_on: PartialDate | None
    country: str
    owner: str | None
    mine: bool
    stopped: bool
    labels: tuple[str, ...] | None = ()


@attrs.frozen
class GodparentRow:
    """One line of the Godparents table."""

    id: str
    version: int
    name: str
    what: str
    office: str
    chamber: str
    country: str
    party: str
    term_until: PartialDate | None
    protocol_version: str
    godparenthoods: int
    active: int
    last_action_on: date | None


@attrs.frozen
class GodparenthoodRow:
    """One godparenthood with both names, for either side's detail."""

    id: str
    version: int
    prisoner: str
    prisoner_name: str
    godparent: str
    godparent_name: str
    godparent_country: str
    state: str
    since: PartialDate | None
    ended_on: PartialDate | None


@attrs.frozen
class ReportRow:
    """One line of the ledger or of the drafts."""

    id: str
    version: int
    number: str
    report_kind: str
    title: str
    language: str
    state: str
    formats: tuple[str, ...]
    named: int | None
    figures_only: int | None
    left_out: int | None
    made_by: str
    made_at: datetime | None
    approved_by: str
    approved_at: datetime | None
    written_at: datetime | None
    came_back_because: str


@attrs.frozen
class FieldChange:
    """One field an entry changed, as far as the reader may know.

    Attributes:
        noun: of the record, for the label of the field.
        before: as the field holds it, a reference as the words or the record it points to; None for nothing.
        closed: the values stay closed: only that the field changed is said.
    """

    noun: str
    field: str
    before: object = None
    after: object = None
    closed: bool = False


@attrs.frozen
class LogRow:
    """One entry as a person reads it.

    Attributes:
        act: a word of `app.domain.acts`; `sealed.changed` where nothing more may be said.
        about: in words the reader may see: a prisoner's name, "mother of …", a number; or empty.
        records: opaque ids, for filters.
        noun: what kind of record it is about, also of a closed one for readers with the key; or empty.
        record: that record.
        added: the entry made it.
        more: how many others of that kind it is about, too.
        opens: noun and id of what a screen can open for it.
        changes: what it changed.
        answers: how many answers a conversation holds.
        one_person: it is the second half of a decision whose first half is by the same person.
        step: of lifting a stop: `proposed`, `granted` or `kept`.
        slip_of: whose answer in a slip was brought in with it: the second person is they.
    """

    sequence: int
    moment: datetime
    person: str
    person_name: str
    act: str
    automatic: bool
    about: str
    records: tuple[str, ...]
    noun: str = ""
    record: str = ""
    added: bool = False
    more: int = 0
    opens: tuple[str, str] | None = None
    changes: tuple[FieldChange, ...] = ()
    answers: int = 0
    one_person: bool = False
    step: str = ""
    slip_of: str = ""


@attrs.frozen
class HistoryRow:
    """One change of one field."""

    sequence: int
    moment: datetime
    person_name: str
    field: str
    before: object
    after: object


@attrs.frozen
class ListRunRow:
    """One bringing in of a list."""

    id: str
    source: str
    source_name: str
    brought_in_by: str
    brought_in_at: datetime | None
    rows: int
    added: int
    changed: int
    problems: int
    undone: bool


@attrs.frozen
class SourceRow:
    """A source and how far two people trust it: `trusted`, `waits` (one of two) or `not_trusted`."""

    id: str
    name: str
    link: str
    trust: str
    trust_id: str | None
    proposed_by: str
    claims: int


@attrs.frozen
class SearchHit:
    """One thing found.

    Attributes:
        noun: what sort of record.
        id: which.
        title: how it is called.
        detail: a few more words.
        why: the field it was found by (N_ text).
        how: in another spelling, only alike, or empty: as it is written (N_ text).
    """

    noun: str
    id: str
    title: str
    detail: str
    why: str
    how: str = ""


@attrs.frozen
class PersonRow:
    """Somebody who can open the case file; `waits` for a second person before they hold a desk's key."""

    id: str
    name: str
    roles: tuple[str, ...]
    is_me: bool
    waits: bool = False


@attrs.frozen
class DeskRow:
    """An office or team; `holders` are the names of those who hold its key."""

    id: str
    name: str
    country: str
    holders: tuple[str, ...]


@attrs.frozen
class SlipMade:
    """A slip somebody made: for whom, when, until when an answer may come, and whether that is still so."""

    recipient: str
    made_at: datetime
    ends_at: datetime
    holds: bool


@attrs.frozen
class WaitingRow:
    """Something that waits for a second person.

    Attributes:
        what: `answer`, `change`, `stop` (to be lifted), `source` or `person`.
        id: the record that carries it: conversation, proposal, hold, trust, grant.
        part: the answer inside a conversation, else empty.
        about: words for whom or what, as far as the reader may know: a prisoner's name, "mother of …".
        detail: what is asked in words, "Name in public: everybody".
        may_decide: whether the person who asks may be the second one.
        ready_at: the moment one person alone may confirm it, where there is no second person.
        mine: I proposed it, so that a slip for somebody elsewhere is mine to make.
        apart: decided by itself alone, never together with others of the same talk.
        slips: those I made for it, newest first.
    """

    what: str
    id: str
    part: str
    prisoner: str | None
    about: str
    detail: str
    proposed_by: str
    proposed_at: datetime | None
    may_decide: bool
    ready_at: datetime | None = None
    mine: bool = False
    apart: bool = False
    slips: tuple[SlipMade, ...] = ()
