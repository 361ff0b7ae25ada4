"""Protects: own words in a message name nobody else, in no spelling, and stay words whatever they are."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import attrs
import pytest

import resources
from app.domain.errors import Code, KnownError
from app.i18n import translator
from app.reports.composed import Block, ComposedReport
from app.reports.draft import MadeFile, make_files, write_one
from app.reports.frame import words_of
from app.reports.kind_file import read_kind, shipped_kind
from app.reports.occasions import message_kinds, occasions, read_occasions
from app.reports.verify import verify
from tests.services.office import OFFICER, REPORTS
from tests.services.test_messages import Written, prepared

__all__ = ["prepared"]

_REFUSED = {
    "her name": "Greetings from Taisija Dubrouskaja.",
    "in another script": "Прывітанне ад Таісіі Дуброўскай.",
    "in another case, another language": "Я говорил с Таисией Дубровской.",
    "letters hidden": "Tаisija Dubrоuskaja says hello",  # two of the letters are Cyrillic
    "letters apart": "T a i s i j a D u b r o u s k a j a",
    "unseen letters": "Tai\u200bsija Dub\u00adrouskaja",
    "turned round": "\u202eajaksuorbuD ajisiaT\u202c and Taisija Dubrouskaja",
    "a guess": "Frau Dubrouskaja is well",
    "her number": "Call 00375 29 000-00-17",
    "any number": "Call +41 44 000 00 00",
    "mail": "write to somebody (at) mail.example",
    "handle": "she is @gardener_of_brest there",
    "street": "she lives at вул. Прыкладная, 3",
    "somebody nobody asked": "Palina Harbuzava is there, too",
    "over two lines": "Taisija\nDubrouskaja",
}


@pytest.mark.parametrize("words", _REFUSED.values(), ids=list(_REFUSED))
def test_words_that_may_name_somebody_do_not_leave(prepared: Written, words: str) -> None:
    command = prepared.birthday(words=words)
    with prepared.office.as_person(OFFICER) as session:
        assert session.messages.words_search(prepared.prisoner, prepared.godparent).look(words)
        for act in (session.messages.copy, session.messages.hand_in):
            with pytest.raises(KnownError) as refused:
                act(command)
            assert refused.value.code is Code.MESSAGE_WORDS_REFUSED


def test_the_prisoner_may_be_named_and_markup_stays_text(prepared: Written, tmp_path: Path) -> None:
    words = "For Siarhei Zhawnyarovich: <b>bold</b> {name} =1+1 \x07\u202eback\u202c\r\nBcc: nobody here"
    office = prepared.office.copied(tmp_path / "case file")
    with office.as_person(OFFICER) as session:
        sent = session.messages.save(prepared.birthday(words=words), tmp_path / "out")
    assert sent.path is not None
    mail = BytesParser(policy=SMTP).parsebytes(sent.path.read_bytes())
    said = mail.get_content()
    assert "For Siarhei Zhawnyarovich: <b>bold</b> {name} =1+1 back" in said
    assert "Bcc: nobody here" in said
    assert mail["Bcc"] is None
    assert not {"\u202e", "\u202c", "\x07"} & set(said)


def test_without_the_key_no_own_words_leave(prepared: Written) -> None:
    with prepared.office.as_person(REPORTS) as session:
        assert not session.messages.start(prepared.prisoner).own_words
        for act in (session.messages.copy, session.messages.hand_in):
            with pytest.raises(KnownError) as refused:
                act(prepared.birthday(words="All is well."))
            assert refused.value.code is Code.MESSAGE_WORDS_NEED_KEY
        with pytest.raises(KnownError) as refused:  # nor through the door of reports
            session.reports.make(prepared.birthday(words="All is well.").as_report)
        assert refused.value.code is Code.MESSAGE_WORDS_NEED_KEY


def _message() -> ComposedReport:
    words = words_of(translator("en"))
    blocks = (Block("paragraph", "Dear Anna,"), Block("own", "All is well."))
    nothing: dict[str, tuple[()]] = dict.fromkeys(
        ("foreword", "columns", "rows", "figures", "figures_notes", "sources"), ()
    )
    return ComposedReport(
        kind="message_words", kind_version=1, layout="message", language="en", number="2026-031",
        day="2026-11-29", title="Message 2026-031", subtitle="anna@mail.example", lead="", blocks=blocks,
        footer="", words=words, **nothing,
    )  # fmt: skip


_BAD = {
    "a copy to somebody": lambda text: text.replace(b"To: ", b"Bcc: spy@bad.example\r\nTo: "),
    "another address": lambda text: text.replace(b"anna@", b"anne@"),
    "who wrote it": lambda text: b"From: me@office.example\r\n" + text,
    "when": lambda text: b"Date: Sun, 29 Nov 2026 01:00:00 +0000\r\n" + text,
    "with what": lambda text: b"X-Mailer: Poruch on desk-7\r\n" + text,
    "more text": lambda text: text + b"\r\nhidden",
    "another part": lambda text: text.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="a"'),
    "a page": lambda text: text.replace(b"text/plain", b"text/html"),
    "bare line ends": lambda text: text.replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("spoil", _BAD.values(), ids=list(_BAD))
def test_a_draft_with_anything_beside_its_message_is_refused(spoil: object) -> None:
    report, kind = _message(), shipped_kind("message_words")
    (file,) = make_files(report, ("eml",))
    assert all(check.passed for check in verify((file,), report, kind, write_one))
    bad = attrs.evolve(file, content=spoil(file.content))  # type: ignore[operator]
    assert bad.content != file.content
    failed = {check.check for check in verify((bad,), report, kind, write_one) if not check.passed}
    assert {"mail_parts", "again"} <= failed


def test_own_words_can_be_no_header_whatever_their_letters() -> None:
    report = attrs.evolve(_message(), title="Паведамленне №\u00a02026-031 " * 4)
    report = attrs.evolve(report, title=report.title.strip().replace("\u00a0", " "))
    (file,) = make_files(report, ("eml",))
    assert isinstance(file, MadeFile)
    assert all(check.passed for check in verify((file,), report, shipped_kind("message_words"), write_one))


def test_every_occasion_names_only_who_is_cleared_and_reports_cannot_leave_that_way() -> None:
    for kind in message_kinds():
        alone = kind.audience == "named_godparent"
        assert kind.approval == ("of_the_kind" if alone else "second_person")
    for occasion in occasions():
        assert any(column.key == "name" and column.required for column in occasion.columns)
    text = resources.path("report_kinds").joinpath("newsletter.toml").read_text(encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        read_kind(text.replace('approval = "second_person"', 'approval = "of_the_kind"'))
    assert refused.value.code is Code.REPORT_KIND_INVALID


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('needs = ["name", "birthday"]', 'needs = ["birthday"]', "needs"),
        ("{birthday} is", "{held} is", "sentences"),
        ("{birthday} is", "{ is", "sentences"),
        ('statuses = ["released"', 'statuses = ["out"', "statuses"),
        ('fields = ["prisoner.status"]', 'fields = ["relative.note"]', "fields"),
        ('words = "must"', 'words = "always"', "words"),
    ],
)
def test_an_occasion_that_is_wrong_is_refused(before: str, after: str, field: str) -> None:
    text = resources.path("message_kinds").joinpath("messages.toml").read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(KnownError) as refused:
        read_occasions(text.replace(before, after, 1))
    assert (refused.value.code, refused.value.details["field"]) == (Code.REPORT_KIND_INVALID, field)
