"""Whether a stop reaches a case, through where it is. Where nobody wrote down the country, one on it does."""

from __future__ import annotations

from app.domain.consent_facts import Facts


def case_is_in(stopped: str, country: str | None) -> bool:
    """Whether a case of this country ("" where nobody knows) is stopped with `stopped`.

    Most lists name no country: a stop that passed over those would stop nobody, and say nothing.
    """
    return not country or country == stopped


def reaches(target: str, target_id: str, facts: Facts) -> bool:
    """Whether a stop reaches this prisoner's family; one on who receives something is another matter."""
    match target:
        case "prisoner":
            return target_id == facts.prisoner
        case "facility":
            return target_id == facts.facility
        case "country":
            return case_is_in(target_id, facts.country)
        case "desk":
            return target_id == facts.desk
    return True  # the case file, a relative of this family, or a word from a newer version
