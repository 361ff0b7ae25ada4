"""Protects: a confidential file opens by a yes to quiet advocacy for that very institution, with nothing of
health or family; a pack for everybody gives an address only where letters from everybody were agreed to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Charge, Incident, Sentence
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.reports import MakeReport
from app.services.session import Session
from tests.canaries import RELATIVE_ADDRESS, leaks_in_folder
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_TALK: Final = {"channel": "signal", "verified_by": "call_back", "whereabouts": "outside"}
_ADDRESS: Final = "ПК-4, 246035, г. Гомель, вул. Прыкладная, 3"
COMMITTEE: Final = "Committee on Human Rights"


@attrs.frozen
class Told:
    """Three prisoners: quiet advocacy at one committee; everything in public; in public, and no letters."""

    office: Office
    quiet: str
    public: str
    no_letters: str

    def file(self, *prisoners: str, to: str = COMMITTEE, language: str = "en") -> MakeReport:
        """The confidential file about these."""
        formats = ("pdf", "docx", "html")
        return MakeReport("confidential_advocacy", language, formats, prisoners=prisoners, recipients=(to,))


def _say(session: Session, mother: str, *answers: tuple[str, str, tuple[str, ...]]) -> None:
    drafts = tuple(AnswerDraft(what, "given", whom, names) for what, whom, names in answers)
    session.consent.record(RecordConversation(mother, {**_TALK, "direction": "they_came"}, drafts))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Shared by this module: no test changes what was said."""
    from tests.services.office import an_office

    office = an_office(tmp_path_factory.mktemp("kinds") / "casefile")
    with office.as_person(COORDINATOR) as session:
        where = session.facilities.save(
            SaveFacility({"name": "Colony", "number": "4", "address_cyrillic": _ADDRESS})
        ).id
        more: dict[str, Any] = {"facility": where, "accepts_letters": "yes"}
        quiet = add_prisoner(session, **more, **_DETAILS)
        public = add_prisoner(session, family_name="Harbuzava", given_name="Palina", **_envelope("П"), **more)
        less = add_prisoner(session, family_name="Zhytnik", given_name="Adam", **_envelope("А"), **more)
        mother = add_mother(session, quiet)
        _say(session, mother, ("contact", "internal", ()))
        _say(session, mother, ("confidential_advocacy", "named_institution", (COMMITTEE,)))
        everything = ("name", "case_detail", "letters")
        _say(session, add_mother(session, public), *((one, "public", ()) for one in everything))
        _say(session, add_mother(session, less), *((one, "public", ()) for one in everything[:2]))
    with office.as_person(OFFICER) as session:
        for waits in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(waits.id, waits.part, granted=True))
    return Told(office, quiet, public, less)


def _envelope(first: str) -> dict[str, Any]:
    return {"envelope_name": f"{first} Канвертная"}


_DETAILS: Final[dict[str, Any]] = {
    "citizenships": ("BY", "PL"),
    "categories": ("journalist",),
    "working_notes": RELATIVE_ADDRESS,
    "vulnerability": ("serious_illness",),
    "charges": (Charge(article="342", part="1"),),
    "sentences": (
        Sentence(
            term_months=30,
            term_text="30 months",
            penalty="colony",
            regime="general",
            verdict_on=PartialDate(2022, 5, 12),
        ),
    ),
    "incidents": (
        Incident("transfer", PartialDate(2023, 6), place=RELATIVE_ADDRESS),
        Incident("hospital", PartialDate(2023, 7)),
        Incident("visit", PartialDate(2023, 8)),
        Incident("other", PartialDate(2023, 9)),
    ),
}


def _made(session: Session, command: MakeReport) -> str:
    return session.reports.make(command).id


def _page(told: Told, command: MakeReport, who: str = COORDINATOR) -> str:
    with told.office.as_person(who) as session:
        return session.reports.content(_made(session, command), "html").decode("utf-8")


