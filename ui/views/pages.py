"""The pages of the window: one declaration each, read by the rail, the search and the lock.

A page a role may not use is absent, not greyed (interface.md). Modules of pages are imported when the page is
first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs
from PySide6.QtWidgets import QWidget

from app.domain.roles import Action, Limit
from app.i18n import N_
from app.services.prisoner_filter import PrisonerFilter
from app.services.session import Session
from ui.workplace import Workplace


@attrs.frozen
class PageKind:
    """One page.

    Attributes:
        key: stable name.
        title: English words.
        icon: qtawesome name for the folded rail.
        allowed: whether this person has it.
        make: builds it.
        count: how many rows of mine or things to do, asked on the worker; None counts nothing.
        group: 0 work, 1 reports and log, 2 settings.
    """

    key: str
    title: str
    icon: str
    allowed: Callable[[Session], bool]
    make: Callable[[Workplace], QWidget]
    count: Callable[[Session], int] | None = None
    group: int = 0


def _reads_open(session: Session) -> bool:
    permission = session.may(Action.READ_OPEN)
    return permission.allowed and permission.limit is not Limit.FIGURES_AND_LOG


def _reads_relatives(session: Session) -> bool:
    return session.has_desk_key and session.may(Action.READ_RELATIVES).allowed


def _overview(workplace: Workplace) -> QWidget:
    from ui.views.overview.page import OverviewPage

    return OverviewPage(workplace)


def _prisoners(workplace: Workplace) -> QWidget:
    from ui.views.prisoners.page import PrisonersPage

    return PrisonersPage(workplace)


def _relatives(workplace: Workplace) -> QWidget:
    from ui.views.consent.page import RelativesPage

    return RelativesPage(workplace)


def _godparents(workplace: Workplace) -> QWidget:
    from ui.views.godparents.page import GodparentsPage

    return GodparentsPage(workplace)


def _reports(workplace: Workplace) -> QWidget:
    from ui.views.reports.page import ReportsPage

    return ReportsPage(workplace)


def _log(workplace: Workplace) -> QWidget:
    from ui.views.log.page import LogPage

    return LogPage(workplace)


def _people(workplace: Workplace) -> QWidget:
    from ui.views.people.page import PeoplePage

    return PeoplePage(workplace)


def _settings(workplace: Workplace) -> QWidget:
    from ui.views.settings.page import SettingsPage

    return SettingsPage(workplace)


PAGES: Final[tuple[PageKind, ...]] = (
    PageKind("overview", N_("Overview"), "mdi6.view-dashboard-outline", _reads_open, _overview),
    PageKind(
        "prisoners",
        N_("Prisoners"),
        "mdi6.account-outline",
        _reads_open,
        _prisoners,
        lambda session: len(session.prisoners.rows(PrisonerFilter(mine=True), quickly=True)),
    ),
    PageKind(
        "relatives",
        N_("Relatives & consent"),
        "mdi6.account-group-outline",
        _reads_relatives,
        _relatives,
        lambda session: len(session.relatives.rows(quickly=True)),
    ),
    PageKind(
        "godparents",
        N_("Godparents"),
        "mdi6.hand-heart-outline",
        _reads_open,
        _godparents,
        lambda session: len(session.godparents.rows()),
    ),
    PageKind(
        "reports",
        N_("Reports"),
        "mdi6.file-document-outline",
        _reads_open,
        _reports,
        lambda session: len(session.reports_to_approve()),
        group=1,
    ),
    PageKind(
        "log",
        N_("Log"),
        "mdi6.clipboard-list-outline",
        lambda session: session.may(Action.READ_LOG).allowed,
        _log,
        group=1,
    ),
    PageKind(
        "people",
        N_("People"),
        "mdi6.account-key-outline",
        lambda session: session.may(Action.MANAGE_PEOPLE).allowed,
        _people,
        group=2,
    ),
    PageKind(
        "settings",
        N_("Settings"),
        "mdi6.cog-outline",
        lambda session: True,
        _settings,
        group=2,
    ),
)
