"""A withdrawal as it is typed and ticked: what a lock keeps, and the command it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.consent_purposes import purposes as known_purposes
from app.domain.consent_purposes import purposes_on
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.services.withdrawing import Withdraw
from ui.views.consent.words import LINES

NAMED: Final = ("named_godparent", "named_institution")
_SETS: Final = ("kept", "untouched", "left_alone", "spared")


def purposes_in(lines: Sequence[str]) -> tuple[str, ...]:
    """Every purpose of these lines, in order."""
    return tuple(one for line in lines for one in purposes_on(line, says_yes=False))


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
        spared: purposes of the one line that is ticked that are not withdrawn.
        audience: who may no longer see it, "" for nobody at all.
        whom: the godparent (id) or institution (name) an audience means by name.
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
    spared: set[str] = attrs.field(factory=set)
    audience: str = ""
    whom: str = attrs.field(default="", repr=False)

    def ticked(self) -> tuple[str, ...]:
        """The lines that are ticked."""
        return tuple(line for line in LINES if line not in self.kept)

    def purposes(self) -> tuple[str, ...]:
        """What is withdrawn one by one; empty where whole lines are, for everybody."""
        of_one = self.spared if len(self.ticked()) == 1 else set()
        audience = self.audience if self.goes_outside() else ""
        if not of_one and not audience:
            return ()
        found = tuple(one for one in purposes_in(self.ticked()) if one not in of_one)
        return tuple(one for one in found if not (audience and known_purposes()[one].inside))

    def goes_outside(self) -> bool:
        """Whether anybody outside sees anything of what is ticked, so that it can be less."""
        return any(not known_purposes()[one].inside for one in purposes_in(self.ticked()))

    def lines(self) -> tuple[str, ...]:
        """The lines that are withdrawn; empty means everything."""
        return tuple(line for line in LINES if line not in self.kept) if self.kept else ()

    def is_complete(self) -> bool:
        """Whether anything is withdrawn at all."""
        if len(self.kept) >= len(LINES) or (self.audience in NAMED and self.goes_outside() and not self.whom):
            return False
        whole = not self.spared or len(self.ticked()) > 1
        return whole or bool(self.purposes())

    def command(self, bonds: Sequence[str] = ()) -> Withdraw:
        """What to look at or record; `bonds` are the godparenthoods something is proposed for."""
        ticked = tuple(bond for bond in bonds if bond not in self.untouched)
        purposes = self.purposes()
        return Withdraw(
            self.relative,
            self.lines(),
            _date(self.when),
            self.channel,
            self.note,
            self.conversation,
            ticked,
            self.plan,
            purposes=purposes,
            audience=self.audience if purposes else "",
            recipients=(self.whom,) if purposes and self.audience in NAMED and self.whom else (),
        )

    def to_plain(self) -> dict[str, Plain]:
        """Plain values for a draft."""
        plain: dict[str, Plain] = attrs.asdict(self)
        for name in _SETS:
            plain[name] = sorted(getattr(self, name))
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Plain]) -> WithdrawalDraft:
        """Back from `to_plain`; what cannot be read is left as at first."""
        draft = cls(str(plain.get("relative") or ""))
        for name in ("when", "channel", "note", "conversation", "audience", "whom"):
            setattr(draft, name, str(plain.get(name) or ""))
        for name in _SETS:
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
