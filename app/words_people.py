"""Words for what stands against taking a person out; part of `app.words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.errors import Code
from app.i18n import N_

PEOPLE: Final[Mapping[Code, tuple[str, str]]] = {
    Code.REMOVE_ONESELF: (
        N_("Nobody takes themself out."),
        N_("Ask another security officer to do it."),
    ),
    Code.REMOVE_LAST_KEY: (
        N_("You do not open the families of their desk, so nobody could make its new key."),
        N_("Ask the security officer who does, or have that key given to you first."),
    ),
    Code.REMOVE_NOBODY_LEFT: (
        N_("Afterwards there would be no second person to let anybody in."),
        N_("Add another security officer or coordinator first, as long as they can agree to it."),
    ),
    Code.REMOVAL_UNFINISHED: (
        N_("Somebody was taken out, and that is not finished yet."),
        N_("Lock, and let a security officer open the case file; then try again."),
    ),
}
