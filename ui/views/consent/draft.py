"""A talk as it is being typed: what was said to each line, facts, note. Plain values, so a lock keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.consent_lines import default_end, purposes_on
from app.domain.consent_purposes import purposes
from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.domain.rows import Light
from app.services.consent import AnswerDraft, RecordConversation
from app.vocabulary import vocabulary
from ui.views.consent.words import LINES
from ui.widgets.answers import Said

SHEET_FIELDS: Final = (
    "direction",
    "channel",
    "verified_by",
    "whereabouts",
    "pressure",
    "evidence",
    "capacity",
    "language",
    "interpreter",
    "intermediary",
    "text_version",
)
"""What is said once about a talk; `held_on` is a date and stands beside them."""
_HAS_YES: Final = frozenset({Light.YES, Light.ENDS, Light.WAITS})
_NAMED: Final = "named_institution"
_NAMED_GODPARENT: Final = "named_godparent"


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


@attrs.define
class TalkDraft:
    """One talk.

    Attributes:
        relative: with whom.
        started: "14:02", when the sheet was opened.
        resumed: "14:40", when it was opened again after a lock or a break; "" before that.
        values: fields of `SHEET_FIELDS` by name.
        held_on: when, as far as it is known; None for today.
        note: for the desk.
        lines: by line.
        ends_on: the day all yeses of this talk end together; None for twelve months.
    """

    relative: str
    started: str = ""
    values: dict[str, str] = attrs.field(factory=dict)
    held_on: PartialDate | None = None
    note: str = attrs.field(default="", repr=False)
    lines: dict[str, LineDraft] = attrs.field(factory=lambda: {line: LineDraft() for line in LINES})
    ends_on: date | None = None
    resumed: str = ""

    def says(self, line: str, purpose: str) -> Said:
        """What was said to one purpose, directly or with its line."""
        one = self.lines[line]
        if purpose in one.apart:
            return one.apart[purpose]
        meant = purposes_on(line, says_yes=one.said is Said.YES)
        return one.said if purpose in meant else Said.NOT_RAISED

    def raised(self) -> int:
        """How many lines were answered."""
        return sum(any(self.says(line, each) for each in purposes_of(line)) for line in self.lines)

    def touched(self) -> bool:
        """Whether something would be lost if this were forgotten."""
        return bool(self.raised() or self.note.strip())

    def spoken_on(self, today: date) -> date:
        """The day answers count from."""
        return self.held_on.first if self.held_on is not None else today

    def end(self, today: date) -> date:
        """The last day of the yeses of this talk."""
        return self.ends_on or default_end("contact", self.spoken_on(today))

    def command(self, lights: Mapping[str, Light], *, answers: bool = True) -> RecordConversation:
        """What is given to the service.

        Args:
            lights: what this person says today, by purpose: a yes again renews, a no after it withdraws.
            answers: False saves the talk without them.
        """
        values: dict[str, object] = {name: value for name, value in self.values.items() if value}
        if self.held_on is not None:
            values["held_on"] = self.held_on
        if self.note.strip():
            values["note"] = self.note.strip()
        given = tuple(self._answers(lights)) if answers else ()
        return RecordConversation(self.relative, values, given)

    def _answers(self, lights: Mapping[str, Light]) -> list[AnswerDraft]:
        found: list[AnswerDraft] = []
        for line, one in self.lines.items():
            for purpose in purposes_of(line):
                said = self.says(line, purpose)
                if said is Said.NOT_RAISED:
                    continue
                light = lights.get(purpose, Light.NOT_ASKED)
                found.append(self._answer(one, purpose, said, light))
                if said is Said.YES:
                    found.extend(_withheld(one, purpose))
        return found

    def _answer(self, one: LineDraft, purpose: str, said: Said, light: Light) -> AnswerDraft:
        inside = vocabulary("purpose").term(purpose).text("audience") == "internal" and not one.audience
        audience = "" if inside or said is Said.LATER else one.audience
        names = _names(one.named) if audience == _NAMED else ()
        if audience == _NAMED_GODPARENT:
            names = one.godparents
        return AnswerDraft(
            purpose,
            kind_of(said, light),
            audience,
            recipients=names,
            ends_on=self.ends_on if said is Said.YES else None,
            event=one.event.strip(),
            event_on=one.event_on,
        )

    # keeping

    def to_plain(self) -> dict[str, Plain]:
        """Plain values for a draft."""
        return {
            "relative": self.relative,
            "started": self.started,
            "resumed": self.resumed,
            "values": dict(self.values),
            "held_on": self.held_on.stored() if self.held_on else "",
            "note": self.note,
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "lines": {
                line: {
                    "said": one.said.value,
                    "apart": {purpose: said.value for purpose, said in one.apart.items()},
                    "audience": one.audience,
                    "named": one.named,
                    "godparents": list(one.godparents),
                    "withheld": list(one.withheld),
                    "not_named": one.not_named,
                    "event": one.event,
                    "event_on": one.event_on.isoformat() if one.event_on else "",
                }
                for line, one in self.lines.items()
            },
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Plain]) -> TalkDraft:
        """Back from `to_plain`; what does not fit any more is left out."""
        draft = cls(_text(plain, "relative"), _text(plain, "started"), note=_text(plain, "note"))
        draft.values = {
            name: value for name, value in _texts(plain, "values").items() if name in SHEET_FIELDS
        }
        draft.held_on = _partial(_text(plain, "held_on"))
        draft.ends_on = _whole_day(_text(plain, "ends_on"))
        draft.resumed = _text(plain, "resumed")
        lines = plain.get("lines")
        for line in LINES:
            one = lines.get(line) if isinstance(lines, Mapping) else None
            if isinstance(one, Mapping):
                draft.lines[line] = LineDraft(
                    _said(_text(one, "said")),
                    {purpose: _said(value) for purpose, value in _texts(one, "apart").items()},
                    _text(one, "audience"),
                    _text(one, "named"),
                    _listed(one, "godparents"),
                    _listed(one, "withheld"),
                    _text(one, "not_named"),
                    _text(one, "event"),
                    _whole_day(_text(one, "event_on")),
                )
        return draft


def purposes_of(line: str) -> tuple[str, ...]:
    """Every purpose of a line, in order."""
    return purposes_on(line, says_yes=False)


def kind_of(said: Said, light: Light) -> str:
    """The word of `answer_kind` for what was said by somebody who says this today."""
    if said is Said.YES:
        return "renewed" if light in _HAS_YES else "given"
    if said is Said.NO:
        return "withdrawn" if light in _HAS_YES else "refused"
    return "deferred"


def _text(plain: Mapping[str, Plain], name: str) -> str:
    value = plain.get(name)
    return value if isinstance(value, str) else ""


def _texts(plain: Mapping[str, Plain], name: str) -> dict[str, str]:
    value = plain.get(name)
    if not isinstance(value, Mapping):
        return {}
    return {key: each for key, each in value.items() if isinstance(each, str)}


def _withheld(one: LineDraft, purpose: str) -> list[AnswerDraft]:
    """For whom it is a no, each kind of recipient its own answer."""
    if purposes()[purpose].audience == "internal" and not one.audience:
        return []
    found = ((_NAMED_GODPARENT, one.withheld), (_NAMED, _names(one.not_named)))
    return [AnswerDraft(purpose, "refused", audience, names) for audience, names in found if names]


def _names(typed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in typed.split(",") if name.strip())


def _listed(plain: Mapping[str, Plain], name: str) -> tuple[str, ...]:
    value = plain.get(name)
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(one for one in value if isinstance(one, str))


def _whole_day(stored: str) -> date | None:
    found = _partial(stored)
    return found.first if found is not None else None


def _said(value: str) -> Said:
    return Said(value) if value in {each.value for each in Said} else Said.NOT_RAISED


def _partial(stored: str) -> PartialDate | None:
    try:
        return PartialDate.from_stored(stored) if stored else None
    except KnownError:
        return None
