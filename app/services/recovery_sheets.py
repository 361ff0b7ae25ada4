"""The five sheets of a recovery kit: one page of PDF each, in the language of who keeps it.

A sheet says nothing of who it is for: no name, no organisation, no program, no word of the case file. It is
written where somebody chose and nowhere else; the bytes are made in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.durable import private_stream, sync, sync_folder, write_all, writing
from app.i18n import N_, Translator, translator
from app.services.recovery import NewKit

WHAT_TO_DO: Final = (
    N_("Keep this sheet where nobody looks. No photo, no telephone, no computer, no cloud."),
    N_(
        "Give it only to the person you have it from, when you see them or know their voice. Whoever else "
        "asks gets no answer."
    ),
    N_("If that person asks whether you still have it, read out the three check words, never the twenty."),
    N_("If it is lost, or somebody has seen it, tell that person the same day."),
    N_("When you are given a sheet with a higher number of the kit, burn this one."),
)


@attrs.frozen
class Sheet:
    """One sheet.

    Attributes:
        name: of its file; tells nothing.
        pdf: the page.
    """

    name: str
    pdf: bytes = attrs.field(repr=False)


def make_sheet(kit: NewKit, place: int, language: str) -> Sheet:
    """A sheet.

    Args:
        kit: just made.
        place: which of the five, from 0.
        language: of what stands around the words; the words are the same in all.

    Raises:
        KnownError: REPORT_WRITING_WARNED.
    """
    say = translator(language)
    data = {
        "title": say(N_("Words to keep")),
        "language": say.language,
        "which": _which(say, kit, place),
        "checking": say(N_("Check words:")),
        "check_words": kit.check_words,
        "lead": say(
            N_(
                "This is one of five sheets. Any three of them together open something that would be lost "
                "otherwise. One or two alone open nothing and tell nothing."
            )
        ),
        "words_title": say(N_("The twenty words, down the left side first")),
        "words": list(kit.shares[place]),
        "todo_title": say(N_("What to do with it")),
        "todo": [say(one) for one in WHAT_TO_DO],
    }
    from app.reports.writers.typeset import typeset  # only for whoever prints a kit

    return Sheet(sheet_name(kit, place), typeset("recovery.typ", data))


def sheet_name(kit: NewKit, place: int) -> str:
    """The name of a sheet's file."""
    return f"sheet-{kit.number}-{place + 1}.pdf"


def write_sheets(folder: Path, sheets: Iterable[Sheet]) -> tuple[Path, ...]:
    """Write sheets where somebody chose, for them alone; all or none.

    Raises:
        KnownError: RECOVERY_PLACE_TAKEN, CANNOT_READ, NO_SPACE, CANNOT_WRITE.
    """
    made = [(folder / sheet.name, sheet.pdf) for sheet in sheets]
    if not folder.is_dir():
        raise KnownError(Code.CANNOT_WRITE)
    if any(os.path.lexists(path) for path, _pdf in made):
        raise KnownError(Code.RECOVERY_PLACE_TAKEN)
    written: list[Path] = []
    try:
        for path, pdf in made:
            written.append(path)
            with writing(), private_stream(path) as descriptor:
                write_all(descriptor, pdf)
                sync(descriptor)
        with writing():
            sync_folder(folder)
    except KnownError:
        remove_sheets(written)
        raise
    return tuple(written)


def remove_sheets(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Delete the files of sheets again; those that could not be."""
    left: list[Path] = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return tuple(left)


def _which(say: Translator, kit: NewKit, place: int) -> str:
    words = say(N_("Kit {kit}, sheet {sheet} of {sheets}"))
    for key, number in (("kit", kit.number), ("sheets", len(kit.shares)), ("sheet", place + 1)):
        words = words.replace("{" + key + "}", str(number))
    return words
