"""The Case tab: stops, the lines of the case, public texts and what is missing of them, working notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.public_texts import PublicText
from app.i18n import _
from ui.theme import Role
from ui.views.attention.notices import attention_notices
from ui.views.prisoners import wording
from ui.views.prisoners.facts import Facts, case_lines, closed_words
from ui.views.shared.stop_words import stop_notice
from ui.widgets.details import DetailGrid
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import SectionHead, paragraph

WRITTEN_IN: Final = ("en", "de")
"""Languages reports are made in: a public text is wanted in each."""
_LABEL_WIDTH: Final = 134


def case_tab(facts: Facts, lift: Callable[[str], None] | None) -> list[QWidget]:
    """The widgets of the tab, top to bottom.

    Args:
        facts: of the prisoner.
        lift: proposes to lift a stop; None where this person may not.
    """
    shown: list[QWidget] = [
        stop_notice(
            stop,
            facts.people.get(stop.hold.placed_by or "", ""),
            here="prisoner",
            lift=lift,
            about=facts.view.stopped_on.get(stop.hold.id, ""),
            perhaps=stop.hold.id in facts.view.perhaps,
        )
        for stop in facts.view.stopped
    ]
    shown += attention_notices(facts.view.attention)
    grid = DetailGrid(_LABEL_WIDTH)
    for label, values in case_lines(facts):
        grid.add(label, *values)
    shown.append(grid)
    prisoner = facts.prisoner
    shown += _texts(_("Public summary"), facts.view.texts.public_summary, always=True)
    shown += _texts(_("Public quote"), facts.view.texts.public_quote, always=False)
    if prisoner.working_notes:
        shown += [SectionHead(_("Working notes"), _("never in a report")), paragraph(prisoner.working_notes)]
    shown += [Notice(_(remark.words), Tone.NEUTRAL, lead=_("Look again:")) for remark in facts.view.remarks]
    closed = closed_words(facts)
    if closed and facts.in_a_copy:
        words = _("{fields} stayed at home; nothing of them is in this copy.").format(fields=closed)
        shown.append(Notice(words))
    elif closed:
        words = _("{fields} need the key of the desk. They are not shown to your role.").format(fields=closed)
        shown.append(Notice(words, lead=_("Closed here")))
    return shown


def _texts(title: str, texts: Sequence[PublicText], *, always: bool) -> list[QWidget]:
    there = {one.language: one for one in texts if one.text}
    missing = [wording.language_name(code) for code in WRITTEN_IN if code not in there]
    lacks = _("{languages} missing").format(languages=", ".join(missing)) if missing else ""
    if not there:
        return [Notice(_("Nothing written yet."), Tone.AMBER, lead=title, aside=lacks)] if always else []
    shown: list[QWidget] = []
    for place, (code, one) in enumerate(there.items()):
        aside = ", ".join(part for part in (wording.language_name(code), lacks if place == 0 else "") if part)
        notice = Notice(one.text, Tone.AMBER if missing else Tone.NEUTRAL, lead=title, aside=aside)
        checked = _checked(one)
        notice.add(paragraph(checked, Role.MUTED))
        shown.append(notice)
    return shown


def _checked(text: PublicText) -> str:
    said = [_("translated by {name}").format(name=text.translator)] if text.translator else []
    if text.checker:
        said.append(_("checked by {name}").format(name=text.checker))
    else:
        said.append(_("not checked yet"))
    if text.checked_on is not None:
        said.append(wording.day_words(text.checked_on))
    return " · ".join(said)
