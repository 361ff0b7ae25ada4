"""Words for work that failed (what happened, what to do, a reference number) or was taken back."""

from __future__ import annotations

import attrs

from app.i18n import _
from app.words import words_for
from ui.worker import Failure


@attrs.frozen
class Told:
    """What a person is told.

    Attributes:
        happened: one sentence.
        advice: one sentence what to do.
        reference: number to tell us, or "".
    """

    happened: str
    advice: str
    reference: str = ""

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self.happened} {self.advice}".strip()

    @property
    def line(self) -> str:
        """Both sentences and the reference number, where the words stand in a line of their own."""
        return f"{self.text} {self.reference}".strip()


def told_of(failure: Failure) -> Told:
    """Words for a failure; never its own text, which may hold anything."""
    if failure.error is not None:
        words = words_for(failure.error)
        return Told(words.happened, words.advice)
    return Told(
        _("Something went wrong inside Poruch."),
        _("Nothing half-done was saved. If it happens again, tell us the reference number."),
        failure.reference,
    )


def undone_words(waits: bool) -> str:
    """What taking back did; never "undone" while something of it stays as it is."""
    return _("Not all of it is undone: the rest waits for a second person.") if waits else _("Undone.")
