"""Words for what people keep of their own, words of lists and saved searches; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

OWN: Final[Mapping[Code, tuple[str, str]]] = {
    Code.TERM_TAKEN: (N_("Another word of this list reads the same."), N_("Choose other words.")),
    Code.TERM_LAST: (N_("The last word of a list stays."), N_("Add another one first.")),
    Code.SEARCH_TAKEN: (
        N_("Another saved search has this name."),
        N_("Choose another name, or change the one there is."),
    ),
    Code.SEARCH_UNCLEAR: (
        N_("Part of this search means nothing here."),
        N_("Mend it first; a search that finds nobody helps nobody."),
    ),
    Code.SEARCH_OF_RELATIVE: (
        N_("A saved search keeps no number, address or name of a relative."),
        N_("Search for it whenever you need it, or save the search without it."),
    ),
    Code.SEARCHES_FULL: (
        N_("There are as many saved searches as there can be."),
        N_("Remove one you do not need any more."),
    ),
}
