"""Protects: backups are made and checked without a window; what is printed names nobody and no place."""

from __future__ import annotations

from pathlib import Path

from app.cli.run import Exit
from app.services.backup_places import FOLDER
from tests.services.command_line import Run
from tests.services.office import AUDITOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


def test_made_checked_and_spoiled(office: Office, tmp_path: Path, poruch: Run) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with office.as_person(OFFICER) as session:
        add_mother(session, add_prisoner(session), full_name="Alena Kanareika")
    assert poruch(REPORTS, "backup", office.folder) == (Exit.DONE, "Backed up and checked.\n", "")
    assert poruch(OFFICER, "backup", office.folder, "--to", stick)[0] == Exit.DONE
    (made,) = stick.glob("*.poruch-backup")
    assert len(list((tmp_path / FOLDER).glob("*.poruch-backup"))) == 1
    code, out, err = poruch(REPORTS, "backup", "check", made)
    assert (code, err) == (Exit.DONE, "")
    assert out.startswith("This backup is good. Made 20")
    code, _out, err = poruch("lamp river paper stork winter brae", "backup", "check", made)
    assert code == Exit.KNOWN
    assert "passphrase" in err
    whole = made.read_bytes()
    for name in (b"Zhawnyarovich", b"Kanareika", b"gardener", b"Vera", b"Vilnius", b"CREATE TABLE"):
        assert name not in whole
    made.write_bytes(whole[:30_000] + b"\0" + whole[30_001:])
    code, _out, err = poruch(OFFICER, "backup", "check", made)
    assert code == Exit.KNOWN
    assert err.startswith("This backup is damaged.")
    assert not list(stick.glob(".poruch*"))


def test_refused_with_its_reason(office: Office, tmp_path: Path, poruch: Run) -> None:
    assert poruch(AUDITOR, "backup", office.folder)[0] == Exit.KNOWN
    code, _out, err = poruch(OFFICER, "backup", office.folder, "--to", tmp_path / "no stick")
    assert code == Exit.KNOWN
    assert "is not there" in err
    assert poruch(OFFICER, "backup", office.folder, "--to", office.folder)[0] == Exit.KNOWN
    code, _out, err = poruch(OFFICER, "backup", "check", tmp_path / "nothing")
    assert code == Exit.KNOWN
    assert poruch(OFFICER, "backup", office.folder, "more")[0] == Exit.USAGE
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir, " * 20)
    code, _out, err = poruch(OFFICER, "backup", "check", letter)
    assert err.startswith("This file is not a backup")
