"""Protects: `poruch recovery` from a kit made to coming in with it; words are read, never printed."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest

from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, Office

NEW = "walnut ribbon glacier tulip anchor velvet"
_NUMBERED = re.compile(r"\b\d{1,2}\s+([a-z]+)\b")


def words_on(sheet: Path) -> str:
    """The twenty words of a sheet as somebody would copy them."""
    text = pypdf.PdfReader(sheet).pages[0].extract_text()
    found = {int(one.group(0).split()[0]): one.group(1) for one in _NUMBERED.finditer(text)}
    return " ".join(f"{place} {found[place]}" for place in range(1, 21))


@pytest.fixture
def sheets(office: Office, poruch: Run, tmp_path: Path) -> list[str]:
    folder = tmp_path / "stick"
    folder.mkdir()
    code, out, err = poruch(OFFICER, "recovery", "make", office.folder, "--out", folder)
    assert (code, err) == (0, "")
    assert "Kit 1 is made. Check words:" in out
    found = sorted(folder.iterdir())
    assert [path.name for path in found] == [f"sheet-1-{place}.pdf" for place in range(1, 6)]
    assert all(path.stat().st_mode & 0o077 == 0 for path in found)
    texts = [words_on(path) for path in found]
    assert not [text for text in texts if text in out]
    return texts


def test_made_handed_out_tried_and_used(office: Office, poruch: Run, sheets: list[str]) -> None:
    code, out, _err = poruch(OFFICER, "recovery", "show", office.folder)
    assert (code, "nobody said that its sheets are handed out" in out) == (0, True)
    assert poruch(OFFICER, "recovery", "keep", office.folder)[:2] == (0, "Kit 1 is the one that works now.\n")
    code, out, err = poruch((OFFICER, *sheets[:3]), "recovery", "drill", office.folder)
    assert (code, err) == (0, "")
    assert "The sheets of kit 1 open this case file as Vera O." in out
    code, out, err = poruch((*sheets[2:], NEW), "recovery", "use", office.folder)
    assert (code, err) == (0, "")
    assert "The new passphrase opens it." in out
    # One word of a sheet can stand in any sentence ("have"); two of them in their order do not.
    assert not [pair for text in sheets for pair in pairwise(text.split()) if " ".join(pair) in out]
    assert poruch(OFFICER, "recovery", "show", office.folder)[0] == 3
    code, out, _err = poruch(NEW, "recovery", "show", office.folder)
    assert "There is no recovery kit" in out
    assert "somebody came in with kit 1 as Vera O." in out


def test_each_mistake_has_its_sentence_and_quotes_no_word(
    office: Office, poruch: Run, sheets: list[str]
) -> None:
    typo = sheets[1].replace(sheets[1].split()[7], "zzyzx", 1)
    for given, sentence in (
        ((typo, sheets[0], sheets[2]), "Sheet A: word 4 is not in the list of words."),
        ((sheets[0], " ".join(sheets[1].split()[:-2]), sheets[2]), "Sheet B: there are 19 words"),
        ((sheets[0], sheets[1], sheets[0]), "Sheets A and C are the same sheet."),
        ((sheets[0], sheets[1], " ".join(reversed(sheets[2].split()))), "Sheet C: every word is in the list"),
    ):
        code, out, err = poruch((*given, NEW), "recovery", "use", office.folder)
        assert (code, out) == (3, "")
        assert sentence in err
        assert "zzyzx" not in err
    assert poruch((*sheets[:2],), "recovery", "use", office.folder)[0] == 2
    assert poruch(OFFICER, "recovery", "show", office.folder)[0] == 0


def test_nothing_is_written_over_and_a_refused_folder_leaves_no_kit(
    office: Office, poruch: Run, sheets: list[str], tmp_path: Path
) -> None:
    assert poruch(OFFICER, "recovery", "drop", office.folder)[:2] == (0, "Kit 1 opens nothing any more.\n")
    (tmp_path / "stick" / "sheet-2-4.pdf").write_bytes(b"somebody's")
    code, _out, err = poruch(OFFICER, "recovery", "make", office.folder, "--out", tmp_path / "stick")
    assert (code, "sheets of this name" in err) == (3, True)
    assert len(list((tmp_path / "stick").iterdir())) == 6
    assert poruch((*sheets[:3], NEW), "recovery", "use", office.folder)[0] == 3
    code, out, _err = poruch(OFFICER, "recovery", "show", office.folder)
    assert (code, "There is no recovery kit" in out) == (0, True)


def test_only_an_officer(office: Office, poruch: Run, tmp_path: Path) -> None:
    for what in ("show", "keep", "drop"):
        assert poruch(COORDINATOR, "recovery", what, office.folder)[0] == 3
    assert poruch(COORDINATOR, "recovery", "make", office.folder, "--out", tmp_path)[0] == 3
    assert not list(tmp_path.glob("*.pdf"))


def test_from_a_backup_into_a_new_folder(
    office: Office, poruch: Run, sheets: list[str], tmp_path: Path
) -> None:
    assert poruch(OFFICER, "recovery", "keep", office.folder)[0] == 0
    assert poruch(OFFICER, "backup", office.folder)[0] == 0
    (backup,) = office.folder.parent.rglob("*.poruch-backup")
    code, out, err = poruch(
        (*sheets[1:4], NEW), "recovery", "use", tmp_path / "elsewhere", "--backup", backup
    )
    assert (code, err) == (0, "")
    assert "The new passphrase opens it." in out
    assert poruch(NEW, "recovery", "show", tmp_path / "elsewhere")[0] == 0
    assert poruch(OFFICER, "recovery", "show", office.folder)[0] == 0


def test_sheets_speak_the_language_asked_for(office: Office, poruch: Run, tmp_path: Path) -> None:
    command = ("recovery", "make", office.folder, "--out", tmp_path)
    assert poruch(OFFICER, *command, "--sheets-in", "de")[0] == 0
    text = pypdf.PdfReader(tmp_path / "sheet-1-1.pdf").pages[0].extract_text()
    # a share may hold the word "prisoner", and its check words "imprison"
    printed, words = _NUMBERED.subn("", text)
    printed, checks = re.subn("(?<=Prüfwörter: ).*", "", printed)
    assert (words, checks) >= (20, 1)
    for word in ("Poruch", "poruch", "Vilnius", "Vera", "prison", "Belarus"):
        assert word not in printed
    assert len(pypdf.PdfReader(tmp_path / "sheet-1-1.pdf").pages) == 1
