"""Who may start: rules written by people, on what the visitor said himself.

No classifier comes in here, nor into the answers that this rests on: those are read by written
rules or come from our buttons. Nothing here decides for good: every outcome is provisional and a
coordinator looks at it (AVG art. 22, AI Act annex III). The thresholds are
facts with a source; the same answers always give the same verdict.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Final

from bot.core.questions import BY_ITEM, ELIGIBILITY, asked_again

RULES_VERSION: Final = "2026-11"

TECHNICAL: Final = frozenset({"installatietechniek", "metaalbewerking", "metalektro", "bouw"})
HIGH_ENOUGH: Final = frozenset({"mbo4", "hbo", "wo"})


class Outcome(str, Enum):
    """What we tell, always provisionally."""

    ELIGIBLE = "eligible"
    REVIEW = "review"
    NOT_ELIGIBLE = "not_eligible"


class Reason(str, Enum):
    """Why: one for each criterion; each has its own sentence `utter_reason_<reason>`."""

    SECTOR_OK = "sector_ok"
    SECTOR_OTHER = "sector_other"
    SECTOR_NOT_TECHNICAL = "sector_not_technical"
    EMPLOYMENT_OK = "employment_ok"
    EMPLOYMENT_SELF_EMPLOYED = "employment_self_employed"
    EMPLOYMENT_UNEMPLOYED = "employment_unemployed"
    EMPLOYMENT_RETIRED = "employment_retired"
    EMPLOYMENT_TEACHER = "employment_teacher"
    EMPLOYMENT_STUDENT = "employment_student"
    UNDER_18 = "under_18"
    EDUCATION_OK = "education_ok"
    EDUCATION_LOWER = "education_lower"
    EDUCATION_FOREIGN = "education_foreign"
    EXPERIENCE_OK = "experience_ok"
    EXPERIENCE_SHORT = "experience_short"
    CONSENT_OK = "consent_ok"
    CONSENT_NOT_ASKED = "consent_not_asked"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_NOT_NEEDED = "consent_not_needed"
    SCHOOL_OK = "school_ok"
    SCHOOL_OTHER = "school_other"
    SCHOOL_UNDECIDED = "school_undecided"


CLOSED: Final = frozenset(
    {
        Reason.SECTOR_NOT_TECHNICAL,
        Reason.EMPLOYMENT_STUDENT,
        Reason.UNDER_18,
        Reason.SCHOOL_OTHER,
    }
)
"""Reasons for which this route is not the right one; each has its `utter_route_<reason>`."""

DOUBT: Final = frozenset(
    {
        Reason.SECTOR_OTHER,
        Reason.EMPLOYMENT_SELF_EMPLOYED,
        Reason.EMPLOYMENT_UNEMPLOYED,
        Reason.EMPLOYMENT_RETIRED,
        Reason.EMPLOYMENT_TEACHER,
        Reason.EDUCATION_LOWER,
        Reason.EDUCATION_FOREIGN,
        Reason.EXPERIENCE_SHORT,
        Reason.CONSENT_REFUSED,
    }
)
"""Reasons for which a person has to look first."""


@dataclass(frozen=True)
class Applicant:
    """What somebody said about themselves; None is not told yet.

    `others` are answers to questions that decide nothing.
    """

    sector: str | None = None
    employment: str | None = None
    education_level: str | None = None
    years_experience: float | None = None
    employer_consent: str | None = None
    school_type: str | None = None
    adult: bool | None = None
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_answers(cls, answers: Mapping[str, object]) -> "Applicant":
        """Pick the criteria out of everything a visitor told.

        What was not asked says nothing any more of somebody who has to be asked it now.
        """
        years, adult = answers.get("years_experience"), answers.get("adult")
        text = {
            item: value
            for item in ELIGIBILITY
            if item != "years_experience" and isinstance(value := answers.get(item), str)
        }
        for item in asked_again(text):
            del text[item]
        judged = {each.name for each in fields(cls)}
        others = {item: text.pop(item) for item in text.keys() - judged}
        return cls(
            **text,
            others=others,
            years_experience=float(years) if isinstance(years, int | float) else None,
            adult=adult if isinstance(adult, bool) else None,
        )


@dataclass(frozen=True)
class Verdict:
    """The outcome with the reason of each criterion that is known, in the order of asking."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    rules: str = RULES_VERSION


def _sector(value: str) -> Reason:
    if value in TECHNICAL:
        return Reason.SECTOR_OK
    return Reason.SECTOR_OTHER if value == "other" else Reason.SECTOR_NOT_TECHNICAL


def _employment(value: str) -> Reason:
    return Reason.EMPLOYMENT_OK if value == "employee" else Reason(f"employment_{value}")


def _education(value: str) -> Reason:
    if value in HIGH_ENOUGH:
        return Reason.EDUCATION_OK
    return Reason.EDUCATION_FOREIGN if value == "foreign" else Reason.EDUCATION_LOWER


def _consent(value: str) -> Reason:
    return {
        "yes": Reason.CONSENT_OK,
        "no": Reason.CONSENT_REFUSED,
        "not_asked": Reason.CONSENT_NOT_ASKED,
    }.get(value, Reason.CONSENT_NOT_NEEDED)


def _school(value: str) -> Reason:
    if value in ("vmbo", "mbo", "both"):
        return Reason.SCHOOL_OK
    return Reason.SCHOOL_UNDECIDED if value == "undecided" else Reason.SCHOOL_OTHER


def reasons_for(applicant: Applicant, minimum_years: float) -> tuple[Reason, ...]:
    """The reason of each criterion that is known so far."""
    found: list[Reason] = []
    if applicant.adult is False:
        found.append(Reason.UNDER_18)
    if applicant.sector is not None:
        found.append(_sector(applicant.sector))
    if applicant.employment is not None:
        found.append(_employment(applicant.employment))
    if applicant.education_level is not None:
        found.append(_education(applicant.education_level))
    if applicant.years_experience is not None:
        enough = applicant.years_experience >= minimum_years
        found.append(Reason.EXPERIENCE_OK if enough else Reason.EXPERIENCE_SHORT)
    if not BY_ITEM["employer_consent"].is_asked_of(vars(applicant)):
        found.append(Reason.CONSENT_NOT_NEEDED)
    elif applicant.employer_consent is not None:
        found.append(_consent(applicant.employer_consent))
    if applicant.school_type is not None:
        found.append(_school(applicant.school_type))
    return tuple(found)


def open_questions(applicant: Applicant) -> tuple[str, ...]:
    """What must still be asked; nothing more once an answer shows that another route fits."""
    if CLOSED.intersection(reasons_for(applicant, 0)):
        return ()
    told = {**vars(applicant), **applicant.others}
    return tuple(
        item for item in ELIGIBILITY if told.get(item) is None and BY_ITEM[item].is_asked_of(told)
    )


def check(applicant: Applicant, minimum_years: float) -> Verdict:
    """Judge what is known; `minimum_years` is the fact `minimum_years_experience` of that day."""
    reasons = reasons_for(applicant, minimum_years)
    if CLOSED.intersection(reasons):
        return Verdict(Outcome.NOT_ELIGIBLE, reasons)
    if DOUBT.intersection(reasons) or open_questions(applicant):
        return Verdict(Outcome.REVIEW, reasons)
    return Verdict(Outcome.ELIGIBLE, reasons)
