"""The search for protected names: every part, either way round; cleared places out, namesakes for judging."""

from __future__ import annotations

import attrs
import pytest

from app.domain.progress import Cancelled
from app.domain.report import TextBlock
from app.reports.compose import Composition
from app.reports.draft import MadeFile
from app.reports.kind_file import shipped, shipped_kind
from app.reports.kinds import FORMATS
from app.reports.verify import NameSearch, ProtectedName, search_names
from tests.reports.making import files, made
from tests.unit.names.spellings import MENTIONS

_ABOUT_PEOPLE = [kind.name for kind in shipped() if kind.columns]
_MOTHER = ProtectedName("p1", "Кацярына Жаўняровіч")


def _search(
    text: str, *protected: ProtectedName, kind: str = "public_list", formats: tuple[str, ...] = FORMATS
) -> NameSearch:
    composition = made(kind, hidden=20, blocks=(TextBlock(what="paragraph", text=text),))
    offered = tuple(each for each in formats if each in shipped_kind(kind).formats)
    made_files = list(files(composition, offered).values())
    return search_names(made_files, composition.report, protected)


@pytest.mark.parametrize("kind", _ABOUT_PEOPLE)
@pytest.mark.parametrize(
    "text",
    [
        "Ask Кацярына Жаўняровіч today",
        "жаўняровіч, кацярына",
        "КАЦЯРЫНА-ЖАЎНЯРОВІЧ",
        "Каця\u00adрына Жаў\u200bняровіч",
        "Кацяры\u0301на Жаўняро\u0301віч",
        "Кацярына ﻿Жаўняровіч",
    ],
)
def test_a_protected_name_is_found_in_every_format_that_carries_it(kind: str, text: str) -> None:
    found = _search(text, _MOTHER, kind=kind)
    assert {hit.file_format for hit in found.hits} == set(shipped_kind(kind).formats) - {"csv"}
    assert {hit.person for hit in found.hits} == {"p1"}


@pytest.mark.parametrize("first", ["", "Іна "])
@pytest.mark.parametrize(("name", "places"), MENTIONS)
def test_a_family_name_is_found_in_every_case_and_every_format(name: str, places: str, first: str) -> None:
    """Alone it is for the approver to judge, with the first name it is refused."""
    protected = [ProtectedName("p1", f"Іна {name}")]
    said = [f"Yesterday {first}{place} came." for place in places.split()]

    def found_in(file: MadeFile, composition: Composition) -> int:
        found = search_names([file], composition.report, protected)
        return len({hit.text for hit in (found.hits if first else found.namesakes)})

    blocks = tuple(TextBlock(what="paragraph", text=each) for each in said)
    composition = made("public_list", hidden=20, blocks=blocks)
    written = files(composition, ("docx", "xlsx", "html", "csv"))
    table = written["csv"]  # carries no texts: each is put into a cell of its own
    rows = "".join(f"{each}\r\n" for each in said)
    written["csv"] = attrs.evolve(table, content=table.content + rows.encode("utf-8"))
    for file in written.values():
        assert found_in(file, composition) == len(said), file.file_format
    for block in blocks:  # a page tells once whom it names
        alone = made("public_list", hidden=20, blocks=(block,))
        assert found_in(files(alone, ("pdf",))["pdf"], alone) == 1, block.text


def test_a_name_set_over_two_lines_is_found() -> None:
    text = "words " * 300 + "Кацярына Жаўняровіч " * 3
    found = _search(text, _MOTHER, formats=("pdf",))
    assert found.hits


def test_nothing_is_found_where_nothing_is() -> None:
    found = _search("Nobody is mentioned here", _MOTHER, ProtectedName("p2", "Nob"))
    assert found.hits == ()
    assert found.namesakes == ()
    assert found.examined > 20


@pytest.mark.parametrize("kind", _ABOUT_PEOPLE)
def test_cleared_places_are_no_hits(kind: str) -> None:
    found = _search(
        "A text", ProtectedName("p3", "Dubnianskaya"), ProtectedName("p3", "Alena Dubnianskaya"), kind=kind
    )
    assert found.hits == ()
    assert found.namesakes == ()


@pytest.mark.parametrize("kind", ["birthday_list", "godparent_sheet"])
def test_the_name_on_an_envelope_is_cleared_there_and_nowhere_else(kind: str) -> None:
    """A mother bears the family name of her son, and an envelope is no place to find her in."""
    mother = ProtectedName("p4", "Дубнянская"), ProtectedName("p4", "Дубнянская Канараўна")
    assert _search("A text", *mother, kind=kind).namesakes == ()
    found = _search("Write to Дубнянская Канараўна", *mother, kind=kind)
    places = set(shipped_kind(kind).formats) - {"csv"}
    assert {hit.file_format for hit in (*found.hits, *found.namesakes)} == places


def test_a_cleared_name_elsewhere_is_a_namesake_to_judge() -> None:
    found = _search("The mother of Alena Dubnianskaya writes", ProtectedName("p3", "Dubnianskaya Alena"))
    assert found.hits == ()
    assert {hit.file_format for hit in found.namesakes} == {"pdf", "docx", "xlsx", "html"}


