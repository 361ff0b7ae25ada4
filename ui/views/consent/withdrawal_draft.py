"""A withdrawal as it is typed and ticked: what a lock keeps, and the command it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.services.withdrawing import Withdraw
from ui.views.consent.words import LINES


@attrs.define
class WithdrawalDraft:
    """What stands in the dialog.

    Attributes:
        kept: lines that stay as they are; nothing is withdrawn from them.
        when: stored form of a partial date, or what is typed and no date yet; "" for today.
        untouched: godparenthoods somebody took the tick from.
        plan: whether the next step is put before the owner.
        conversation: the talk it is recorded in, "" before that.
        left_alone: recipients somebody took the tick from.
    """

    relative: str
    kept: set[str] = attrs.field(factory=set)
    when: str = ""
    channel: str = ""
    note: str = attrs.field(default="", repr=False)
    untouched: set[str] = attrs.field(factory=set)
    plan: bool = True
    conversation: str = ""
    left_alone: set[str] = attrs.field(factory=set)

    def lines(self) -> tuple[str, ...]:
        """The lines that are withdrawn; empty means everything."""
        return tuple(line for line in LINES if line not in self.kept) if self.kept else ()

    def is_complete(self) -> bool:
        """Whether anything is withdrawn at all."""
        return len(self.kept) < len(LINES)

    def command(self, bonds: Sequence[str] = ()) -> Withdraw:
        """What to look at or record; `bonds` are the godparenthoods something is proposed for."""
        ticked = tuple(bond for bond in bonds if bond not in self.untouched)
        return Withdraw(
            self.relative,
            self.lines(),
            _date(self.when),
            self.channel,
            self.note,
            self.conversation,
            ticked,
            self.plan,
        )

    def to_plain(self) -> dict[str, Plain]:
        """Plain values for a draft."""
        plain: dict[str, Plain] = attrs.asdict(self)
        for name in ("kept", "untouched", "left_alone"):
            plain[name] = sorted(getattr(self, name))
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Plain]) -> WithdrawalDraft:
        """Back from `to_plain`; what cannot be read is left as at first."""
        draft = cls(str(plain.get("relative") or ""))
        for name in ("when", "channel", "note", "conversation"):
            setattr(draft, name, str(plain.get(name) or ""))
        for name in ("kept", "untouched", "left_alone"):
            listed = plain.get(name)
            if isinstance(listed, Sequence) and not isinstance(listed, str):
                setattr(draft, name, {str(each) for each in listed})
        draft.plan = plain.get("plan") is not False
        return draft


def _date(stored: str) -> PartialDate | None:
    try:
        return PartialDate.from_stored(stored) if stored else None
    except KnownError:
        return None