def _refused(told: Told, command: MakeReport, who: str = COORDINATOR) -> Code:
    with told.office.as_person(who) as session, pytest.raises(KnownError) as refused:
        session.reports.make(command)
    return refused.value.code


# the confidential file


@pytest.mark.parametrize("who", [COORDINATOR, REPORTS])
def test_it_says_the_case_in_detail_and_nothing_of_health_or_family(
    told: Told, tmp_path: Path, who: str
) -> None:
    with told.office.as_person(who) as session:
        report = _made(session, told.file(told.quiet))
        page = session.reports.content(report, "html").decode("utf-8")
    assert "Persecuted as, or for: Journalist" in page
    assert "Citizenship: Belarus, Poland" in page
    assert "Sentence: Penal colony, 2 years 6 months, General regime, 12 May 2022" in page
    assert "What happened: Moved, June 2023<" in page
    assert not [
        word for word in ("ospital", "Visit", "llness", "omething else", "Канарэйкавая") if word in page
    ]
    with told.office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert leaks_in_folder(tmp_path / "out") == {}


@pytest.mark.parametrize("who", [COORDINATOR, REPORTS])
def test_it_opens_by_a_yes_to_quiet_advocacy_for_that_institution_alone(told: Told, who: str) -> None:
    assert _refused(told, told.file(told.quiet, to="Ministry of Health"), who) is Code.REPORT_CARRIES_NOBODY
    assert _refused(told, told.file(told.public), who) is Code.REPORT_CARRIES_NOBODY
    both = _page(told, told.file(told.quiet, told.public), who)
    assert "Harbuzava" not in both
    assert "Zhawnyarovich" in both


def test_it_is_about_few_people_who_were_chosen(told: Told) -> None:
    assert _refused(told, told.file()) is Code.REPORT_TOO_MANY
    many = tuple(f"{number:032x}" for number in range(11))
    assert _refused(told, told.file(*many)) is Code.REPORT_TOO_MANY


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de-CH", "Urteil: Strafkolonie, 2 Jahre 6 Monate, Allgemeine Haftbedingungen, 12. Mai 2022"),
        ("ru", "Приговор: Исправительная колония, 2 года 6 месяцев, Общий режим, 12 мая 2022"),
        ("pl", "Wyrok: Kolonia karna, 2 lata 6 miesięcy, Rygor ogólny, 12 maja 2022"),
    ],
)
def test_it_is_said_in_the_language_of_the_institution(told: Told, language: str, words: str) -> None:
    assert words in _page(told, told.file(told.quiet, language=language))


def test_the_command_line_chooses_by_reference(told: Told, poruch: Run, tmp_path: Path) -> None:
    with told.office.as_person(COORDINATOR) as session:
        reference = session.prisoners.row(told.quiet).reference
    copy = told.office.copied(tmp_path / "copy")  # a program of its own has the true clock
    asked = ("report", copy.folder, "--kind", "confidential_advocacy", "--out", tmp_path / "out")
    to = ("--recipient", COMMITTEE, "--prisoner")
    code, said, _wrong = poruch(COORDINATOR, *asked, *to, reference)
    assert (code, "1 person named" in said) == (4, True)
    code, _said, wrong = poruch(COORDINATOR, *asked, *to, "BY-999")
    assert (code, "--prisoner" in wrong) == (2, True)


# the pack for a day of solidarity


@pytest.mark.parametrize("who", [COORDINATOR, REPORTS])
def test_an_address_stands_beside_who_may_get_letters_from_everybody(told: Told, who: str) -> None:
    page = _page(told, MakeReport("solidarity_day", "en", ("pdf", "docx", "html")), who)
    assert "Zhawnyarovich" not in page
    assert "Harbuzava" in page
    assert "Zhytnik" in page
    assert page.count(_ADDRESS) == 1
    assert page.index("On the envelope: П Канвертная") < page.index(_ADDRESS)
    assert "А Канвертная" not in page
    assert "Say their names today" in page
