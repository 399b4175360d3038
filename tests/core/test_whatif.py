"""A verdict as a receipt: every criterion stands on it, and what would change it really does."""

from itertools import product

import pytest
from hypothesis import assume, given

from bot.core.eligibility import CLOSED, DOUBT, Applicant, Outcome, Reason, check
from bot.core.questions import ELIGIBILITY, EMPLOYED
from bot.core.whatif import Criterion, criteria, unknown, would_change
from tests.core.test_eligibility import FIT, applicants, changed

MINIMUM = 3.0
AS_ANSWER = {("adult", "yes"): True, ("years_experience", "enough"): MINIMUM}


def test_every_criterion_stands_on_the_receipt_in_the_order_of_asking() -> None:
    receipt = criteria(check(Applicant(employment="employee", school_type="mbo"), MINIMUM))
    assert [each.item for each in receipt] == list(ELIGIBILITY)
    assert receipt[1] == Criterion("employment", Reason.EMPLOYMENT_OK)
    assert receipt[2] == Criterion("education_level", None)


def test_what_is_not_known_yet_is_named() -> None:
    told = check(Applicant(sector="not_technical", employment="retired"), MINIMUM)
    assert unknown(told) == ("education_level", "years_experience", "school_type")
    assert unknown(check(FIT, MINIMUM)) == ()


def test_age_stands_on_the_receipt_only_when_it_counts() -> None:
    assert criteria(check(changed(adult=False), MINIMUM))[0].reason is Reason.UNDER_18
    assert criteria(check(changed(adult=True), MINIMUM))[0].item == "sector"


@pytest.mark.parametrize(
    ("answers", "changes"),
    [
        ({}, {}),
        ({"employer_consent": "not_asked", "school_type": "undecided"}, {}),
        ({"education_level": "mbo3"}, {"education_level": ("mbo4", "hbo", "wo")}),
        ({"employment": "self_employed"}, {"employment": ("employee",)}),
        ({"years_experience": 1}, {"years_experience": ("enough",)}),
        (
            {"adult": False, "employer_consent": "no"},
            {"adult": ("yes",), "employer_consent": ("yes",)},
        ),
    ],
)
def test_what_would_change_the_outcome(
    answers: dict[str, object], changes: dict[str, tuple[str, ...]]
) -> None:
    assert would_change(check(changed(**answers), MINIMUM)) == changes


@given(applicants)
def test_with_any_of_those_answers_no_doubt_is_left(applicant: Applicant) -> None:
    # Somebody without an employer is not asked whether that employer agrees.
    assume(applicant.employment in EMPLOYED or applicant.employer_consent == "not_applicable")
    changes = would_change(check(applicant, MINIMUM))
    for values in product(*changes.values()):
        pairs = zip(changes, values, strict=True)
        better = {item: AS_ANSWER.get((item, value), value) for item, value in pairs}
        verdict = check(Applicant(**{**vars(applicant), **better}), MINIMUM)
        assert not (CLOSED | DOUBT).intersection(verdict.reasons)


@given(applicants)
def test_nothing_would_change_what_fits(applicant: Applicant) -> None:
    verdict = check(applicant, MINIMUM)
    assert (would_change(verdict) == {}) == (verdict.outcome is Outcome.ELIGIBLE)


def test_who_gets_an_employer_is_asked_what_that_employer_thinks() -> None:
    draft = {**vars(FIT), "employment": "unemployed", "employer_consent": "not_applicable"}
    verdict = check(Applicant.from_answers({**draft, "employment": "employee"}), MINIMUM)
    assert unknown(verdict) == ("employer_consent",)
    assert verdict.outcome is Outcome.REVIEW
