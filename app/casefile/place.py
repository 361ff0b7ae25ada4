"""Where a case file may lie: on a disk only this computer writes to.

On another computer's disk two programs can hold the lock at once. A program that keeps folders in step knows
no lock: it brings an older copy over a newer one, or leaves two. Both are refused before anything is opened
or made. What is not known to be either is used: `app.storage.beneath` sees the harm where it would happen.

Source: security.md, *One writer*; sqlite.org/faq.html#q5 (locks on network drives).
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs
import psutil

from app.domain.errors import Code, KnownError

_NETWORK: Final = frozenset(
    {
        *("afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "ftp", "gfs2", "glusterfs", "gpfs"),
        *("lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "smb2", "smb3", "smbfs", "webdav"),
    }
)
"""By the names Linux and macOS give them."""
_NETWORK_FUSE: Final = re.compile(
    r"fuse\.(afpfs|ceph|curlftpfs|davfs2?|gcsfuse|gdrive|glusterfs|google-drive|gvfsd|jmtpfs|mega|onedriver"
    r"|pcloud|portal|rclone|s3fs|smbnetfs|sshfs)",
    re.IGNORECASE,
)
_MARKS: Final[tuple[tuple[str, str], ...]] = (
    (r"\.dropbox(\.cache)?", "Dropbox"),
    (r"\.(owncloudsync|nextcloudsync)\.log|\._?sync_[0-9a-f]+\.db", "Nextcloud"),
    (r"\.stfolder( \(.*\))?", "Syncthing"),
    (r"\.tmp\.drive(download|upload)", "Google Drive"),
    (r"\.849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (r"\.megaignore", "MEGA"),
    (r"\.seafile-data|\.seafile-sync", "Seafile"),
)
"""What such a program leaves in the top folder it keeps in step."""
_MARK: Final = tuple((re.compile(pattern), service) for pattern, service in _MARKS)
_ROOTS: Final[tuple[tuple[str, str], ...]] = (
    ("Library/Mobile Documents", "iCloud"),
    ("Library/CloudStorage", "A cloud service"),
    ("iCloudDrive", "iCloud"),
)
"""Under the home of a person on macOS and Windows."""
_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_MOST_NAMES: Final = 20_000
_CLOUD_TAG: Final = 0x9000_001A  # IO_REPARSE_TAG_CLOUD; the masked digit numbers its variants
_CLOUD_MASK: Final = 0xFFFF_0FFF


@attrs.frozen
class Mounted:
    """One file system as the computer knows it.

    Attributes:
        at: folder it is seen at.
        kind: its name, as `nfs4` or `ext4`.
        remote: whether the system itself says that it lies elsewhere (Windows).
    """

    at: str
    kind: str
    remote: bool = False


def mounted() -> list[Mounted]:
    """Every file system of this computer; a dead network drive is listed without being asked."""
    with suppress(OSError, psutil.Error):
        parts = psutil.disk_partitions(all=True)
        return [Mounted(one.mountpoint, one.fstype, "remote" in one.opts.split(",")) for one in parts]
    return []


@attrs.frozen
class Surroundings:
    """What there is to know about this computer, so that tests bring their own.

    Attributes:
        mounted: gives every file system.
        home: of the person.
        environment: variables of the process.
    """

    mounted: Callable[[], Iterable[Mounted]] = mounted
    home: Path = attrs.field(factory=Path.home)
    environment: Mapping[str, str] = attrs.field(factory=lambda: os.environ)


def check_place(folder: Path, around: Surroundings | None = None) -> None:
    """Refuse a place where this program would not be the only one that writes.

    Args:
        folder: of a case file, or where one is to be made.
        around: this computer, if none is given.

    Raises:
        KnownError: PLACE_NETWORK; PLACE_SYNCED (detail `service`).
    """
    here = around or Surroundings()
    where = Path(os.path.realpath(folder))
    if _is_remote(where, here.mounted()):
        raise KnownError(Code.PLACE_NETWORK)
    service = _kept_in_step_by(where, here)
    if service:
        raise KnownError(Code.PLACE_SYNCED, service=service)


def _is_remote(where: Path, file_systems: Iterable[Mounted]) -> bool:
    if str(where).startswith(("\\\\", "//")):
        return True
    holding: Mounted | None = None
    for one in file_systems:  # the longest name, and of equal ones the last: it lies on top
        if where.is_relative_to(one.at) and (holding is None or len(one.at) >= len(holding.at)):
            holding = one
    if holding is None:
        return False
    return holding.remote or holding.kind in _NETWORK or bool(_NETWORK_FUSE.match(holding.kind))


def _kept_in_step_by(where: Path, here: Surroundings) -> str:
    """Name of the program that keeps the place in step, or an empty one."""
    for root, service in _named_roots(here):
        if where.is_relative_to(root):
            return service
    for folder in (where, *where.parents):
        found = _mark_in(folder)
        if found:
            return found
        if _is_cloud(folder):
            return "OneDrive"
    return ""


def _named_roots(here: Surroundings) -> Iterable[tuple[Path, str]]:
    for name in _VARIABLES:
        if here.environment.get(name):
            yield Path(os.path.realpath(here.environment[name])), "OneDrive"
    for name, service in _ROOTS:
        yield Path(os.path.realpath(here.home / name)), service
    yield from ((root, "Dropbox") for root in _dropbox_roots(here.home))


def _dropbox_roots(home: Path) -> Iterable[Path]:
    """Folders Dropbox says it keeps; it leaves no mark in some of them."""
    for place in (home / ".dropbox" / "info.json", home / "AppData" / "Local" / "Dropbox" / "info.json"):
        with suppress(OSError, ValueError):
            accounts = json.loads(place.read_text(encoding="utf-8"))
            for account in accounts.values() if isinstance(accounts, dict) else ():
                path = account.get("path") if isinstance(account, dict) else None
                if isinstance(path, str) and path:
                    yield Path(os.path.realpath(path))


def _mark_in(folder: Path) -> str:
    with suppress(OSError), os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number > _MOST_NAMES:
                break
            if not entry.name.startswith("."):
                continue
            for pattern, service in _MARK:
                if pattern.fullmatch(entry.name):
                    return service
    return ""


def _is_cloud(folder: Path) -> bool:
    """Whether Windows says that a cloud service provides this folder."""
    with suppress(OSError):
        found = folder.lstat()
        attributes = getattr(found, "st_file_attributes", 0)
        tag = getattr(found, "st_reparse_tag", 0)
        reparse = attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT
        return bool(reparse) and tag & _CLOUD_MASK == _CLOUD_TAG
    return False
