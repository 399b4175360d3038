"""Reads a verdict as a receipt: a line for each criterion, and what would change the outcome."""

from dataclasses import dataclass
from typing import Final

from bot.core.eligibility import CLOSED, DOUBT, Reason, Verdict
from bot.core.items import ELIGIBILITY

ADULT: Final = "adult"
ITEM_OF: Final = {
    "under": ADULT,
    "sector": "sector",
    "employment": "employment",
    "education": "education_level",
    "experience": "years_experience",
    "consent": "employer_consent",
    "school": "school_type",
}
"""Which item a reason is about, by the first word of its name."""

FITTING: Final[dict[str, tuple[str, ...]]] = {
    ADULT: ("yes",),
    "sector": ("installatietechniek", "metaalbewerking", "metalektro", "bouw"),
    "employment": ("employee",),
    "education_level": ("mbo4", "hbo", "wo"),
    "years_experience": ("enough",),
    "employer_consent": ("yes",),
    "school_type": ("both",),
}
"""The answers that leave no doubt; "enough" years is the fact `minimum_years_experience`."""


@dataclass(frozen=True)
class Criterion:
    """One thing that we look at; without a reason it is not known yet."""

    item: str
    reason: Reason | None = None

    @property
    def stands_out(self) -> bool:
        """Whether it keeps the outcome from being "eligible"."""
        return self.reason in CLOSED or self.reason in DOUBT


def criteria(verdict: Verdict) -> tuple[Criterion, ...]:
    """Every criterion in the order of asking; age, which nobody is asked, only when it counts."""
    known = {ITEM_OF[reason.value.partition("_")[0]]: reason for reason in verdict.reasons}
    asked = [Criterion(item, known.get(item)) for item in ELIGIBILITY]
    age = [Criterion(ADULT, known[ADULT])] if ADULT in known else []
    return (*age, *asked)


def unknown(verdict: Verdict) -> tuple[str, ...]:
    """The criteria of which nothing is known yet."""
    return tuple(each.item for each in criteria(verdict) if each.reason is None)


def would_change(verdict: Verdict) -> dict[str, tuple[str, ...]]:
    """For each criterion that is doubtful or not met: the answers of which one would do."""
    return {each.item: FITTING[each.item] for each in criteria(verdict) if each.stands_out}
