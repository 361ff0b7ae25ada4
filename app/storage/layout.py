"""Where a noun lives, read off the field catalogue: which fields are open, which closed, in which sort.

Never a second list of fields: adding a field to a noun is enough. A new noun with open fields needs a table
in a migration and a place in `NOUNS`.

Source: security.md, *One database, sealed records inside*.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Final

import attrs

from app.domain.apart import Apart
from app.domain.attention import Attention, ClosedAttention
from app.domain.backup import Backup
from app.domain.call_back import CallBack
from app.domain.canonical import Plain
from app.domain.case_file import CaseFileFacts, StoredGrant
from app.domain.clearance_ask import ClearanceAsk
from app.domain.conversation import Conversation, Countersign
from app.domain.correction import ClockRepair, ClockRepairStep, LogDoubt, LogDoubtStep
from app.domain.derived_copy import CopyFacts, CopyNote, DerivedCopy
from app.domain.drill import Drill
from app.domain.earlier_answer import EarlierAnswer
from app.domain.errors import BugError
from app.domain.exposure_asked import ExposureAsked
from app.domain.field_values import to_plain
from app.domain.fields import Field, FieldClass, Kind, fields_of, is_lasting_noun, noun_of
from app.domain.file_check import FileCheck
from app.domain.finding_review import FindingFigure, FindingReview
from app.domain.first_words import FirstWords
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.hold import Clearance, Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.journey import Journey
from app.domain.own_kind import OwnKind, OwnKindStep
from app.domain.own_term import OwnTerm
from app.domain.passphrase_change import PassphraseChange
from app.domain.ports import Record
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal, ProposalStep
from app.domain.public_texts import PublicTexts
from app.domain.quarter import QuarterList, QuarterMark, QuarterReview, QuarterSign
from app.domain.quoted import QuotedFigure
from app.domain.recipient import MailingList, Recipient
from app.domain.recovery import RecoveryDrill, RecoveryKit, RecoveryUse
from app.domain.relative import Identity, Relative
from app.domain.report import Desk, Report, ReportSnapshot, TextStamp
from app.domain.restore import Replayed, Restore, RestoreStep
from app.domain.review import Occasion, Review, ReviewConfirmation
from app.domain.series import ReportSeries, ReportSeriesEnd
from app.domain.showing import Showing
from app.domain.single_use import SingleUse
from app.domain.slip import Slip, SlipUse
from app.domain.source import Claim, Facility, ListRow, ListRun, Source, Trust, TrustStep
from app.domain.trustee import TrusteeCheck

NOUNS: Final[tuple[type[Record], ...]] = (
    CaseFileFacts,
    StoredGrant,
    Desk,
    OwnTerm,
    PassphraseChange,
    Facility,
    Prisoner,
    DerivedCopy,
    Journey,
    CopyFacts,
    CopyNote,
    Apart,
    PublicTexts,
    Source,
    Trust,
    TrustStep,
    Slip,
    SlipUse,
    Backup,
    Drill,
    FileCheck,
    ClearanceAsk,
    RecoveryKit,
    RecoveryDrill,
    RecoveryUse,
    TrusteeCheck,
    Claim,
    ListRun,
    ListRow,
    Godparent,
    Godparenthood,
    GodparentAction,
    QuotedFigure,
    Recipient,
    MailingList,
    Hold,
    HoldStep,
    Attention,
    Clearance,
    Report,
    ReportSnapshot,
    SingleUse,
    ReportSeries,
    ReportSeriesEnd,
    OwnKind,
    OwnKindStep,
    TextStamp,
    LogDoubt,
    LogDoubtStep,
    Restore,
    RestoreStep,
    Replayed,
    ClockRepair,
    ClockRepairStep,
    Relative,
    Identity,
    Conversation,
    Countersign,
    EarlierAnswer,
    CallBack,
    RelativeHold,
    ClosedAttention,
    Occasion,
    Review,
    ReviewConfirmation,
    RelativeHoldStep,
    Showing,
    ExposureAsked,
    FirstWords,
    Proposal,
    ProposalStep,
    FindingReview,
    FindingFigure,
    QuarterReview,
    QuarterList,
    QuarterMark,
    QuarterSign,
)


class Sort(Enum):
    """How a noun is kept."""

    OPEN = "open"  # a table
    MIXED = "mixed"  # a table and, for its closed fields, one register record
    REGISTER = "register"  # a sealed record that unlocking opens into TEMP
    IDENTITY = "identity"  # a sealed record of two layers, opened one at a time


@attrs.frozen(eq=False)  # one for each noun
class Layout:
    """Where one noun lives.

    Attributes:
        table: its open table, if it has one.
        temp: the TEMP table of what is opened of it, if anything is.
        references: fields that point to other records.
        lasting: its records are never taken away.
    """

    cls: type[Record]
    noun: str
    sort: Sort
    fields: Mapping[str, Field]
    open_fields: frozenset[str]
    closed_fields: frozenset[str]
    references: tuple[Field, ...]
    lasting: bool

    @property
    def has_table(self) -> bool:
        """Whether there is an open table."""
        return self.sort in (Sort.OPEN, Sort.MIXED)

    @property
    def temp(self) -> str:
        """The TEMP table of its opened register records."""
        return self.noun if self.sort is Sort.REGISTER else f"{self.noun}_closed"

    @property
    def searchable(self) -> tuple[Field, ...]:
        """Fields the open search index covers."""
        return tuple(field for field in self.fields.values() if field.searchable)

    def split(self, record: Record) -> tuple[dict[str, Plain], dict[str, Plain]]:
        """The plain values of a record, open ones and closed ones."""
        plain = to_plain(record)
        opened = {name: value for name, value in plain.items() if name in self.open_fields}
        closed = {name: value for name, value in plain.items() if name in self.closed_fields}
        return opened, closed


@cache
def layout_of(cls: type[Record]) -> Layout:
    """The layout of a noun.

    Raises:
        BugError: a noun that `NOUNS` does not name.
    """
    if cls not in NOUNS:
        raise BugError(f"{cls.__name__} has no place in the case file")
    fields = fields_of(cls)
    closed = frozenset(name for name, field in fields.items() if field.sealed)
    return Layout(
        cls=cls,
        noun=noun_of(cls),
        sort=_sort(fields, closed),
        fields=fields,
        open_fields=frozenset(fields) - closed,
        closed_fields=closed,
        references=tuple(field for field in fields.values() if field.kind is Kind.REFERENCE),
        lasting=is_lasting_noun(cls),
    )


def _sort(fields: Mapping[str, Field], closed: frozenset[str]) -> Sort:
    if not closed:
        return Sort.OPEN
    if len(closed) < len(fields):
        return Sort.MIXED
    if all(field.klass is FieldClass.IDENTITY for field in fields.values()):
        return Sort.IDENTITY
    return Sort.REGISTER


@cache
def layouts() -> tuple[Layout, ...]:
    """All of them."""
    return tuple(layout_of(cls) for cls in NOUNS)


@cache
def layout_named(noun: str) -> Layout:
    """The layout of a noun by its word.

    Raises:
        BugError: there is none.
    """
    for layout in layouts():
        if layout.noun == noun:
            return layout
    raise BugError("no such noun")
