"""What a file made elsewhere is to the ledger: a kind of its own, for everybody or for one institution.

It is decided as the shipped kind for these readers is: whoever a public list may name may stand in a file for
everybody. A withdrawal of any of its fields calls the file back, because nobody knows what it tells of them.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.i18n import N_
from app.reports.kinds import FORMATS, Approval, ReportKind

ELSEWHERE: Final = "elsewhere"
"""Layout of what was not composed here."""
_PUBLIC, _INSTITUTION = "elsewhere_public", "elsewhere_institution"
_LIKE: Final = {_PUBLIC: "public_list", _INSTITUTION: "parliament_briefing"}
TITLE: Final = N_("Checked file")
ABOUT: Final = N_("A file made or changed elsewhere, checked, and let out by a second person.")


def elsewhere_kind(name: str) -> ReportKind | None:
    """The kind of this name, None where it is none of these."""
    from app.reports.kind_file import shipped

    like = _LIKE.get(name)
    found = next((kind for kind in shipped() if kind.name == like), None)
    if found is None:
        return None
    return attrs.evolve(
        found,
        name=name,
        title=TITLE,
        about=ABOUT,
        heading="",
        foreword="",
        handling="",
        formats=FORMATS,
        approval=Approval.SECOND_PERSON,
        layout=ELSEWHERE,
        counted=False,
    )


def elsewhere_kinds() -> tuple[ReportKind, ...]:
    """All of them."""
    return tuple(kind for kind in map(elsewhere_kind, _LIKE) if kind is not None)


def elsewhere_kind_for(institution: str = "") -> ReportKind:
    """The kind of a file for these readers; without an institution, for everybody."""
    public, one = elsewhere_kinds()
    return one if institution else public
