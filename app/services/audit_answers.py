"""Every answer of everybody, as an audit counts them: from plain values, a hundred thousand at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from app.domain.canonical import Plain
from app.domain.clock import local_day
from app.domain.consent_audit import ToldAnswer
from app.domain.consent_facts import Says
from app.domain.consent_purposes import default_end
from app.domain.dates import PartialDate
from app.domain.ports import Reader
from app.vocabulary import vocabulary


def told_answers(reader: Reader, zone: str, counts: Callable[[str], bool]) -> list[ToldAnswer]:
    """Answers in the order they were recorded.

    Args:
        reader: of somebody with the keys.
        zone: of the case file.
        counts: whether a talk, by its id, counts.
    """
    found: list[tuple[str, str, int, str, Mapping[str, Plain], Mapping[str, Plain]]] = []
    for one in reader.spoken_facts():
        for talk in one.talks:
            answers, key, moment = (
                talk.get("answers"),
                str(talk.get("id") or ""),
                str(talk.get("recorded_at") or ""),
            )
            if not isinstance(answers, list) or not moment or not counts(key):
                continue
            for place, answer in enumerate(answers):
                if isinstance(answer, Mapping):
                    found.append((moment, key, place, one.relative, talk, answer))
    found.sort(key=lambda each: each[:3])
    return [
        _told(place, relative, talk, answer, zone)
        for place, (_moment, _key, _place, relative, talk, answer) in enumerate(found)
    ]


def _told(
    place: int, relative: str, talk: Mapping[str, Plain], answer: Mapping[str, Plain], zone: str
) -> ToldAnswer:
    recorded = _local(str(talk.get("recorded_at")), zone)
    held_on = str(talk.get("held_on") or "")
    first = PartialDate.from_stored(held_on).first if held_on else recorded
    kind, purpose = str(answer.get("kind") or ""), str(answer.get("purpose") or "")
    latest, wanted = _latest(purpose, min(first, recorded)), answer.get("ends_on")
    end = min(date.fromisoformat(wanted), latest) if isinstance(wanted, str) and wanted else latest
    return ToldAnswer(
        id=str(answer.get("answer") or ""),
        relative=relative,
        kind=kind,
        says=_says(kind),
        purpose=purpose,
        audience=str(answer.get("audience") or ""),
        recorded=recorded,
        place=place,
        end=end,
        cancels=str(answer.get("cancels") or ""),
    )


_latest = lru_cache(maxsize=16384)(default_end)


@lru_cache(maxsize=4096)
def _local(moment: str, zone: str) -> date:
    return local_day(datetime.fromisoformat(moment), zone)


@lru_cache(maxsize=64)
def _says(kind: str) -> Says:
    term = vocabulary("answer_kind").by_code.get(kind)
    return Says(term.text("says")) if term is not None else Says.NO
