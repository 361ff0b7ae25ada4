"""Attacked: a name put where the reader of a file made elsewhere did not look, or might not look again."""

from __future__ import annotations

import io
from functools import cache

import pikepdf
import pytest

from app.reports.elsewhere import child
from app.reports.elsewhere.told import TO_LOOK_AT, Found, Said, Told, Trace
from app.reports.verify.names import ProtectedName, search_texts
from app.services.file_looking import _down, _texts
from tests.hostile import edited_files as made
from tests.hostile import smuggled_deeper as smuggled

_HER = [ProtectedName("her", smuggled.NAME)]


@cache
def _files() -> smuggled.Files:
    return smuggled.everything()


def _told(name: str, content: bytes) -> list[Told]:
    """What the child says, here without the process around it."""
    _format, told = child.read(content, name.rpartition(".")[2])
    return list(child._every(told))


def _must_go(told: list[Told]) -> set[Trace]:
    return {one.trace for one in told if isinstance(one, Found) and one.trace not in TO_LOOK_AT}


def _is_named(told: list[Told]) -> bool:
    said = [one for one in told if isinstance(one, Said)]
    return any(search_texts(texts(said), _HER, ()).hits for texts in (_texts, _down))


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "csv", "pdf"])
def test_she_is_found_or_the_file_refused_wherever_she_was_put(ending: str) -> None:
    files = {where: file for where, file in _files().items() if file[0].endswith(ending)}
    assert files
    missed = []
    for where, (name, content) in files.items():
        told = _told(name, content)
        if not (_is_named(told) or _must_go(told)):
            missed.append(where)
    assert missed == []


def _own_numbers(document: pikepdf.Pdf) -> None:
    """As an office suite writes it: how long a stream is stands in an object, and a page is shown first."""
    document.Root.Length = document.make_indirect(17)  # type: ignore[call-overload]
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.XYZ, 0, 0, 0])


def _saved(content: bytes, **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(out, static_id=True, **how)  # type: ignore[arg-type]
    return out.getvalue()


def test_a_pdf_as_office_programs_and_browsers_write_it_has_nothing_that_must_go() -> None:
    plain = made.pdf("Nobody is named here.")
    packed = pikepdf.ObjectStreamMode.generate
    for content in (
        made.changed_pdf(plain, _own_numbers),
        _saved(plain, linearize=True),
        _saved(plain, object_stream_mode=packed),
    ):
        told = _told("x.pdf", content)
        assert _must_go(told) == set()
        assert not _is_named(told)


def test_ordinary_words_are_no_other_letters() -> None:
    """Words of four languages, a link and a long word name nobody, however they are read."""
    for text in (
        "Grüße aus Zürich – «für alle», œuvre, naïve.",
        "Мы пішам лісты; Рада сустрэчы. Сёння 5 снежня.",
        "https://example.org/donations/2026?from=newsletter+november",
        "Donaudampfschifffahrtsgesellschaft 1+1=2",
    ):
        told = _told("x.csv", f"a;b\r\n{text};x\r\n".encode())
        assert not _is_named(told)
        assert _must_go(told) == set()