def test_a_page_is_told_and_the_text_never_printed() -> None:
    found = _search("Ask Кацярына Жаўняровіч", _MOTHER, formats=("pdf",))
    assert found.hits[0].where == "page 1"
    assert "Жаўняровіч" not in repr(found).casefold().title()
    assert "кацярына" not in repr(found)


def test_a_name_in_a_file_name_is_found() -> None:
    composition = made(hidden=20)
    file = files(composition, ("csv",))["csv"]
    renamed: MadeFile = attrs.evolve(file, name="for-zoryna-kvitka.csv")
    found = search_names([renamed], composition.report, [ProtectedName("p4", "Zoryna Kvitka")])
    assert [hit.where for hit in found.hits] == ["file name"]


def test_the_fold_that_is_given_is_used() -> None:
    def fold(text: str) -> str:
        return " ".join(text.replace("Xxy", "Кацярына").casefold().split())

    composition = made(hidden=20, blocks=(TextBlock(what="paragraph", text="Xxy жук"),))
    made_files = list(files(composition, ("docx",)).values())
    mother = ProtectedName("p1", "Кацярына Жук")
    assert search_names(made_files, composition.report, [mother], fold=fold).hits
    assert not search_names(made_files, composition.report, [mother]).hits


@pytest.mark.parametrize(
    "text",
    [
        "Ask Katsiaryna Zhauniarovich today",
        "Gespräch mit Jekaterina Schawnerowitsch",
        "письмо Екатерине Жавнерович",
        "K a c i a r y n a  Ž a ŭ n i a r o v i č",
    ],
)
def test_other_spellings_are_found_in_every_format_that_carries_them(text: str) -> None:
    found = _search(text, _MOTHER)
    assert {hit.file_format for hit in found.hits} == {"pdf", "docx", "xlsx", "html"}


@pytest.mark.parametrize("text", ["Mrs Zhauniarovich", "K. Żauniarowicz", "Сям'я Жаўняровічаў чакае"])
def test_a_family_name_alone_is_for_a_person_to_judge(text: str) -> None:
    found = _search(text, _MOTHER)
    assert found.hits == ()
    assert {hit.file_format for hit in found.namesakes} == {"pdf", "docx", "xlsx", "html"}


def test_an_address_has_no_family_name() -> None:
    """A handle's second half is a word like any other: else every link to example.org refuses a file."""
    addresses = [ProtectedName("p4", "@olga_example"), ProtectedName("p4", "olga@example.org")]
    found = _search("See https://example.org for more; write to no example", *addresses)
    assert found.hits == ()
    assert found.namesakes == ()
    assert _search("Write to olga@example.org", *addresses).hits


def _table(file_format: str, rows: tuple[tuple[str, ...], ...]) -> NameSearch:
    """What is found of Zaryna Kvitkavets in a list with these rows, of which no name is cleared."""
    composition = made("public_list", hidden=20)
    columns = tuple(attrs.evolve(one, place="", names=False) for one in composition.report.columns)
    width = len(columns)
    filled = tuple((*row, *[None] * (width - len(row))) for row in rows)
    report = attrs.evolve(composition.report, columns=columns, rows=filled)
    made_files = list(files(attrs.evolve(composition, report=report), (file_format,)).values())
    return search_names(made_files, report, [ProtectedName("p1", "Зарына Квіткавец")])


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_name_does_not_reach_over_rows_or_full_cells(file_format: str) -> None:
    """A given name of the next row, or of another cell, makes no whole name of a family name alone."""
    rows = (("Marozava, Anna", "a", "Penal colony of Kvitkavets"), ("Zaryna Example", "b", "Minsk"))
    assert _table(file_format, rows).hits == ()
    assert {hit.file_format for hit in _table(file_format, rows).namesakes} == {file_format}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(
    "row",
    [
        ("We thank Zaryna Kvitkavets for all", "b"),
        ("Kvitkavets", "Zaryna"),
        ("Zaryna", "Kvitkavets", "Minsk"),
    ],
)
def test_a_name_in_one_cell_or_in_columns_of_its_own_is_found(file_format: str, row: tuple[str, ...]) -> None:
    assert _table(file_format, (("Marozava, Anna", "a"), row)).hits


def test_the_search_says_how_many_words_are_done_and_stops_at_once() -> None:
    composition = made("parliament_briefing", hidden=20)
    made_files = list(files(composition, FORMATS).values())
    said: list[tuple[int, int]] = []
    search_names(
        made_files, composition.report, [], progress=lambda done, total, what: said.append((done, total))
    )
    counted = [(done, total) for done, total in said if total]
    assert len(counted) > 10, "finer than the files"
    assert [done for done, _total in counted] == sorted(done for done, _total in counted)
    assert all(done < total == counted[0][1] for done, total in counted)
    for stop_after in (1, len(said) // 2, len(said) - 1):
        steps = 0

        def stop(done: int, total: int, what: str, last: int = stop_after) -> None:
            nonlocal steps
            steps += 1
            if steps == last:
                raise Cancelled

        with pytest.raises(Cancelled):
            search_names(made_files, composition.report, [], progress=stop)
        assert steps == stop_after
