"""Power cuts, replayed: what the disk may hold after one at any moment, not what a killed process leaves.

A kill loses nothing that was written; a power cut loses whatever was not synced yet, in any selection and
torn in the middle of a page. `strace` records every write, cut, rename and sync of a real process that saves
one thing after the other and says each time that it is saved. From that every state is made that a disk may
hold: what was synced is there; of the rest each write is there, is not, or is there in sectors; names change
in order, and as far as chance says. Every state is opened, read and verified: what was acknowledged is there,
nothing is half done, and it opens.

Source: security.md, *Threats*, "kill and power cut".
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.domain.errors import KnownError
from app.domain.progress import at_once
from app.services.consent import AnswerDraft, RecordConversation
from app.services.own_passphrase import ChangePassphrase
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.session import Session
from tests.services.office import OFFICER, add_mother, add_prisoner, an_office

_ROOT: Final = Path(__file__).resolve().parents[2]
_SECTOR: Final = 512
_SAVES: Final = 12
_TALK: Final = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
_CALLS: Final = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat2,unlink,unlinkat,link"
_LINE: Final = re.compile(r"^(?P<call>\w+)\((?P<said>.*)\)\s+= (?P<gave>-?\d+)")
_FD: Final = re.compile(r"^(?P<fd>\d+)<(?P<path>[^>]*)>")
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_ACK: Final = "saved "


@attrs.frozen
class Step:
    """One thing a process did to the folder.

    Attributes:
        what: "write", "size", "sync", "new", "move", "gone", "sync names" or "saved".
        inode: of which file; 0 where it is about names.
        place: where in the file; the size; how many entries of the log are acknowledged.
        data: what was written.
        name, to: of a file in the folder.
    """

    what: str
    inode: int = 0
    place: int = 0
    data: bytes = attrs.field(default=b"", repr=False)
    name: str = ""
    to: str = ""


@attrs.frozen
class Film:
    """A folder as it was, and everything that was done to it in order.

    Attributes:
        names: the file under each name at the start.
        contents: what is in each file at the start.
        passphrases: of which at least one opens it, whatever happened.
    """

    names: dict[str, int]
    contents: dict[int, bytes] = attrs.field(repr=False)
    steps: tuple[Step, ...] = attrs.field(repr=False)
    passphrases: tuple[str, ...]


@attrs.frozen
class Outcome:
    """What came of one power cut; `wrong` in words, empty where everything is as promised."""

    operation: str
    seed: int
    wrong: str


def saves(folder: str) -> None:
    """Save one thing after the other, open and closed ones, and say of each when it is saved. In a child."""
    session = bootstrap.open_case_file(Path(folder)).unlock(OFFICER)
    rows = session.prisoners.rows()
    mother = session.relatives.rows()[0].id
    for number in range(_SAVES):
        if number % 3 == 0:
            row = session.prisoners.row(rows[number % len(rows)].id)
            session.prisoners.edit(EditPrisoner(row.id, row.version, {"working_notes": f"{number} " * 400}))
        elif number % 3 == 1:
            answer = AnswerDraft("photo", "given" if number % 2 else "refused")
            session.consent.record(RecordConversation(mother, _TALK, (answer,)))
        else:
            session.prisoners.place_hold(PlaceHold("prisoner", rows[number % len(rows)].id, "danger"))
        _say_saved(session)
    session.close()


def passphrase(folder: str) -> None:
    """Change a passphrase twice, there and back. In a child."""
    session = bootstrap.open_case_file(Path(folder)).unlock(OFFICER)
    for old, new in ((OFFICER, _NEW), (_NEW, OFFICER)):
        at_once(session.own_passphrase.changing(ChangePassphrase(old, new)))
        _say_saved(session)
    session.close()


_NEW: Final = "walnut ribbon glacier tulip anchor velvet"
OPERATIONS: Final[dict[str, tuple[Callable[[str], None], tuple[str, ...]]]] = {
    "saving": (saves, (OFFICER,)),
    "a passphrase changed": (passphrase, (OFFICER, _NEW)),
}


def _say_saved(session: Session) -> None:
    os.write(1, f"{_ACK}{session.log.state().entries}\n".encode())


def make_ground(folder: Path) -> Path:
    """A case file with people and a family; gives where it lies."""
    office = an_office(folder)
    with office.as_person(OFFICER) as session:
        prisoners = [add_prisoner(session, family_name=f"Example{number}") for number in range(4)]
        add_mother(session, prisoners[0])
    return office.folder


def film(ground: Path, work: Path, operation: str) -> Film:
    """Run an operation in a child on a copy of the ground and keep everything it does to the folder."""
    child, passphrases = OPERATIONS[operation]
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(ground, work / "casefile")
    folder = (work / "casefile").resolve()
    names = {path.name: number for number, path in enumerate(sorted(folder.iterdir()), start=1)}
    contents = {number: (folder / name).read_bytes() for name, number in names.items()}
    log = work / "strace"
    code = f"from tests.faults import power_cuts; power_cuts.{child.__name__}({str(folder)!r})"
    command = ["strace", "-o", str(log), "-y", "-xx", "-s", "4000000", "-e", f"trace={_CALLS}"]
    subprocess.run([*command, sys.executable, "-c", code], cwd=_ROOT, check=True, capture_output=True)
    steps = tuple(_steps(log.read_text("ascii", "replace").splitlines(), folder, dict(names)))
    return Film(names, contents, steps, passphrases)


def _steps(lines: Sequence[str], folder: Path, names: dict[str, int]) -> Iterator[Step]:
    places: dict[int, int] = {}
    for line in lines:
        found = _LINE.match(line)
        if found is None or int(found["gave"]) < 0:
            continue
        call, said, gave = found["call"], found["said"], int(found["gave"])
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(said)]
        if call in ("rename", "renameat2", "unlink", "unlinkat", "openat", "link"):
            yield from _of_names(call, said, gave, texts, folder, names, places)
            continue
        place = _FD.match(said)
        if place is None:
            continue
        path = Path(_plain(place["path"]))
        if call == "write" and texts and texts[0].startswith(_ACK.encode()):
            yield Step("saved", place=int(texts[0].split()[1]))
        elif path == folder:
            if call in ("fsync", "fdatasync"):
                yield Step("sync names")
        elif path.parent == folder and path.name in names:
            yield _of_data(call, said, texts, names[path.name], (int(place["fd"]), gave), places)


def _of_names(
    call: str,
    said: str,
    gave: int,
    texts: list[bytes],
    folder: Path,
    names: dict[str, int],
    places: dict[int, int],
) -> Iterator[Step]:
    paths = [Path(os.fsdecode(text)) for text in texts]
    if not paths or any(path.parent != folder for path in paths):
        return
    name = paths[0].name
    if call == "openat":
        places[gave] = 0
        if name not in names and "O_CREAT" in said:
            names[name] = max(names.values(), default=0) + 1000
            yield Step("new", names[name], name=name)
        elif "O_TRUNC" in said and name in names:
            yield Step("size", names[name])
    elif call.startswith("rename"):
        names[paths[1].name] = names.pop(name)
        yield Step("move", name=name, to=paths[1].name)
    elif call.startswith("unlink"):
        names.pop(name, None)
        yield Step("gone", name=name)
    else:
        raise NotImplementedError(call)


def _of_data(
    call: str, said: str, texts: list[bytes], inode: int, done: tuple[int, int], places: dict[int, int]
) -> Step:
    fd, gave = done
    match call:
        case "pwrite64":
            return Step("write", inode, int(said.rsplit(", ", 1)[1]), texts[0][:gave])
        case "write":
            place = places.get(fd, 0)
            places[fd] = place + gave
            return Step("write", inode, place, texts[0][:gave])
        case "ftruncate":
            return Step("size", inode, int(said.rsplit(", ", 1)[1]))
    return Step("sync", inode)


def _plain(said: str) -> str:
    """A path as `-y` shows it, where it may be written in hexadecimal."""
    return os.fsdecode(bytes.fromhex(said.replace("\\x", ""))) if said.startswith("\\x") else said


def disk(film: Film, moment: int, chance: random.Random) -> dict[str, bytes]:
    """What the folder may hold if power goes after so many steps."""
    done = film.steps[:moment]
    kept = {one.inode: place for place, one in enumerate(done) if one.what == "sync"}
    share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
    data = {inode: bytearray(content) for inode, content in film.contents.items()}
    for place, one in enumerate(done):
        if one.what not in ("write", "size"):
            continue
        synced = place < kept.get(one.inode, -1)
        if not synced and chance.random() >= share:
            continue
        content = data.setdefault(one.inode, bytearray())
        if one.what == "size":
            del content[one.place :]
            content.extend(bytes(one.place - len(content)))
        else:
            _put(content, one, None if synced or chance.random() < 0.7 else chance)
    return {name: bytes(data.get(inode, b"")) for name, inode in _names(film, done, chance).items()}


def _put(content: bytearray, one: Step, torn: random.Random | None) -> None:
    end = one.place + len(one.data)
    content.extend(bytes(max(0, end - len(content))))
    if torn is None:
        content[one.place : end] = one.data
        return
    for start in range(0, len(one.data), _SECTOR):
        if torn.random() < 0.5:
            sector = one.data[start : start + _SECTOR]
            content[one.place + start : one.place + start + len(sector)] = sector


def _names(film: Film, done: Sequence[Step], chance: random.Random) -> dict[str, int]:
    """Names change in order: those synced, and some more."""
    changes = [(place, one) for place, one in enumerate(done) if one.what in ("new", "move", "gone")]
    last = max((place for place, one in enumerate(done) if one.what == "sync names"), default=-1)
    sure = sum(place < last for place, _one in changes)
    names = dict(film.names)
    for _place, one in changes[: chance.randint(sure, len(changes))]:
        match one.what:
            case "new":
                names[one.name] = one.inode
            case "move":
                names[one.to] = names.pop(one.name)
            case "gone":
                names.pop(one.name, None)
    return names


def tried(film: Film, operation: str, seed: int, work: Path) -> Outcome:
    """One power cut, at a moment and with a selection of chance."""
    chance = random.Random(seed)
    moment = chance.randrange(len(film.steps) + 1)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name, content in disk(film, moment, chance).items():
        (work / name).write_bytes(content)
    saved = [one.place for one in film.steps[:moment] if one.what == "saved"]
    coming = next((one.place for one in film.steps[moment:] if one.what == "saved"), None)
    return Outcome(operation, seed, _wrong(work, film.passphrases, saved[-1] if saved else 0, coming))


def _wrong(work: Path, passphrases: Sequence[str], saved: int, coming: int | None) -> str:
    said = ""
    for words in passphrases:
        try:
            session = bootstrap.open_case_file(work).unlock(words)
        except KnownError as error:
            said = f"does not open: {error.code}"
            continue
        try:
            found = session.log.verify()
        except KnownError as error:
            return f"cannot be read: {error.code}"
        finally:
            session.close()
        if not found.ok:
            return f"found: {sorted({one.code for one in found.findings})}"
        if found.entries < saved:
            return f"{saved - found.entries} acknowledged entries lost"
        if coming is not None and found.entries > coming:
            return "more than was done"
        return ""
    return said


def films(folder: Path) -> dict[str, Film]:
    """What every operation did, each on its own copy of the same case file."""
    ground = make_ground(folder / "ground")
    return {name: film(ground, folder / name.replace(" ", "-"), name) for name in OPERATIONS}


def cut(films: Mapping[str, Film], folder: Path, count: int, seed: int) -> Iterator[Outcome]:
    """So many power cuts, the operations in turn."""
    names = list(films)
    for number in range(count):
        name = names[number % len(names)]
        yield tried(films[name], name, seed * 1_000_000 + number, folder / "work")


def table(found: Sequence[Outcome]) -> str:
    """What came of them, by operation."""
    lines = ["| power cut while | states | not as promised |", "|---|---|---|"]
    counts, wrong = (
        Counter(one.operation for one in found),
        Counter(one.operation for one in found if one.wrong),
    )
    lines += [f"| {name} | {number} | {wrong[name]} |" for name, number in counts.items()]
    return "\n".join(lines)
