"""A talk as it is being typed: what was said to each line, facts, note. Plain values, so a lock keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.consent_lines import default_end, purposes_on
from app.domain.consent_purposes import purposes
from app.domain.dates import PartialDate
from app.domain.rows import Light
from app.services.consent import AnswerDraft, RecordConversation
from app.services.evidence import Evidence
from app.services.talks import KEPT
from app.vocabulary import vocabulary
from ui.views.consent.kept_file import evidence_from_plain, evidence_to_plain
from ui.views.consent.line_draft import LineDraft, partial, text, texts, whole_day
from ui.views.consent.words import LINES
from ui.widgets.answers import Said

SHEET_FIELDS: Final = (
    "direction",
    "channel",
    "verified_by",
    "whereabouts",
    "pressure",
    "capacity",
    "mandate",
    "language",
    "interpreter",
    "intermediary",
    "text_version",
)
"""What is said once about a talk; `held_on` is a date and stands beside them."""
_HAS_YES: Final = frozenset({Light.YES, Light.ENDS, Light.WAITS})
NOT_KEPT: Final = "heard_not_kept"
_NAMED: Final = "named_institution"
_NAMED_GODPARENT: Final = "named_godparent"


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
        kept: what is kept of the talk, if anything.
    """

    relative: str
    started: str = ""
    values: dict[str, str] = attrs.field(factory=dict)
    held_on: PartialDate | None = None
    note: str = attrs.field(default="", repr=False)
    lines: dict[str, LineDraft] = attrs.field(factory=lambda: {line: LineDraft() for line in LINES})
    ends_on: date | None = None
    resumed: str = ""
    kept: Evidence | None = attrs.field(default=None, repr=False)

    def says(self, line: str, purpose: str) -> Said:
        """What was said to one purpose, directly or with its line."""
        one = self.lines[line]
        if purpose in one.apart:
            return one.apart[purpose]
        meant = purposes_on(line, says_yes=one.said is Said.YES)
        return one.said if purpose in meant else Said.NOT_RAISED

    def says_no(self) -> bool:
        """Whether they said no to anything."""
        return any(answer.kind in ("refused", "withdrawn") for answer in self.command({}).answers)

    def raised(self) -> int:
        """How many lines were answered."""
        return sum(any(self.says(line, each) for each in purposes_of(line)) for line in self.lines)

    def touched(self) -> bool:
        """Whether something would be lost if this were forgotten."""
        return bool(self.raised() or self.note.strip() or self.kept)

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
        values["evidence"] = KEPT if self.kept is not None else NOT_KEPT
        return RecordConversation(self.relative, values, given, self.kept)

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
        names = names_in(one.named) if audience == _NAMED else ()
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
            conditions=one.only_if.strip() if said is Said.YES else "",
        )

    # keeping

    def to_plain(self) -> dict[str, Plain]:
        """Plain values for a draft."""
        return {
            "relative": self.relative,
            "started": self.started,
            "resumed": self.resumed,
            "kept": evidence_to_plain(self.kept),
            "values": dict(self.values),
            "held_on": self.held_on.stored() if self.held_on else "",
            "note": self.note,
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "lines": {line: one.to_plain() for line, one in self.lines.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Plain]) -> TalkDraft:
        """Back from `to_plain`; what does not fit any more is left out."""
        draft = cls(text(plain, "relative"), text(plain, "started"), note=text(plain, "note"))
        draft.values = {name: value for name, value in texts(plain, "values").items() if name in SHEET_FIELDS}
        draft.held_on = partial(text(plain, "held_on"))
        draft.ends_on = whole_day(text(plain, "ends_on"))
        draft.resumed = text(plain, "resumed")
        draft.kept = evidence_from_plain(plain.get("kept"))
        lines = plain.get("lines")
        for line in LINES:
            one = lines.get(line) if isinstance(lines, Mapping) else None
            if isinstance(one, Mapping):
                draft.lines[line] = LineDraft.from_plain(one)
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


def _withheld(one: LineDraft, purpose: str) -> list[AnswerDraft]:
    """For whom it is a no, each kind of recipient its own answer."""
    if purposes()[purpose].audience == "internal" and not one.audience:
        return []
    found = ((_NAMED_GODPARENT, one.withheld), (_NAMED, names_in(one.not_named)))
    return [AnswerDraft(purpose, "refused", audience, names) for audience, names in found if names]


def names_in(typed: str) -> tuple[str, ...]:
    """The names in a line, between commas."""
    return tuple(name.strip() for name in typed.split(",") if name.strip())
