"""What somebody is here, in words. Read by the window and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.roles import Role
from app.i18n import N_, _

_ROLES: Final[Mapping[str, str]] = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.OFFICER: N_("Security officer"),
    Role.REPORTS: N_("Reports staff"),
    Role.AUDITOR: N_("Auditor"),
    Role.TRUSTEE: N_("Trustee"),
}


def roles_words(roles: Iterable[str]) -> str:
    """ "Coordinator, Auditor"; of somebody who left, that they did."""
    return ", ".join(_(_ROLES.get(role, role)) for role in roles) or _("left")
