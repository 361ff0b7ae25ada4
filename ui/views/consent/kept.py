"""Talks that were begun and not saved, by relative: leaving the sheet or locking loses none of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from app.domain.canonical import Plain
from ui.views.consent.draft import TalkDraft


@attrs.define
class KeptTalks:
    """The talks, oldest first.

    Attributes:
        talks: draft and spoken form ("Mother of …") by relative.
    """

    talks: dict[str, tuple[TalkDraft, str]] = attrs.field(factory=dict)

    def keep(self, draft: TalkDraft, spoken: str) -> None:
        """Keep one if there is anything in it."""
        self.drop(draft.relative)
        if draft.touched():
            self.talks[draft.relative] = (draft, spoken)

    def get(self, relative: str) -> TalkDraft | None:
        """The one with this relative."""
        found = self.talks.get(relative)
        return found[0] if found is not None else None

    def put_back(self, draft: TalkDraft, spoken: str) -> None:
        """One that was thrown away, as the oldest again; one begun meanwhile with the same person stays."""
        if draft.relative not in self.talks:
            self.talks = {draft.relative: (draft, spoken), **self.talks}

    def drop(self, relative: str) -> None:
        """Forget one."""
        self.talks.pop(relative, None)

    def oldest(self) -> tuple[str, str]:
        """Relative and spoken form of the oldest, empty where there is none."""
        return next(((relative, spoken) for relative, (_, spoken) in self.talks.items()), ("", ""))

    def to_plain(self) -> list[Plain]:
        """Plain values for a draft."""
        return [{"talk": draft.to_plain(), "with": spoken} for draft, spoken in self.talks.values()]

    def take_up(self, plain: Plain) -> None:
        """Back from `to_plain`."""
        if not isinstance(plain, Sequence) or isinstance(plain, str):
            return
        for one in plain:
            talk = one.get("talk") if isinstance(one, Mapping) else None
            if isinstance(one, Mapping) and isinstance(talk, Mapping):
                draft = TalkDraft.from_plain(talk)
                self.talks[draft.relative] = (draft, str(one.get("with") or ""))
