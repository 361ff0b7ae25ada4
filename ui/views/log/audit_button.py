"""The way from the log to a consent audit: a report of figures, made where reports are made."""

from __future__ import annotations

from typing import Final

from app.domain.roles import Action
from app.i18n import _
from ui.widgets.buttons import Button
from ui.workplace import Workplace

NEW_AUDIT: Final = "new:consent_audit"
"""What the Reports page is asked to show: a new report of this kind."""


class AuditButton(Button):
    """There for officers who hold a desk's key."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(_("Consent audit…"), description=_("A report of figures for a period"))
        session = workplace.session
        if not (session.has_desk_key and session.may(Action.AUDIT_CONSENT).allowed):
            self.hide()  # and never shown here: without a place yet it would be a window of its own
        self.clicked.connect(lambda: workplace.go("reports", NEW_AUDIT))
