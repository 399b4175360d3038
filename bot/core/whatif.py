"""Reads a verdict as a receipt: a line for each criterion, and what would change the outcome."""

from dataclasses import dataclass
from typing import Final

from bot.core.eligibility import CLOSED, DOUBT, Reason, Verdict
from bot.core.questions import ELIGIBILITY, QUESTIONS

ADULT: Final = "adult"
ITEM_OF: Final = {
    "under": ADULT,
    **{each.criterion: each.item for each in QUESTIONS if each.criterion},
}
"""Which item a reason is about, by the first word of its name."""

FITTING: Final[dict[str, tuple[str, ...]]] = {
    ADULT: ("yes",),
    **{each.item: each.fitting for each in QUESTIONS if each.fitting},
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
