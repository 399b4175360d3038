"""Whether a visitor qualifies, by the rules of core and the facts of today."""

from collections.abc import Mapping

from bot.core import eligibility as rules
from bot.core.eligibility import Applicant, Verdict
from bot.core.intake import day_of
from bot.services.ports import Ports


def check(ports: Ports, answers: Mapping[str, object]) -> Verdict:
    """The provisional verdict on what was told."""
    today = day_of(ports.clock.now())
    minimum = float(ports.facts.value("minimum_years_experience", today))
    return rules.check(Applicant.from_answers(answers), minimum)


def open_questions(answers: Mapping[str, object]) -> tuple[str, ...]:
    """What must still be asked before a verdict."""
    return rules.open_questions(Applicant.from_answers(answers))
