"""Words for how strong a passphrase is. The judgement itself is the crypto room's; this only says it."""

from __future__ import annotations

from typing import Final

from app.i18n import _, ngettext
from ui.views.start.asked import Verdict

_GUESSES_PER_SECOND: Final = 53_000.0
"""A thousand graphics cards against our key derivation (app/crypto/passphrase.py)."""
_HOUR, _DAY, _YEAR = 3_600.0, 86_400.0, 31_557_600.0
_ENOUGH_LOG10: Final = 14.0


def suggest_words() -> str:
    """Six words by chance."""
    from app.crypto.passphrase import suggest_words as suggest

    return suggest()


def verdict_on(passphrase: str, known: tuple[str, ...]) -> Verdict:
    """What is thought of it, in words; a third of a second the first time."""
    from app.crypto.passphrase import MIN_WORDS, strength

    found = strength(passphrase, known)
    share = max(found.words / MIN_WORDS, found.guesses_log10 / _ENOUGH_LOG10)
    if found.words >= MIN_WORDS:
        words = ngettext("Strong: {n} different words.", "Strong: {n} different words.", found.words)
    elif found.enough:
        words = _("Strong enough: guessing it would take longer than a life.")
    else:
        words = _too_weak(found.words, 10**found.guesses_log10 / _GUESSES_PER_SECOND)
    return Verdict(1.0 if found.enough else min(share, 0.95), found.enough, words)


def _too_weak(words: int, seconds: float) -> str:
    if words > 1:
        missing = ngettext("One more word, please.", "{n} more words, please.", 6 - words)
    else:
        missing = _("Six unrelated words are better.")
    return f"{_how_soon(seconds)} {missing}"


def _how_soon(seconds: float) -> str:
    if seconds < _HOUR:
        return _("A well-equipped attacker would guess it within minutes.")
    if seconds < _DAY:
        return _("A well-equipped attacker would guess it within hours.")
    if seconds < _YEAR:
        return _("A well-equipped attacker would guess it within months.")
    return _("A well-equipped attacker would guess it within years.")
