"""Words for what is a person's own: key file, words of lists, saved searches; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

OWN: Final[Mapping[Code, tuple[str, str]]] = {
    Code.FACTOR_MISSING: (
        N_("The key file is not there."),
        N_("Plug in the stick it lies on, or choose its copy."),
    ),
    Code.FACTOR_DAMAGED: (
        N_("This key file is damaged."),
        N_("It opens nothing any more. Choose its copy."),
    ),
    Code.FACTOR_UNFIT: (
        N_("This file cannot be a key file."),
        N_(
            "Texts, office documents, PDFs and databases change when they are opened, and files under 1 KB "
            "or of one sign can be guessed. Take a picture or sound of yours, or let Poruch make one."
        ),
    ),
    Code.FACTOR_INSIDE: (
        N_("This file lies inside the case file."),
        N_("Whoever takes the case file would have it, too. Keep it on a stick of its own."),
    ),
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
