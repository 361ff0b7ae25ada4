"""Protects the lines filter words look at: after any write they are what reading anew gives."""

from __future__ import annotations

from typing import Final

import pytest

from app.domain.errors import KnownError
from app.services import lights
from app.services.consent import AnswerDraft
from app.services.filter_words import OF_ROW, Facet
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.merging import MergePrisoners
from app.services.prisoner_lines import PrisonerLines
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.test_merging import agree_to_all, merge, say

_OPEN: Final = [facet for facet in Facet if facet is not Facet.PUBLIC]


def lines_are_true(session: Session) -> None:
    """Every line is what the table shows, and stands where its name belongs."""
    ctx = session.context
    with ctx.reading() as reader:
        while not ctx.lines.read_slice(reader, ctx.today()):
            pass
    rows = session.prisoners.rows()
    assert list(zip(ctx.lines.ids, ctx.lines.names, ctx.lines.references, strict=True)) == [
        (row.id, row.name, row.reference) for row in rows
    ]
    for facet in _OPEN:
        column = ctx.lines.column(facet)
        assert [column.value(place) for place in range(len(column))] == [OF_ROW[facet](row) for row in rows]

    lights_are_true(session)


def lights_are_true(session: Session) -> None:
    """`public:` finds whom the table shows so, each light in turn."""
    with session.context.reading() as reader:
        rows = lights.with_lights(session.context, reader)
    for light, typed in (("yes", "yes"), ("no", "no"), ("not_asked", "unasked"), ("waits", "waits")):
        found = session.search.answer(f"public:{typed}", limit=100)
        assert {hit.id for hit in found.hits} == {row.id for row in rows if row.name_in_public == light}, (
            light
        )


def edit(session: Session, prisoner: str, **values: object) -> None:
    version = session.prisoners.get(prisoner).prisoner.version
    session.prisoners.edit(EditPrisoner(prisoner, version, values))


def test_lines_follow_what_is_written(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        first = add_prisoner(session)
        lines_are_true(session)
        second = add_prisoner(session, family_name="Abadouski", given_name="Ales", labels=("poet",))
        lines_are_true(session)
        edit(session, first, family_name="Aaronau", next_step="call the lawyer")
        lines_are_true(session)
        edit(session, second, family_name="Zorka", labels=("poet", "young"))
        lines_are_true(session)
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        side = session.godparents.propose(StartGodparenthood(first, godparent)).id
        lines_are_true(session)
        version = session.godparents.godparenthood(side).version
        session.godparents.change(ChangeGodparenthood(side, version, {"state": "accepted"}))
        lines_are_true(session)
        assert session.search.answer("with:godparent").fitting == 1
        session.prisoners.place_hold(PlaceHold("prisoner", second, "danger"))
        lines_are_true(session)
        assert session.search.answer("with:stop").fitting == 1


def test_lights_follow_what_was_said_stopped_and_joined(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        people = [add_prisoner(session, family_name=name) for name in ("Adam", "Bury", "Cichi")]
        lights_are_true(session)
        relatives = [add_mother(session, one) for one in people]
        lights_are_true(session)
        say(session, relatives[0], AnswerDraft("name", "given"))
        lights_are_true(session)
        say(session, relatives[1], AnswerDraft("name", "refused"))
        lights_are_true(session)
        edit(session, people[2], family_name="Aaa")
        lights_are_true(session)
    with office.as_person(OFFICER) as session:
        lights_are_true(session)
        agree_to_all(session)
        lights_are_true(session)
        assert session.search.answer("public:yes").fitting == 1
        merge(session, people[0], people[1])
        lights_are_true(session)
        assert session.search.answer("public:yes").fitting == 0, "the other one's family said no"
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
        lights_are_true(session)
    with office.as_person(REPORTS) as session:
        lights_are_true(session)


def test_many_new_lines_at_once_are_lit(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        lights_are_true(session)
        for number in range(12):
            add_prisoner(session, family_name=f"N{number}")
        lights_are_true(session)


def test_a_line_leaves_with_a_merge_and_comes_back(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        kept, gone = add_prisoner(session), add_prisoner(session, given_name="Siarhiej")
        godparent = session.godparents.create(CreateGodparent({"family_name": "Muster"})).id
        session.godparents.propose(StartGodparenthood(gone, godparent))
        lines_are_true(session)
        versions = [session.prisoners.get(one).prisoner.version for one in (kept, gone)]
        session.merging.merge(MergePrisoners(kept, versions[0], gone, versions[1]))
        lines_are_true(session)
        assert session.context.lines.ids == [kept]
        session.merging.take_apart(gone)
        lines_are_true(session)
        assert sorted(session.context.lines.ids) == sorted((kept, gone))


def test_lines_without_the_key_hold_nothing_closed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, labels=("poet",), next_step="call the lawyer")
    with office.as_person(REPORTS) as session:
        lines_are_true(session)
        assert session.context.lines.labels() == set()


def test_a_lock_and_a_fault_leave_no_line(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        lines_are_true(session)
        lines = session.context.lines
        with session.context.reading() as reader, pytest.raises(KnownError):
            lines.read_slice(_Failing(reader), session.today())  # type: ignore[arg-type]
        assert (lines.ids, lines.whole) == ([], False)
        lines_are_true(session)
    assert (lines.ids, lines.names, lines.references) == ([], [], [])


class _Failing:
    """A reader whose disk fails behind the first question."""

    def __init__(self, reader: object) -> None:
        self._reader = reader

    def lines_written(self) -> frozenset[str]:
        return frozenset({"somebody"})

    def __getattr__(self, name: str) -> object:
        from app.domain.errors import Code

        raise KnownError(Code.CANNOT_READ, name)


def test_lines_are_read_a_slice_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.prisoner_lines._SLICE", 2)
    with office.as_person(COORDINATOR) as session:
        people = [add_prisoner(session, family_name=name) for name in ("C", "A", "B", "D", "E")]
        ctx, lines = session.context, PrisonerLines()
        ctx.lines = lines
        with ctx.reading() as reader:
            assert not lines.read_slice(reader, ctx.today())
        for one in people:
            edit(session, one, occupation="baker", given_name="Alena")
        lines_are_true(session)
