"""What was said to one line of a talk while it is typed, and plain values for a draft and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from ui.widgets.answers import Said


@attrs.define
class LineDraft:
    """What was said to one line.

    Attributes:
        said: to the line as a whole.
        apart: purposes that were answered otherwise than the line.
        audience: who sees it, "" for what is usual.
        named: institutions, where the audience is named ones.
        godparents: ids, where the audience is named godparents; none for those who are there already.
        withheld, not_named: for whom it is a no by name, beside the yes.
        event, event_on: the one event, for what is agreed to for one only.
        only_if: a condition; the yes does not count while it stands.
    """

    said: Said = Said.NOT_RAISED
    apart: dict[str, Said] = attrs.field(factory=dict)
    audience: str = ""
    named: str = ""
    godparents: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    not_named: str = ""
    event: str = ""
    event_on: date | None = None
    only_if: str = attrs.field(default="", repr=False)

    def to_plain(self) -> dict[str, Plain]:
        """Plain values for a draft."""
        return {
            "said": self.said.value,
            "apart": {purpose: said.value for purpose, said in self.apart.items()},
            "audience": self.audience,
            "named": self.named,
            "godparents": list(self.godparents),
            "withheld": list(self.withheld),
            "not_named": self.not_named,
            "event": self.event,
            "event_on": self.event_on.isoformat() if self.event_on else "",
            "only_if": self.only_if,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Plain]) -> LineDraft:
        """Back from `to_plain`; what does not fit any more is left out."""
        return cls(
            _said(text(plain, "said")),
            {purpose: _said(value) for purpose, value in texts(plain, "apart").items()},
            text(plain, "audience"),
            text(plain, "named"),
            _listed(plain, "godparents"),
            _listed(plain, "withheld"),
            text(plain, "not_named"),
            text(plain, "event"),
            whole_day(text(plain, "event_on")),
            text(plain, "only_if"),
        )


def text(plain: Mapping[str, Plain], name: str) -> str:
    """A text, "" where there is none."""
    value = plain.get(name)
    return value if isinstance(value, str) else ""


def texts(plain: Mapping[str, Plain], name: str) -> dict[str, str]:
    """Texts by name."""
    value = plain.get(name)
    if not isinstance(value, Mapping):
        return {}
    return {key: each for key, each in value.items() if isinstance(each, str)}


def _listed(plain: Mapping[str, Plain], name: str) -> tuple[str, ...]:
    value = plain.get(name)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(one for one in value if isinstance(one, str))


def whole_day(stored: str) -> date | None:
    """A day, None where there is none."""
    found = partial(stored)
    return found.first if found is not None else None


def _said(value: str) -> Said:
    return Said(value) if value in {each.value for each in Said} else Said.NOT_RAISED


def partial(stored: str) -> PartialDate | None:
    """A day as far as it is known."""
    try:
        return PartialDate.from_stored(stored) if stored else None
    except KnownError:
        return None
