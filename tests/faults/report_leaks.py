"""Random case files, every kind of report in every format: nothing in a file that was not decided for it.

Each case file is an office of four with a few prisoners whose every text is a made-up word of its own, and
families planted with canaries; what relatives said, stopped, took back and what a second person agreed to is
random. Every shipped kind is then made in every format and read with nothing of ours: the bytes are unpacked
and searched for canaries in every encoding, and every made-up word found has to be one that a decision asked
for alone (one prisoner, one field) allows today. Half of the reports made are approved by the officer, who
composes them again from the ledger: other bytes than the kept ones would be refused.
Seeded: the same number, the same case files.

Source: security.md, *Threats*, "careless report"; reports.md, *The verifier*.
"""

from __future__ import annotations

import io
import random
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import attrs
from pypdf import PdfReader

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.prisoner import OtherName
from app.domain.public_texts import PublicText
from app.reports.kind_file import shipped
from app.reports.kinds import Audience, Ground, ReportKind
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.godparents import CreateGodparent, StartGodparenthood
from app.services.relatives import AddRelative
from app.services.reports import MakeReport
from app.services.session import Session
from tests import canaries, unwiped
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, an_office

COMMITTEE: Final = "Committee on Invented Affairs"
_MONTH: Final = Period(date(2026, 11, 1), date(2026, 11, 30))
_LAST_MONTH: Final = Period(date(2026, 10, 1), date(2026, 10, 31))
_QUARTER: Final = Period(date(2026, 7, 1), date(2026, 9, 30))
_TALK: Final = {
    "channel": "signal",
    "verified_by": "call_back",
    "whereabouts": "outside",
    "direction": "they_came",
}
_PURPOSES: Final = ("name", "case_detail", "letters", "confidential_advocacy", "photo", "statistics")
_REFUSED: Final = frozenset({Code.REPORT_CARRIES_NOBODY, Code.REPORT_TOO_FEW})
"""What may be said instead of making one: nobody in it, or too few for figures."""
_PATHS: Final[Mapping[str, tuple[str, ...]]] = {
    "given_name": ("given_name",),
    "family_name": ("family_name",),
    "envelope_name": ("envelope_name",),
    "other_names": ("other_names",),
    "public_summary": ("public_summary",),
}
"""Fields of a prisoner whose text is a word of its own, as decisions call them."""
_SEALED: Final = ("patronymic", "occupation", "working_notes")


@attrs.frozen
class Word:
    """One made-up word: whose, of which field; nobody's field is never told."""

    text: str
    prisoner: str
    field: str


@attrs.frozen
class CaseGround:
    """A random case file and every word in it."""

    office: Office
    prisoners: tuple[str, ...]
    words: tuple[Word, ...]
    godparent: str


@attrs.frozen
class Outcome:
    """What came of one kind in one case file.

    Attributes:
        kind: of report.
        end: `made`, `approved`, `nobody` or `wrong`.
        files: how many were read.
        told: how many made-up words stood in them, each allowed.
        wrong: what is not as promised, without the words.
    """

    kind: str
    end: str
    files: int = 0
    told: int = 0
    wrong: str = ""


def outcomes(folder: Path, count: int, seed: int, workers: int = 1) -> Iterator[Outcome]:
    """Every kind over so many random case files, in the order of their numbers."""
    over = partial(of_one, folder, seed)
    if workers == 1:
        yield from chain.from_iterable(map(over, range(count)))
        return
    spawned = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawned, initializer=unwiped.install) as pool:
        yield from chain.from_iterable(pool.map(over, range(count)))


def of_one(folder: Path, seed: int, number: int) -> list[Outcome]:
    """Every kind over one random case file."""
    chance = random.Random(f"{seed}/{number}")
    place = folder / str(number)
    try:
        ground = make_ground(place, chance)
        return [tried(ground, kind, place, chance) for kind in shipped()]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def make_ground(place: Path, chance: random.Random) -> CaseGround:
    """A random case file."""
    office = an_office(place / "case")
    words: list[Word] = []
    with office.as_person(COORDINATOR) as session:
        values = {"family_name": "Musterfrau", "given_name": "Anna", "protocol_version": "2"}
        godparent = session.godparents.create(CreateGodparent(values)).id
        prisoners = [_prisoner(session, chance, words) for _ in range(chance.randint(2, 7))]
        for prisoner in chance.sample(prisoners, chance.randint(0, len(prisoners))):
            session.godparents.propose(StartGodparenthood(prisoner, godparent, "accepted"))
        for prisoner in prisoners:
            for relation in _family(chance):
                _relative(session, chance, prisoner, relation, godparent)
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            if chance.random() < 0.9:
                answer = CountersignAnswer(waits.id, waits.part, granted=chance.random() < 0.9)
                session.consent.countersign(answer)
    return CaseGround(office, tuple(prisoners), tuple(words), godparent)


