"""What the Duplicates sheet reads on the worker."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.merging_look import Compared
from app.services.session import Session
from ui.views.prisoners.wording import facility_words


def read_pair(session: Session, left: str, right: str) -> tuple[Compared, Mapping[str, str]]:
    """Both records, and words for whom and what they point to."""
    names: dict[str, str] = {one.id: facility_words(one) for one in session.prisoners.facilities()}
    names.update((one.id, one.name) for one in session.prisoners.owners())
    return session.merging.look(left, right), names
