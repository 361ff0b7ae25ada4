"""Step 5, right column: what happens next for the maker; search, folder and yes for the second person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.i18n import _, ngettext
from ui.states import State
from ui.theme import Role
from ui.views.reports.names import NamesFound
from ui.views.reports.readers import addressed_words
from ui.views.reports.series_lines import look_lines
from ui.views.reports.side import SideCard
from ui.views.reports.since import since_lines
from ui.views.reports.wording import kind_line, moment_words, people_words, period_words
from ui.views.reports.work import Seen
from ui.widgets.buttons import Button, Look
from ui.widgets.fields import TextEdit
from ui.widgets.frames import Notice, Tone
from ui.widgets.labels import Run, RunText, SectionHead, beside, paragraph

if TYPE_CHECKING:
    from app.services.name_search import NamesSearched
    from app.services.series import SeriesLook


class ApproveSide(SideCard):
    """What is left to do.

    Signals:
        search_pressed(), folder_pressed(), change_pressed(), drop_pressed(): buttons.
        send_back_pressed(str): words for the maker.
        ready_changed(): whether it may leave now changed.
    """

    search_pressed = Signal()
    folder_pressed = Signal()
    change_pressed = Signal()
    drop_pressed = Signal()
    send_back_pressed = Signal(str)
    ready_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.names: NamesFound | None = None
        self.words: TextEdit | None = None
        self.search: Button | None = None
        self.choose: Button | None = None
        self.folder: Path | None = None
        self.gone = 0
        self.series: SeriesLook | None = None
        self.by_series = False
        self._folder_words: RunText | None = None
        self._report = ""

    def show_seen(self, seen: Seen) -> None:
        """Fill it. What was typed for the maker stays while it is the same report."""
        typed = self.typed if seen.report is not None and seen.report.id == self._report else ""
        self._report = seen.report.id if seen.report is not None else ""
        self.names = self.words = self.search = self.choose = self._folder_words = None
        self.folder = None
        self.clear()
        self.add(RunText([Run(kind_line(seen.kind, "", seen.language, seen.formats), Role.BOLD)]))
        facts = [seen.made_by, moment_words(seen.report.made_at) if seen.report else ""]
        made = _("made by {who}").format(who=" · ".join(part for part in facts if part))
        # Of the day it was made, all three: today's left out would not add up beside that day's named.
        left_out = seen.report.left_out if seen.report else sum(not row.counted for row in seen.left_out)
        people = people_words(seen.named, seen.figures_only, left_out)
        if seen.kind.counts_only:
            people = period_words(seen.first, seen.last)
        self.add(RunText([Run(f"{people} · {made}", Role.MUTED)]))
        if seen.recipient and not seen.addressed:
            self.add(RunText([Run(_("For") + ": ", Role.MUTED), Run(seen.recipient)]))
        for one in seen.addressed:
            rest = f" · {addressed_words(one)}"
            self.add(RunText([Run(_("For") + ": ", Role.MUTED), Run(one.name), Run(rest, Role.MUTED)]))
        if seen.since is not None:
            self.add(since_lines(seen.since))
        self.gone = seen.gone
        if seen.gone:
            words = ngettext(
                "One person named in it may not be named any more.",
                "{n} people named in it may not be named any more.",
                seen.gone,
            )
            self.add(Notice(_("Make it again with today’s answers."), Tone.RED, lead=words))
        self.series, self.by_series = seen.series, seen.by_series
        lines = look_lines(seen.series) if seen.series is not None else None
        if lines is not None:
            self.add(lines)
        self.body.addSpacing(4)
        if seen.may_approve:
            self._for_the_second(typed, seen)
        elif seen.by_series:
            self._search_and_folder(seen, judges=False)
            self.add(SectionHead(_("3  Let it leave")))
            words = _("It is decided once more, then all files are written or none.")
            self.add(paragraph(words, Role.MUTED))
            if seen.made_by_me:
                self._own_buttons()
        else:
            self._for_others(seen)
        self.body.addStretch(1)

    # the second person

    def _for_the_second(self, typed: str, seen: Seen) -> None:
        if seen.alone:
            words = _("Once another officer takes part, only they can let it leave.")
            self.add(Notice(words, Tone.AMBER, lead=_("There is no other officer.")))
        self._search_and_folder(seen, judges=True)
        self.add(SectionHead(_("3  Let it leave") if seen.alone else _("3  Let it leave, or send it back")))
        words = _("“Approve and write” decides once more, then writes all files or none.")
        self.add(paragraph(words, Role.MUTED))
        if seen.alone:
            self._own_buttons()
            return
        self.words = TextEdit(
            _("Words for the maker"), typed, lines=2, example=_("What should change? Name nobody here.")
        )
        self.add(self.words)
        send = Button(_("Send back"))
        send.clicked.connect(lambda: self.send_back_pressed.emit(self.typed))
        self.add(beside(send))

    def _search_and_folder(self, seen: Seen, *, judges: bool) -> None:
        self.add(SectionHead(_("1  Search for names")))
        words = _(
            "Relatives, and prisoners who may not be named: every spelling, in every part of every file."
        )
        if seen.kind.counts_only:
            words = _("Everybody in this case file, and all of us: every spelling, in every part.")
        self.add(paragraph(words, Role.MUTED))
        self.search = Button(_("Search for names"))
        self.search.clicked.connect(self.search_pressed)
        self.add(beside(self.search))
        self.names = NamesFound(judges=judges)
        self.names.judged.connect(self.ready_changed)
        self.add(self.names)
        self.body.addSpacing(4)
        self.add(SectionHead(_("2  Where to")))
        self._folder_words = RunText([Run(_("No folder chosen yet."), Role.MUTED)])
        self.add(self._folder_words)
        self.choose = Button(_("Choose a folder…"))
        self.choose.clicked.connect(self.folder_pressed)
        self.add(beside(self.choose))
        self.body.addSpacing(4)

    def show_names(self, searched: NamesSearched | None) -> None:
        """What the search found."""
        if self.names is not None:
            self.names.show_found(searched)
        self.ready_changed.emit()

    def set_folder(self, folder: Path) -> None:
        """Where the files go."""
        self.folder = folder
        if self._folder_words is not None:
            self._folder_words.set_runs([Run(str(folder), Role.STRONG)])
        self.ready_changed.emit()

    @property
    def typed(self) -> str:
        """Words for the maker."""
        return self.words.toPlainText() if self.words is not None else ""

    def set_typed(self, words: str) -> None:
        """Put words back."""
        if self.words is not None:
            self.words.setPlainText(words)

    @property
    def leave_words(self) -> str:
        """What the button does that lets it leave; empty where the person at the screen may not."""
        if self.names is None:
            return ""
        return _("Write the files") if self.by_series else _("Approve and write")

    @property
    def is_ready(self) -> bool:
        """Searched, judged, and a folder chosen."""
        return self.names is not None and self.names.is_clean and self.folder is not None

    # everybody else

    def _for_others(self, seen: Seen) -> None:
        report = seen.report
        state = report.state if report is not None else ""
        if state == "done":
            words = _("It left on {when}, approved by {who}.").format(
                when=moment_words(report.written_at if report else None), who=seen.approved_by
            )
            self.add(RunText([Run(words, state=State.YES)]))
            return
        if state == "came_back" and report is not None:
            said = report.came_back_because or _("without words")
            self.add(Notice(f"“{said}”", Tone.AMBER, lead=_("It came back.")))
            if seen.made_by_me:
                words = _("Change the people or the text and make it again.")
                self.add(paragraph(words, Role.MUTED))
        elif seen.series is not None and seen.series.covers:
            words = _("Somebody with the keys of all desks searches it for names and lets it leave.")
            self.add(Notice(words, Tone.AMBER, lead=_("Waits for the search.")))
        elif seen.made_by_me:
            self._what_next()
        else:
            words = _("It waits for a security officer who did not make it.")
            self.add(Notice(words, Tone.AMBER, lead=_("Waits for approval.")))
        if seen.made_by_me:
            self._own_buttons()

    def _what_next(self) -> None:
        words = _("You made it, so you cannot approve it. A security officer finds it under Reports.")
        self.add(Notice(words, Tone.AMBER, lead=_("Waits for a second person.")))
        self.add(SectionHead(_("What happens next")))
        for line in (
            _("They see these very pages and these checks."),
            _("They search the files for protected names."),
            _("They choose a folder and let the files leave, or send them back with a few words."),
            _("If an answer changes or three days pass before that, it has to be made again."),
        ):
            self.add(RunText([Run("·  ", Role.MUTED), Run(line)]))

    def _own_buttons(self) -> None:
        change = Button(_("Change it"), description=_("Make it again with other people or texts"))
        change.clicked.connect(self.change_pressed)
        drop = Button(_("Drop it"), Look.DANGER, description=_("Take its files out of the case file"))
        drop.clicked.connect(self.drop_pressed)
        self.body.addSpacing(4)
        self.add(beside(change, drop))

    def show_written(self, paths: Sequence[Path], words_for: Sequence[tuple[str, str]] = ()) -> None:
        """Where the files are, and words that open locked ones: said once, kept nowhere."""
        self.clear()
        self.names = self.words = None
        words = ngettext("{n} file was written.", "{n} files were written.", len(paths))
        self.add(Notice(words, Tone.GREEN, lead=_("The report left.")))
        for name, said in words_for:
            self.add(paragraph(_("Words that open the files for {name}:").format(name=name), Role.MUTED))
            self.add(RunText([Run(said, Role.STRONG)]))
        if words_for:
            words = _("They are shown this once. Tell them by voice, never beside the file.")
            self.add(Notice(words, Tone.AMBER, lead=_("Write them down now.")))
        self.add(SectionHead(_("Where it is")))
        if paths:
            self.add(RunText([Run(str(paths[0].parent), Role.STRONG)]))
        for path in paths:
            self.add(RunText([Run("·  ", Role.MUTED), Run(path.name)]))
        words = _("This is shown once: the ledger keeps fingerprints, never where a file went.")
        self.add(paragraph(words, Role.MUTED))
        self.body.addStretch(1)
        self.ready_changed.emit()
