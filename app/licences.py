"""What ships with the program and under which terms, read from the packages themselves: no list to forget.

Fonts and the list of words are no packages; theirs stand beside them in `resources`.
"""

from __future__ import annotations

from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, metadata
from typing import Final

import attrs

SHIPPED: Final = (
    *("attrs", "babel", "cffi", "charset-normalizer", "cryptography", "defusedxml", "et-xmlfile", "highspy"),
    *("jinja2", "lxml", "markupsafe", "numpy", "openpyxl", "packaging", "pikepdf", "pillow", "platformdirs"),
    *("psutil", "pyahocorasick", "pycparser", "pynacl", "pypdf", "pypdfium2", "pyrage", "pyside6-essentials"),
    *("python-calamine", "python-docx", "qtawesome", "qtpy", "rapidfuzz", "shamir-mnemonic", "shiboken6"),
    *("sqlcipher3", "typing-extensions", "typst", "tzdata", "xlsxwriter", "zxcvbn"),
)
"""Names of the packages; a test compares them with the lock."""
_CLASSIFIER: Final = "License :: "
_LONGEST: Final = 80


@attrs.frozen
class Licence:
    """A package, its version and its terms as it states them ("" where it states none)."""

    name: str
    version: str
    terms: str


def licences() -> tuple[Licence, ...]:
    """Every package that is here, by name; one that this system does not need is left out."""
    found: list[Licence] = []
    for name in SHIPPED:
        try:
            said = metadata(name)
        except PackageNotFoundError:
            continue
        found.append(Licence(said["Name"], said["Version"], _terms(said) or _first_line(name)))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def _terms(said: PackageMetadata) -> str:
    """The expression, else the classifiers, else the first line of a short licence field."""
    values = said.json
    expression = values.get("license_expression")
    if isinstance(expression, str) and expression:
        return expression
    classifiers = values.get("classifier") or []
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith(_CLASSIFIER)]
    field = str(values.get("license") or "").strip()
    first = field.splitlines()[0].strip() if field else ""
    return ", ".join(named) or (first if len(first) <= _LONGEST else "")


def _first_line(name: str) -> str:
    """The first line of the licence it ships, where it says its terms nowhere else."""
    text = (distribution(name).read_text("licenses/LICENSE") or "").strip()
    first = text.splitlines()[0].strip() if text else ""
    return first if len(first) <= _LONGEST else ""
