"""Words for what stands against taking a person out or changing what they do; part of `app.words`."""

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
    Code.ROLES_OWN: (
        N_("Nobody changes what they do here themself."),
        N_("Ask another security officer to do it."),
    ),
    Code.ROLES_WAIT: (
        N_("Something about this person already waits for a second person."),
        N_("Let that be agreed to or refused first: it stands on the Overview."),
    ),
    Code.ROLES_NOBODY_TO_AGREE: (
        N_("This takes a second person, and beside you and them there is nobody who could agree."),
        N_("Add another security officer or coordinator first."),
    ),
    Code.ROLES_BOTH_WAYS: (
        N_("This takes the key of the desk from them and gives them something new at once."),
        N_("Give what is new first, and take the rest away once a second person has agreed."),
    ),
    Code.REMOVAL_UNFINISHED: (
        N_("Somebody left or is away, and the new keys are not in use yet."),
        N_("Lock, and let a security officer open the case file; then try again."),
    ),
}
