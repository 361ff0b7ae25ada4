"""Drawn portraits of nobody, and reports that show them, for the tests of this room."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

import attrs
from PIL import Image, ImageDraw

from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicText
from app.picture_reading import Drawn
from app.reports.compose import Composition, Request, compose
from app.reports.kind_file import shipped_kind
from app.reports.kinds import ReportKind
from app.reports.portraits import SHAPE
from app.reports.standing import FieldDecision
from tests.reports.making import AGREED, PEOPLE, candidate, decisions

QUOTE = "Write to me about the weather at the sea."


def drawing(number: int, size: tuple[int, int] = (800, 1000)) -> Image.Image:
    """A head and shoulders of three shapes; another number is another one."""
    wide, high = size
    tone = (60 + number * 37 % 140, 90 + number * 53 % 120, 120 + number * 71 % 110)
    picture = Image.new("RGB", size, tuple(min(255, 150 + part // 3) for part in tone))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((wide * 0.14, high * 0.66, wide * 0.86, high * 1.3), fill=tone)
    pen.ellipse((wide * 0.3, high * 0.18, wide * 0.7, high * 0.68), fill=(214, 178, 150))
    pen.pieslice((wide * 0.27, high * 0.12, wide * 0.73, high * 0.62), 180, 360, fill=(tone[2] // 2, 50, 40))
    return picture


@lru_cache(maxsize=64)
def drawn_face(number: int) -> Drawn:
    """The same as a report has it."""
    small = drawing(number).resize((SHAPE.wide, SHAPE.high))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=SHAPE.quality)
    return Drawn(SHAPE.wide, SHAPE.high, out.getvalue())


def pictured(
    kind: str | ReportKind = "parliament_briefing",
    *,
    people: Sequence[Prisoner] = PEOPLE,
    without: Collection[int] = (),
    language: str = "en",
    summary: str = "",
    denied: str = "",
) -> Composition:
    """A report of these people with a photo and a quote of each but those at these places.

    Args:
        denied: a field nobody is cleared for.
    """
    found = shipped_kind(kind) if isinstance(kind, str) else kind
    allowed = {**decisions(found.name), "photo": AGREED, "public_quote": AGREED}
    allowed |= {denied: FieldDecision(allowed=False)} if denied else {}
    shown = []
    for place, person in enumerate(people):
        one = candidate(attrs.evolve(person, photo=f"{place:032x}"), allowed, summary=summary)
        texts = one.texts
        if texts is not None and place not in without:
            texts = attrs.evolve(texts, public_quote=(PublicText(language=language, text=QUOTE),))
        portrait = drawn_face(place) if place not in without else None
        shown.append(attrs.evolve(one, texts=texts, portrait=portrait))
    return compose(
        Request(
            kind=found,
            language=language,
            number="2026-031",
            day=date(2026, 11, 22),
            candidates=tuple(shown),
            addressee="For the committee" if found.names_recipient else "",
        )
    )
