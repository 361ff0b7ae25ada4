"""What this program is, which version, and under which terms it and its parts are shared."""

from __future__ import annotations

from app import VERSION
from app.i18n import _
from app.licences import Licence, licences
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Card, Scrolled
from ui.widgets.labels import Run, RunText, SectionHead, beside, paragraph
from ui.workplace import Workplace


class AboutCard(Card):
    """Version and terms."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.add(SectionHead(_("About this program")))
        self.add(paragraph(_("Poruch {version}").format(version=VERSION), Role.BOLD))
        self.add(paragraph(_("Free software under the GNU General Public License, version 3."), Role.MUTED))
        self.add(paragraph(_("It opens no connection: nothing leaves it but reports."), Role.MUTED))
        self.parts = Button(_("Licences of its parts…"))
        self.parts.clicked.connect(self._open_parts)
        self.add(beside(self.parts))

    def _open_parts(self) -> None:
        self._workplace.tasks.query(licences, initiator=self, done=self._show_parts)

    def _show_parts(self, found: tuple[Licence, ...]) -> None:
        sheet = Sheet(self.window(), _("Licences of its parts"), width=560)
        inside = Scrolled(gap=6)
        for one in found:
            terms = one.terms or _("stated in the package")
            inside.add(RunText([Run(one.name, Role.BOLD), Run(f" {one.version} · ", Role.MUTED), Run(terms)]))
        inside.add(RunText([Run("Inter, Noto Serif", Role.BOLD), Run(" · ", Role.MUTED), Run("OFL-1.1")]))
        words = _("EFF word list for passphrases")
        inside.add(RunText([Run(words, Role.BOLD), Run(" · ", Role.MUTED), Run("CC-BY-3.0-US")]))
        inside.body.addStretch(1)
        inside.setMinimumHeight(360)
        sheet.add(inside, 1)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