def _prisoner(session: Session, chance: random.Random, words: list[Word]) -> str:
    made = {name: _word(chance) for name in (*_PATHS, *_SEALED)}
    place = {name: _word(chance) for name in ("name", "town")}
    facility = session.facilities.save(SaveFacility(place)).id
    prisoner = add_prisoner(
        session,
        given_name=made["given_name"],
        family_name=made["family_name"],
        patronymic=made["patronymic"],
        envelope_name=made["envelope_name"],
        occupation=made["occupation"],
        working_notes=f"{made['working_notes']} {canaries.NOTE}",
        other_names=(OtherName(language="be", family_name=made["other_names"], given_name=""),),
        public_summary=(PublicText(language="en", text=f"About {made['public_summary']}.", translator="K."),),
        born=PartialDate(chance.randint(1950, 2007), 11, chance.randint(1, 28)),
        detained_on=PartialDate(2020, chance.randint(1, 12)),
        accepts_letters=chance.choice(("yes", "yes", "yes", "no", "")),
        sex=chance.choice(("male", "female", "")),
        status=chance.choice(("penal_colony", "pre_trial", "released")),
        vulnerability=chance.choice(((), ("health",))),
        facility=facility,
    )
    words += [Word(text, prisoner, name) for name, text in made.items()]
    words += [Word(text, prisoner, "facility") for text in place.values()]
    return prisoner


def _family(chance: random.Random) -> Sequence[str]:
    """Mostly a mother, whose word counts without a mandate; now and then somebody beside her, or nobody."""
    beside = [one for one in ("brother", "wife") if chance.random() < 0.15]
    return [*(["mother"] if chance.random() < 0.85 else []), *beside]


def _relative(session: Session, chance: random.Random, prisoner: str, relation: str, godparent: str) -> None:
    identity = {
        "full_name": chance.choice(
            (canaries.RELATIVE_NAME, canaries.RELATIVE_NAME_BE, canaries.RELATIVE_NAME_RU)
        ),
        "phones": (canaries.RELATIVE_PHONE,),
        "handles": (canaries.RELATIVE_HANDLE,),
        "place": canaries.RELATIVE_ADDRESS,
    }
    values = {"relation": relation, "nickname": "gardener", "whereabouts": "outside", "note": canaries.NOTE}
    relative = session.relatives.add(AddRelative(prisoner, values, identity)).id
    said = [AnswerDraft("contact", "given", "internal")]
    to_all = chance.random() < 0.7  # somebody who says yes to everybody, or this to one and that to another
    for purpose in chance.sample(_PURPOSES, chance.randint(len(_PURPOSES) - 2, len(_PURPOSES))):
        said.append(_answer(chance, purpose, godparent, to_all=to_all))
    later = [_answer(chance, chance.choice(_PURPOSES), godparent)] if chance.random() < 0.25 else []
    for drafts in (said, later):
        if drafts:
            session.consent.record(RecordConversation(relative, _TALK, tuple(drafts)))


def _answer(chance: random.Random, purpose: str, godparent: str, *, to_all: bool = False) -> AnswerDraft:
    if chance.random() < 0.06:
        return AnswerDraft(purpose, "refused")
    audience = chance.choice(("public", "all_godparents", "named_godparent", "named_institution"))
    audience = "public" if to_all else audience
    if purpose in ("confidential_advocacy", "statistics"):
        audience = "named_institution" if purpose == "confidential_advocacy" else ""
    whom = {"named_godparent": (godparent,), "named_institution": (COMMITTEE,)}.get(audience, ())
    return AnswerDraft(purpose, "given", audience, whom)


def _word(chance: random.Random) -> str:
    """Six syllables nobody's language has; long enough to stand in nothing by chance."""
    return "".join(chance.choice("bdgkpt") + chance.choice("oua") for _ in range(6)).capitalize()


