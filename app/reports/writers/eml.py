"""A message as a mail draft: one text, a subject without a name, and nothing that says who wrote it or where.

Put together by hand, so that no library adds a date, an id of the message or the name of this computer. Text
goes in as base64 of UTF-8, so nothing in it can be taken for a header.
"""

from __future__ import annotations

import base64
import textwrap
from typing import Final

from app.domain.errors import BugError
from app.reports.composed import ComposedReport

_LINE: Final = "\r\n"
_BYTES_OF_A_WORD: Final = 42  # base64 of it with its frame stays under the 75 signs of RFC 2047
_BREADTH: Final = 76


def write(report: ComposedReport) -> bytes:
    """The bytes of the draft.

    Raises:
        BugError: an address that is more than an address.
    """
    text = "\n\n".join(block.text for block in report.blocks) + "\n"
    headers = [f"Subject: {_subject(report.title)}"]
    if report.subtitle:
        headers.append(f"To: {_address(report.subtitle)}")
    headers += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "X-Unsent: 1",  # opened as a draft that can be changed and sent
    ]
    coded = base64.b64encode(text.replace("\n", _LINE).encode("utf-8")).decode("ascii")
    return (_LINE.join([*headers, "", *textwrap.wrap(coded, _BREADTH)]) + _LINE).encode("ascii")


def _subject(title: str) -> str:
    """RFC 2047 words, each of whole letters; plain where it is ASCII."""
    if title.isascii() and title.isprintable():
        return title
    words, word = [], b""
    for letter in title:
        coded = letter.encode("utf-8")
        if len(word) + len(coded) > _BYTES_OF_A_WORD:
            words.append(word)
            word = b""
        word += coded
    words.append(word)
    return f"{_LINE} ".join(f"=?utf-8?b?{base64.b64encode(one).decode('ascii')}?=" for one in words)


def _address(address: str) -> str:
    if not (address.isascii() and address.isprintable() and " " not in address and address.count("@") == 1):
        raise BugError("an address that is more than an address")
    return address
