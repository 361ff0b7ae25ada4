"""Protects: whatever stands in a programme, its figures hold together and its files pass and name nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.growth import MEASURES, Programme, programme_of, year_ends
from app.domain.ids import RecordId
from app.domain.quoted import QuotedFigure
from app.reports.draft import make_files, write_one
from app.reports.growth import compose_growth
from app.reports.growth_parts import GrowthRequest
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS
from app.reports.verify import verify

_KIND: Final = shipped_kind("growth")
_NAME: Final = "Kvitkavets"
_FIRST, _LAST = date(2020, 1, 1), date(2025, 9, 30)
_TRICKY: Final = st.sampled_from(
    [
        "Bundestag",
        "=1+1",
        "@x",
        "<b>Senate</b>",
        "#set page()",
        "Сейм",
        "a\u202eb",
        "- x",
        "1.204",
        "24",
        "Ä" * 40,
        " x ",
    ]
)
_DAYS: Final = st.dates(_FIRST, date(2026, 6, 1))
_DATES: Final = st.one_of(
    st.none(),
    _DAYS.map(PartialDate.of),
    st.builds(PartialDate, st.integers(2019, 2026)),
    st.builds(PartialDate, st.integers(2019, 2026), st.integers(1, 12)),
)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    people = [
        Godparent(
            RecordId(f"p{n}"),
            family_name=_NAME,
            country=draw(st.sampled_from(["", "DE", "PL", "ZZ"])),
            chamber=draw(st.one_of(st.just(""), _TRICKY)),
            what=draw(st.sampled_from(["", "artist", "member_of_parliament"])),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    taken = [
        Godparenthood(
            RecordId(f"g{n}"),
            prisoner=f"x{draw(st.integers(0, 3))}",
            godparent=f"p{draw(st.integers(0, 8))}",
            state=draw(st.sampled_from(["proposed", "accepted", "active", "paused", "declined", "ended"])),
            since=draw(_DATES),
            ended_on=draw(_DATES),
            reason=draw(st.sampled_from(["", "mistake", "mandate_lost", "freed"])),
        )
        for n in range(draw(st.integers(0, 14)))
    ]
    acts = [
        GodparentAction(
            RecordId(f"a{n}"),
            godparent=f"p{draw(st.integers(0, 8))}",
            prisoner=draw(st.one_of(st.none(), st.sampled_from(["x0", "x1"]))),
            what="post",
            on=draw(_DAYS),
        )
        for n in range(draw(st.integers(0, 10)))
    ]
    return programme_of(people, taken, acts)


@settings(max_examples=300, deadline=None)
@given(programmes(), _DAYS)
def test_figures_hold_together_on_every_day(made: Programme, day: date) -> None:
    before, now = made.count(day - timedelta(days=1)), made.count(day)
    assert set(now) == set(MEASURES)
    for measure in ("people", "godparenthoods", "countries", "chambers"):
        assert before[measure] <= now[measure], "nobody who was counted is counted less later"
    assert now["active"] <= now["godparenthoods_on_day"] <= now["godparenthoods"]
    assert now["people_on_day"] <= now["people"] <= now["godparenthoods"]
    for of in ("country", "chamber", "what"):
        rows = made.by(of, day)
        assert sum(counts[0] for _key, counts in rows) == now["people"], "each person in one line"
        assert sum(counts[2] for _key, counts in rows) == now["godparenthoods_on_day"]
    begun, ended, mandates = made.moved(_FIRST, day)
    first = made.count(_FIRST - timedelta(days=1))
    assert now["godparenthoods"] - first["godparenthoods"] == begun
    assert mandates <= ended


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes(), st.sampled_from(["en", "de", "be"]), st.lists(_TRICKY, max_size=4))
def test_any_programme_makes_files_that_pass_every_check(
    made: Programme, language: str, said: list[str]
) -> None:
    quoted = tuple(
        QuotedFigure(RecordId(f"q{n}"), measure="people", said=text, on=PartialDate(2021), source=text)
        for n, text in enumerate(said)
    )
    period = Period(_FIRST, _LAST)
    request = GrowthRequest(*(_KIND, language, "2026-031", date(2026, 11, 22), period, 12, made, quoted))
    report = compose_growth(request).report
    files = make_files(report, FORMATS)
    assert [one for one in verify(files, report, _KIND, write_one) if not one.passed] == []
    assert not any(_NAME.encode() in file.content for file in files if file.file_format in ("csv", "html"))
    assert [row.label for row in report.tables[0].rows if row.label], "a day a line"
    assert len(report.tables[0].rows) == len(
        year_ends(_FIRST, _LAST, min((one.begun for one in made.taken), default=_LAST))
    )