def tried(ground: CaseGround, kind: ReportKind, place: Path, chance: random.Random) -> Outcome:
    maker = OFFICER if kind.audits or not kind.columns else COORDINATOR
    with ground.office.as_person(maker) as session:
        try:
            report = session.reports.make(_command(ground, kind, chance)).id
        except KnownError as error:
            return Outcome(kind.name, "nobody" if error.code in _REFUSED else "wrong", wrong=_said(error))
        kept = {one: session.reports.content(report, one) for one in kind.formats}
    with ground.office.as_person(OFFICER) as session:
        allowed = _allowed(session, ground, kind)
        wrong, told = read(kept, ground, allowed, place)
        if wrong or maker == OFFICER or chance.random() < 0.5:
            return Outcome(kind.name, "wrong" if wrong else "made", len(kept), told, wrong)
        out = place / f"out-{kind.name}"
        out.mkdir()
        try:
            session.approval.approve(ApproveReport(report, out))
        except KnownError as error:
            return Outcome(kind.name, "wrong", len(kept), told, _said(error))
    left = sorted(file.read_bytes() for file in out.iterdir())
    same = left == sorted(kept.values())
    return Outcome(kind.name, "approved" if same else "wrong", len(kept), told, "" if same else "other bytes")


def _said(error: KnownError) -> str:
    return "" if error.code in _REFUSED else str(error.code)


def _command(ground: CaseGround, kind: ReportKind, chance: random.Random) -> MakeReport:
    to = {Audience.INSTITUTION: (COMMITTEE,), Audience.GODPARENT: (ground.godparent,)}.get(kind.audience, ())
    chosen = (
        tuple(chance.sample(ground.prisoners, min(kind.most, len(ground.prisoners)))) if kind.most else ()
    )
    counted = _QUARTER if kind.sized else _LAST_MONTH if kind.counts_only else _MONTH
    period = counted if kind.takes_period else None
    language = chance.choice(kind.languages)
    return MakeReport(kind.name, language, kind.formats, chosen, recipients=to, period=period)


def _allowed(session: Session, ground: CaseGround, kind: ReportKind) -> frozenset[tuple[str, str]]:
    """Prisoner and field, each asked for by itself; what the kind does not list is nowhere."""
    to = {Audience.INSTITUTION: (COMMITTEE,), Audience.GODPARENT: (ground.godparent,)}.get(kind.audience, ())
    found = set()
    for wanted in kind.decided():
        for prisoner in ground.prisoners:
            said = session.consent.decision(
                prisoner, wanted.purpose, _AUDIENCES[kind.audience], to, (wanted.field,)
            )
            on = {str(ground) for ground in wanted.grounds or Ground}
            if said.allowed and wanted.field in said.fields and str(said.ground) in on:
                found.add((prisoner, wanted.field))
    return frozenset(found)


_AUDIENCES: Final = {
    Audience.PUBLIC: "public",
    Audience.ALL_GODPARENTS: "all_godparents",
    Audience.GODPARENT: "named_godparent",
    Audience.INSTITUTION: "named_institution",
    Audience.INTERNAL: "internal",
}


def read(
    kept: Mapping[str, bytes], ground: CaseGround, allowed: frozenset[tuple[str, str]], place: Path
) -> tuple[str, int]:
    """What stands in the files that nobody decided, and how many words were told rightly."""
    told = 0
    for name, content in kept.items():
        path = place / f"read.{name}"
        path.write_bytes(content)
        if canaries.leaks_in_file(path):
            return f"a canary in {name}", told
        text = _text(name, content, path)
        for word in ground.words:
            if _plain(word.text) not in text:
                continue
            if (word.prisoner, word.field) not in allowed:
                return f"{word.field} in {name}", told
            told += 1
    return "", told


def _text(name: str, content: bytes, path: Path) -> str:
    """Everything readable in a file, without any reader of ours."""
    if name == "pdf":
        return _plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    return _plain(" ".join(part.decode("utf-8", "ignore") for part in canaries.parts_of(path)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def table(found: Sequence[Outcome]) -> str:
    """What came of them, kind by kind."""
    lines = ["| kind | made | approved | nobody in it | files read | words told, each allowed | wrong |"]
    lines.append("|---|---|---|---|---|---|---|")
    for kind in dict.fromkeys(one.kind for one in found):
        mine = [one for one in found if one.kind == kind]
        ends = Counter(one.end for one in mine)
        files, told = sum(one.files for one in mine), sum(one.told for one in mine)
        lines.append(
            f"| {kind} | {ends['made'] + ends['approved']} | {ends['approved']} | {ends['nobody']} | {files} "
            f"| {told} | {ends['wrong']} |"
        )
    return "\n".join(lines)
