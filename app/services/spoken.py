"""How people speak of somebody whose name stays closed."""

from __future__ import annotations

from app.domain.relative import Relative
from app.i18n import _
from app.vocabulary import word


def spoken(relative: Relative, prisoner_name: str) -> str:
    """ "Mother of Zhawnyarovich, Siarhei"; the prisoner in person goes by the prisoner's name."""
    return spoken_words(relative.relation, prisoner_name)


def spoken_words(relation: str, prisoner_name: str) -> str:
    """The same from the relation alone."""
    if relation == "self":
        return prisoner_name
    return _("{relation} of {name}").format(relation=word("relation", relation), name=prisoner_name)
