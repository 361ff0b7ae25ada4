"""Protects: a case file is used only where this computer alone writes, and that is seen before anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from app import bootstrap, putting_back
from app.casefile.place import Mounted, Surroundings, check_place
from app.crypto.passphrase import KdfParameters
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.services.session import Session
from tests.casefile.people import FOUNDER, WORDS

_LOCAL = Mounted("/", "ext4")


def _around(home: Path, *mounts: Mounted, environment: Mapping[str, str] | None = None) -> Surroundings:
    return Surroundings(lambda: (_LOCAL, *mounts), home, environment or {})


def _code(folder: Path, around: Surroundings) -> Code | None:
    try:
        check_place(folder, around)
    except KnownError as error:
        return error.code
    return None


def _service(folder: Path, around: Surroundings) -> str:
    with pytest.raises(KnownError) as raised:
        check_place(folder, around)
    assert raised.value.code is Code.PLACE_SYNCED
    return str(raised.value.details["service"])


@pytest.mark.parametrize(
    "kind",
    ["nfs4", "cifs", "smb3", "smbfs", "webdav", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "ceph"],
)
def test_another_computers_disk_is_refused(tmp_path: Path, kind: str) -> None:
    around = _around(tmp_path / "home", Mounted(str(tmp_path), kind))
    assert _code(tmp_path / "case", around) is Code.PLACE_NETWORK


@pytest.mark.parametrize(
    "kind",
    ["ext4", "btrfs", "apfs", "NTFS", "vfat", "fuseblk", "fuse.gocryptfs", "tmpfs", "overlay", "9p", ""],
)
def test_disks_of_this_computer_and_sticks_are_used(tmp_path: Path, kind: str) -> None:
    assert _code(tmp_path / "case", _around(tmp_path / "home", Mounted(str(tmp_path), kind))) is None


def test_what_lies_on_top_counts_and_only_whole_names_do(tmp_path: Path) -> None:
    share, local = Mounted(str(tmp_path), "nfs4"), Mounted(str(tmp_path / "disk"), "ext4")
    assert _code(tmp_path / "disk" / "case", _around(tmp_path, share, local)) is None
    assert _code(tmp_path / "disk2" / "case", _around(tmp_path, share, local)) is Code.PLACE_NETWORK
    again = Mounted(str(tmp_path), "ext4")
    assert _code(tmp_path / "case", _around(tmp_path, share, again)) is None
    assert _code(tmp_path / "case", _around(tmp_path, again, share)) is Code.PLACE_NETWORK
    said = Mounted(str(tmp_path), "NTFS", remote=True)
    assert _code(tmp_path / "case", _around(tmp_path, said)) is Code.PLACE_NETWORK


def test_a_link_to_another_computers_disk_is_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    around = _around(tmp_path, Mounted(str(tmp_path / "share"), "cifs"))
    assert _code(tmp_path / "link" / "case", around) is Code.PLACE_NETWORK


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".dropbox", "Dropbox"),
        (".sync_2f0a9c.db", "Nextcloud"),
        ("._sync_2f0a9c.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".tmp.driveupload", "Google Drive"),
        (".megaignore", "MEGA"),
    ],
)
def test_what_keeps_folders_in_step_is_known_by_its_mark_above(
    tmp_path: Path, mark: str, service: str
) -> None:
    (tmp_path / "top" / "office").mkdir(parents=True)
    (tmp_path / "top" / mark).touch()
    assert _service(tmp_path / "top" / "office" / "case", _around(tmp_path / "home")) == service
    assert _code(tmp_path / "case", _around(tmp_path / "home")) is None


def test_folders_services_name_themselves(tmp_path: Path) -> None:
    home, kept = tmp_path / "home", tmp_path / "elsewhere"
    (home / ".dropbox").mkdir(parents=True)
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(kept)}}), "utf-8")
    assert _service(kept / "case", _around(home)) == "Dropbox"
    assert _service(home / "Library" / "Mobile Documents" / "a" / "case", _around(home)) == "iCloud"
    variable = {"OneDrive": str(tmp_path / "one")}
    assert _service(tmp_path / "one" / "case", _around(home, environment=variable)) == "OneDrive"
    assert _code(tmp_path / "one" / "case", _around(home)) is None


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"personal": 3}', '{"personal": {"path": ["a"]}}'])
def test_a_broken_list_of_folders_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(content, "utf-8")
    case = tmp_path.with_name("other") / "case"
    assert _code(case, _around(tmp_path)) is None


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_made_opened_or_put_back_there(tmp_path: Path) -> None:
    def made(folder: Path) -> Session:
        return bootstrap.create_case_file(
            folder, name="Case", founder=FOUNDER, passphrase=WORDS, desk="Desk", kdf=KdfParameters.for_tests()
        )

    session = made(tmp_path / "case")
    session.backups.make_in(tmp_path)
    session.close()
    backup = next(tmp_path.glob("*.poruch-backup"))
    (tmp_path / ".stfolder").mkdir()
    before = _content(tmp_path)
    for attempt in (
        lambda: made(tmp_path / "new"),
        lambda: bootstrap.open_case_file(tmp_path / "case"),
        lambda: at_once(putting_back.restoring_backup(backup, tmp_path / "restored", WORDS)),
    ):
        with pytest.raises(KnownError) as raised:
            attempt()
        assert raised.value.code is Code.PLACE_SYNCED
    assert _content(tmp_path) == before
    (tmp_path / ".stfolder").rmdir()
    bootstrap.open_case_file(tmp_path / "case").unlock(WORDS).close()
