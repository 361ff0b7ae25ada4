"""Whose signatures count at which entry: nothing counts that somebody signed after they were taken out.

Whoever left keeps their signing key, and what they signed before still counts; the log says in which entry
they were taken out.

Source: security.md, *The log is the head* (a revocation pins the last accepted entry of that signer).
"""

from __future__ import annotations

from app.domain.ids import PersonId
from app.domain.ports import Signers
from app.storage.log_book import LogBook


def key_at(signers: Signers, log: LogBook, person: PersonId, sequence: int) -> bytes | None:
    """The key that signs for somebody in an entry; None for a stranger and for whoever had left by then.

    Args:
        signers: the list of people.
        log: says where their grants stand; it is asked only about people who ever left.
        person: who signed.
        sequence: of the entry.
    """
    places = signers.grants_of_place(person)
    if all(takes_part for _grant, takes_part in places):
        return signers.signing_key(person)
    takes_part = True  # a founder's own grant stands in their first entry
    for grant, after in places:
        named = log.places(grant)
        if named and named[0].sequence < sequence:
            takes_part = after
    return signers.signing_key(person) if takes_part else None
