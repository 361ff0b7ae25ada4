"""Protects: the tables of names are well formed, large enough, and a slip in them is seen at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from app.domain.errors import BugError
from app.names import tables
from app.names.given_names import given_groups


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of tables that tests may spoil."""
    (tmp_path / "names").mkdir()
    monkeypatch.setattr(resources, "path", lambda name: tmp_path / name)
    return tmp_path / "names"


def test_every_table_is_read_and_has_something_to_say() -> None:
    assert len(tables.given_names()) > 400
    assert {"be", "ru", "pl", "de", "en"} <= set(tables.endings())
    assert {"be", "ru", "pl", "de", "en"} <= set(tables.ordinary_words())
    assert {"be", "ru", "pl", "de", "en"} <= set(tables.forms_of_address())
    assert len(tables.look_alikes()) > 30


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("given_names", "[male]\n'Адам' = { ru = 'Адам' }\n", tables.given_names),
        ("given_names", "[male]\n'Адам' = { xx = 'Адам' }\n[female]\n", tables.given_names),
        ("given_names", "[male]\n'Саша' = {}\n[female]\n'Саша' = {}\n", tables.given_names),
        ("given_names", "[male]\n'Адам' = { ru = 1 }\n[female]\n", tables.given_names),
        ("look_alikes", "latin_cyrillic = ['аa']\n", tables.look_alikes),
        ("look_alikes", "latin_cyrillic = ['aа', 'aо']\n", tables.look_alikes),
        ("look_alikes", "latin_cyrillic = 'aа'\n", tables.look_alikes),
        ("endings", "", tables.endings),
        ("endings", "be = ''\n", tables.endings),
        ("ordinary_words", "klingon = 'Worf'\n", tables.ordinary_words),
    ],
)
def test_a_slip_in_a_table_is_a_bug_at_once(table: Path, name: str, content: str, read: object) -> None:
    (table / f"{name}.toml").write_text(content, "utf-8")
    with pytest.raises(BugError):
        read.__wrapped__()  # type: ignore[attr-defined]  # past the cache


@pytest.mark.parametrize(
    "spellings",
    [
        "Аляксандр Александр Олександр Aleksander Alexandre Aliaksandr Алесь Sascha",
        "Яўген Евгений Євген Eugeniusz Eugène Jewgeni Evgeny Yauhen Iauhen Evgueni",
        "Юрый Юрий Юрій Jury Iouri Yuri Iurii Jerzy",
        "Кацярына Екатерина Катерина Katarzyna Catherine Katja Ekaterina Katsiaryna",
        "Настасся Анастасия Anastazja Nastia Anastassija",
        "Мікалай Николай Микола Mikołaj Nicolas Mikalai Nikolaï",
        "Мацей Матвей Матвій Maciej Matthias",
        "Гаўрыла Гавриил Gabriel Gawriil",
    ],
)
def test_official_forms_short_forms_and_systems_are_one_name(spellings: str) -> None:
    groups = [given_groups(word.casefold()) for word in spellings.split()]
    assert frozenset.intersection(*groups), dict(zip(spellings.split(), groups, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ксенія", "Аксана"),
        ("Міхаіл", "Мікалай"),
        ("Аляксандр", "Аляксей"),
        ("Марыя", "Марына"),
        ("Юрый", "Георгій"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert not given_groups(one.casefold()) & given_groups(other.casefold())
