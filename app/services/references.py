"""Issuing references: the only writer of the count in `CaseFileFacts`."""

from __future__ import annotations

import attrs

from app.domain.case_file import CaseFileFacts
from app.domain.errors import BugError
from app.domain.ports import UnitOfWork
from app.domain.references import letters_for, reference


def issue(work: UnitOfWork, count: int = 1) -> list[str]:
    """The next references of this copy; counted in the same transaction, so that none is issued twice.

    Raises:
        BugError: the case file does not say what it is.
    """
    found = work.find(CaseFileFacts)
    if len(found) != 1:
        raise BugError("a copy of a case file says once what it is")
    facts = found[0]
    first = (facts.issued or 0) + 1
    letters = facts.letters or letters_for("")
    work.save(attrs.evolve(facts, letters=letters, issued=first + count - 1), facts.version)
    return [reference(letters, number) for number in range(first, first + count)]
