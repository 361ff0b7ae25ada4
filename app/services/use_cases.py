"""Every use case of an unlocked session, by room.

Services are made when they are first asked for, so that opening a case file imports no report writer.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from app.services.attention import AttentionRegister
from app.services.clock_repairs import ClockRepairs
from app.services.consent import Consent
from app.services.doubts import Doubts
from app.services.drafts import Drafts
from app.services.findings import Findings
from app.services.godparents import Godparents
from app.services.layout import Layout
from app.services.log import Log
from app.services.no_journal import NoJournal
from app.services.own_terms import OwnTerms
from app.services.people import People
from app.services.prisoners import Prisoners
from app.services.proofs import Proofs
from app.services.relatives import Relatives
from app.services.restore_waiting import RestoreWaiting
from app.services.restoring import Restoring
from app.services.reviews import Reviews
from app.services.safekeeping import Safekeeping
from app.services.saved_searches import SavedSearches
from app.services.search import Search
from app.services.undo import Undo

if TYPE_CHECKING:
    from app.services.approval import Approval
    from app.services.as_of import AsOf
    from app.services.duplicates import Duplicates
    from app.services.earlier import EarlierAnswers
    from app.services.exposure import Exposure
    from app.services.facilities import Facilities
    from app.services.intake import Intake
    from app.services.merging import Merging
    from app.services.pictures import Pictures
    from app.services.quarters import Quarters
    from app.services.quoting import Quoting
    from app.services.reports import Reports
    from app.services.slips import Slips
    from app.services.sources import Sources
    from app.services.trustees import Trustees
    from app.services.withdrawing import Withdrawing


class UseCases(Safekeeping):
    """What an unlocked person can do; `Session` adds who they are and how it ends."""

    @cached_property
    def prisoners(self) -> Prisoners:
        """Use cases of the Prisoners page."""
        return Prisoners(self.context)

    @cached_property
    def relatives(self) -> Relatives:
        """Use cases of Relatives & consent."""
        return Relatives(self.context)

    @cached_property
    def consent(self) -> Consent:
        """Conversations, decisions, what waits for a second person."""
        return Consent(self.context)

    @cached_property
    def godparents(self) -> Godparents:
        """Use cases of the Godparents page."""
        return Godparents(self.context)

    @cached_property
    def attention(self) -> AttentionRegister:
        """The register of hostile attention."""
        return AttentionRegister(self.context)

    @cached_property
    def reviews(self) -> Reviews:
        """What is up for review, and the plan for asking."""
        return Reviews(self.context)

    @cached_property
    def people(self) -> People:
        """The list of people."""
        return People(self.context)

    @cached_property
    def log(self) -> Log:
        """What happened, and whether it all fits together."""
        return Log(self.context)

    @cached_property
    def findings(self) -> Findings:
        """What an officer should look at."""
        return Findings(self.context)

    @cached_property
    def proofs(self) -> Proofs:
        """Proof lines, and what they say of the log."""
        return Proofs(self.context)

    @cached_property
    def doubts(self) -> Doubts:
        """Proof that this is not the newest log."""
        return Doubts(self.context)

    @cached_property
    def restoring(self) -> Restoring:
        """Going on with an older copy."""
        return Restoring(self.context)

    @cached_property
    def restore_waiting(self) -> RestoreWaiting:
        """Whose decisions wait since a backup was put back."""
        return RestoreWaiting(self.context)

    @cached_property
    def no_journal(self) -> NoJournal:
        """Every no once more, outside the case file."""
        return NoJournal(self.context)

    @cached_property
    def clock_repairs(self) -> ClockRepairs:
        """Saying together that the clock was wrong."""
        return ClockRepairs(self.context)

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not saved."""
        return Drafts(self.context)

    @cached_property
    def layout(self) -> Layout:
        """Columns, widths and places of this person."""
        return Layout(self.context)

    @cached_property
    def search(self) -> Search:
        """The search box."""
        return Search(self.context)

    @cached_property
    def saved_searches(self) -> SavedSearches:
        """Searches I keep under a name."""
        return SavedSearches(self.context)

    @cached_property
    def undo(self) -> Undo:
        """Undo and redo of my own commands."""
        return Undo(self.context)

    @cached_property
    def own_terms(self) -> OwnTerms:
        """The words of this case file."""
        return OwnTerms(self.context)

    @cached_property
    def facilities(self) -> Facilities:
        """Places people are held in."""
        from app.services.facilities import Facilities

        return Facilities(self.context)

    # What follows is imported when it is first used: readers of lists and writers of reports take their time.

    @cached_property
    def slips(self) -> Slips:
        """Approval slips: asking a second person elsewhere."""
        from app.services.slips import Slips

        return Slips(self.context)

    @cached_property
    def trustees(self) -> Trustees:
        """People elsewhere with a signing key and no case file."""
        from app.services.trustees import Trustees

        return Trustees(self.context)

    @cached_property
    def quoting(self) -> Quoting:
        """Figures others gave."""
        from app.services.quoting import Quoting

        return Quoting(self.context)

    @cached_property
    def sources(self) -> Sources:
        """Sources and trust in them."""
        from app.services.sources import Sources

        return Sources(self.context)

    @cached_property
    def quarters(self) -> Quarters:
        """Quarter reviews."""
        from app.services.quarters import Quarters

        return Quarters(self.context)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Records that may be of one person."""
        from app.services.duplicates import Duplicates

        return Duplicates(self.context)

    @cached_property
    def merging(self) -> Merging:
        """Merging two records of one person."""
        from app.services.merging import Merging

        return Merging(self.context)

    @cached_property
    def pictures(self) -> Pictures:
        """Photos of prisoners."""
        from app.services.pictures import Pictures

        return Pictures(self.context)

    @cached_property
    def intake(self) -> Intake:
        """Bringing lists in."""
        from app.services.intake import Intake

        return Intake(self.context)

    @cached_property
    def earlier(self) -> EarlierAnswers:
        """Earlier answers, from lists."""
        from app.services.earlier import EarlierAnswers

        return EarlierAnswers(self.context, self.consent)

    @cached_property
    def reports(self) -> Reports:
        """Making reports."""
        from app.services.reports import Reports

        return Reports(self.context)

    @cached_property
    def approval(self) -> Approval:
        """What lets a report leave."""
        from app.services.approval import Approval

        return Approval(self.context)

    @cached_property
    def withdrawing(self) -> Withdrawing:
        """Use cases of the withdrawal journey."""
        from app.services.withdrawing import Withdrawing

        return Withdrawing(self.context)

    @cached_property
    def as_of(self) -> AsOf:
        """Use cases of looking back."""
        from app.services.as_of import AsOf

        return AsOf(self.context)

    @cached_property
    def exposure(self) -> Exposure:
        """Who could open what, and who did."""
        from app.services.exposure import Exposure

        return Exposure(self.context, self.log)
