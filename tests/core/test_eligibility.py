"""Who may start: every criterion, every outcome."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import eligibility
from bot.core.eligibility import CLOSED, DOUBT, Applicant, Outcome, Reason, check, open_questions
from bot.core.questions import ELIGIBILITY, VALUES

FIT = Applicant(
    sector="installatietechniek",
    employment="employee",
    education_level="mbo4",
    years_experience=10,
    employer_consent="yes",
    school_type="mbo",
)


def changed(**answers: object) -> Applicant:
    return Applicant(**{**vars(FIT), **answers})


def test_a_service_engineer_with_mbo_4_and_ten_years_is_eligible():
    verdict = check(FIT, 3)
    assert verdict.outcome is Outcome.ELIGIBLE
    assert verdict.rules == eligibility.RULES_VERSION
    assert verdict.reasons == (
        Reason.SECTOR_OK,
        Reason.EMPLOYMENT_OK,
        Reason.EDUCATION_OK,
        Reason.EXPERIENCE_OK,
        Reason.CONSENT_OK,
        Reason.SCHOOL_OK,
    )


@pytest.mark.parametrize(
    ("answers", "outcome", "reason"),
    [
        ({"sector": "bouw"}, Outcome.ELIGIBLE, Reason.SECTOR_OK),
        ({"sector": "metalektro"}, Outcome.ELIGIBLE, Reason.SECTOR_OK),
        ({"sector": "other"}, Outcome.REVIEW, Reason.SECTOR_OTHER),
        ({"sector": "not_technical"}, Outcome.NOT_ELIGIBLE, Reason.SECTOR_NOT_TECHNICAL),
        ({"employment": "self_employed"}, Outcome.REVIEW, Reason.EMPLOYMENT_SELF_EMPLOYED),
        ({"employment": "unemployed"}, Outcome.REVIEW, Reason.EMPLOYMENT_UNEMPLOYED),
        ({"employment": "retired"}, Outcome.REVIEW, Reason.EMPLOYMENT_RETIRED),
        ({"employment": "teacher"}, Outcome.REVIEW, Reason.EMPLOYMENT_TEACHER),
        ({"employment": "student"}, Outcome.NOT_ELIGIBLE, Reason.EMPLOYMENT_STUDENT),
        ({"adult": False}, Outcome.NOT_ELIGIBLE, Reason.UNDER_18),
        ({"adult": True}, Outcome.ELIGIBLE, Reason.SECTOR_OK),
        ({"education_level": "hbo"}, Outcome.ELIGIBLE, Reason.EDUCATION_OK),
        ({"education_level": "wo"}, Outcome.ELIGIBLE, Reason.EDUCATION_OK),
        ({"education_level": "mbo3"}, Outcome.REVIEW, Reason.EDUCATION_LOWER),
        ({"education_level": "vmbo"}, Outcome.REVIEW, Reason.EDUCATION_LOWER),
        ({"education_level": "none"}, Outcome.REVIEW, Reason.EDUCATION_LOWER),
        ({"education_level": "foreign"}, Outcome.REVIEW, Reason.EDUCATION_FOREIGN),
        ({"years_experience": 3}, Outcome.ELIGIBLE, Reason.EXPERIENCE_OK),
        ({"years_experience": 2.9}, Outcome.REVIEW, Reason.EXPERIENCE_SHORT),
        ({"years_experience": 0}, Outcome.REVIEW, Reason.EXPERIENCE_SHORT),
        ({"employer_consent": "not_asked"}, Outcome.ELIGIBLE, Reason.CONSENT_NOT_ASKED),
        ({"employer_consent": "no"}, Outcome.REVIEW, Reason.CONSENT_REFUSED),
        ({"school_type": "both"}, Outcome.ELIGIBLE, Reason.SCHOOL_OK),
        ({"school_type": "undecided"}, Outcome.ELIGIBLE, Reason.SCHOOL_UNDECIDED),
        ({"school_type": "other"}, Outcome.NOT_ELIGIBLE, Reason.SCHOOL_OTHER),
    ],
)
def test_one_criterion_decides(answers, outcome, reason):
    verdict = check(changed(**answers), 3)
    assert verdict.outcome is outcome
    assert reason in verdict.reasons


def test_who_has_no_employer_needs_no_leave_of_one():
    zzp = changed(employment="self_employed", employer_consent=None)
    assert "employer_consent" not in open_questions(zzp)
    assert Reason.CONSENT_NOT_NEEDED in check(zzp, 3).reasons


def test_everything_is_asked_in_order_when_nothing_is_known():
    assert open_questions(Applicant()) == ELIGIBILITY


def test_nothing_more_is_asked_when_another_route_fits():
    assert open_questions(Applicant(sector="not_technical")) == ()


def test_an_unfinished_check_is_never_a_yes():
    assert check(Applicant(sector="bouw"), 3).outcome is Outcome.REVIEW


def test_answers_are_read_from_a_draft():
    draft = {"sector": "bouw", "years_experience": 4, "adult": False, "name": "iemand"}
    assert Applicant.from_answers(draft) == Applicant(
        sector="bouw", years_experience=4.0, adult=False
    )


applicants = st.builds(
    Applicant,
    **{
        item: st.sampled_from(sorted(VALUES[item]))
        for item in ELIGIBILITY
        if item != "years_experience"
    },
    years_experience=st.floats(0, 60),
    adult=st.sampled_from([None, True, False]),
)


@given(applicants, st.floats(0, 10))
def test_the_outcome_follows_from_the_reasons_alone(applicant, minimum):
    verdict = check(applicant, minimum)
    closed, doubt = CLOSED.intersection(verdict.reasons), DOUBT.intersection(verdict.reasons)
    expected = Outcome.NOT_ELIGIBLE if closed else Outcome.REVIEW if doubt else Outcome.ELIGIBLE
    assert verdict.outcome is expected
    assert check(applicant, minimum) == verdict


@given(applicants, st.floats(0, 30), st.floats(0, 30))
def test_more_experience_is_never_worse(applicant, one, two):
    less, more = sorted((one, two))
    order = [Outcome.NOT_ELIGIBLE, Outcome.REVIEW, Outcome.ELIGIBLE]

    def rank(years: float) -> int:
        with_years = Applicant(**{**vars(applicant), "years_experience": years})
        return order.index(check(with_years, 3).outcome)

    assert rank(more) >= rank(less)


def test_every_reason_belongs_to_one_kind_at_most():
    assert not CLOSED & DOUBT
    assert set(itertools.chain(CLOSED, DOUBT)) <= set(Reason)
