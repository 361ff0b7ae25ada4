"""A message from decided values: greeting, the sentences whose values may leave, own words, how to handle it.

It is composed as a report is (`compose`) and told otherwise: paragraphs instead of rows. The rows stay beside
them, because checks and the search for names need to know which values were cleared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.report import TextBlock
from app.i18n import N_, Translator, translator
from app.reports.compose import Composition, Request, compose
from app.reports.composed import Block
from app.reports.kinds import ReportKind
from app.reports.occasions import MUST, VALUE, Occasion, Sentence, occasion_of
from app.reports.text import plain_line, plain_paragraphs

SENTENCE, OWN = "paragraph", "own"
_HELLO: Final = N_("Dear {name},")
_NUMBER: Final = N_("Message {number}")


def check_message(
    kind: ReportKind, prisoners: Sequence[str], recipients: Sequence[str], texts: Sequence[TextBlock]
) -> None:
    """A message is about one prisoner, to one recipient, with own words where it is nothing without them.

    Raises:
        KnownError: INVALID_FIELD (prisoners, recipients, texts).
    """
    words = any(plain_paragraphs(text.text) for text in texts)
    lacking = {
        "prisoners": len(prisoners) != 1,
        "recipients": len(recipients) != 1,
        "texts": not words and occasion_of(kind.name).words == MUST,
    }
    for field, lacks in lacking.items():
        if lacks:
            raise KnownError(Code.INVALID_FIELD, field, field=field)


def compose_message(request: Request, address: str = "") -> Composition:
    """Compose a message; nobody is named where a value it needs may not leave.

    Args:
        request: as for a report, with one candidate; `addressee` is how they are called.
        address: e-mail address of who gets it, or empty.
    """
    occasion, words = occasion_of(request.kind.name), translator(request.language)
    fits = tuple(
        one for one in request.candidates if not occasion.statuses or one.prisoner.status in occasion.statuses
    )
    found = compose(attrs.evolve(request, candidates=fits, blocks=()), words)
    values: Mapping[str, str] = {}
    if found.named:
        cells = zip(found.report.columns, found.report.rows[0], strict=True)
        values = {column.key: str(cell) for column, cell in cells if cell is not None}
    report = attrs.evolve(
        found.report,
        title=plain_line(words(_NUMBER).replace("{number}", request.number)),
        subtitle=address,
        lead="",
        foreword=(),
        footer="",
        sources=(),
        blocks=tuple(_blocks(occasion, request, values, words)) if found.named else (),
    )
    return attrs.evolve(found, report=report)


def lines_of(composition: Composition) -> tuple[str, ...]:
    """The paragraphs of a message."""
    return tuple(block.text for block in composition.report.blocks)


def _blocks(
    occasion: Occasion, request: Request, values: Mapping[str, str], words: Translator
) -> Iterator[Block]:
    yield Block(SENTENCE, plain_line(words(_HELLO).replace("{name}", request.addressee)))
    for sentence in occasion.sentences:
        if sentence.needs <= set(values):
            yield Block(SENTENCE, _filled(sentence, values, words))
    for one in request.blocks:
        for text in plain_paragraphs(one.text):
            yield Block(OWN, text)
    if request.kind.handling:
        yield Block(SENTENCE, words(request.kind.handling))
    yield Block(SENTENCE, plain_line(words(_NUMBER).replace("{number}", request.number)))


def _filled(sentence: Sentence, values: Mapping[str, str], words: Translator) -> str:
    """The sentence with its values, put in at once: a value that looks like a place stays text."""
    return plain_line(VALUE.sub(lambda found: values[found[1]], words(sentence.text)))
