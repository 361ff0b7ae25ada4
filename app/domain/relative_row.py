"""One line of Relatives & consent, as screens get it: never a name, a number or a place."""

from __future__ import annotations

from datetime import date

import attrs

from app.domain.consent_care import Care
from app.domain.rows import Light


@attrs.frozen
class RelativeRow:
    """One line of Relatives & consent: five columns as people speak of consent.

    Attributes:
        care: why it takes a careful look, in the order of `Care`.
    """

    id: str
    version: int
    prisoner: str
    prisoner_name: str
    relation: str
    nickname: str
    lines: tuple[Light, Light, Light, Light, Light]
    ends_on: date | None
    last_answer_on: date | None
    last_answer_kind: str
    asking: str
    stopped: bool
    mine: bool
    to_review: bool = False
    care: tuple[Care, ...] = ()
