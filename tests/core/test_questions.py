"""A question is one row: what the house knows of questions elsewhere is in it and nowhere else."""

from pathlib import Path

import pytest
import yaml

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.eligibility import Applicant, Reason, open_questions
from bot.core.questions import (
    BINDING,
    BY_ITEM,
    ELIGIBILITY,
    QUESTIONS,
    Task,
    asked_again,
    is_valid,
    not_asked,
)
from tests.support.parts import StandingClock

ROOT = Path(__file__).parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
TEXTS = {key for key, _ in TextsFromFiles(FactsFromFiles(), StandingClock())}


@pytest.mark.parametrize("task", Task)
def test_a_form_of_the_engine_asks_the_rows_of_its_task_in_their_order(task: Task) -> None:
    asked = [each.item for each in QUESTIONS if each.task is task]
    assert DOMAIN["forms"][task.value]["required_slots"] == asked


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.item)
def test_a_row_has_its_words(question) -> None:
    assert {f"utter_ask_{question.item}", f"utter_explain_{question.item}"} <= TEXTS
    assert question.mask is None or question.is_hidden


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.item)
def test_what_a_row_takes_for_an_answer_is_valid(question) -> None:
    assert all(is_valid(question.item, value) for value in question.values)
    assert question.unknown is None or is_valid(question.item, question.unknown)


def test_a_criterion_of_a_row_is_one_that_reasons_are_given_for() -> None:
    begins = {reason.value.partition("_")[0] for reason in Reason}
    assert {BY_ITEM[item].criterion for item in ELIGIBILITY} <= begins


def test_what_binds_is_a_yes_or_a_no() -> None:
    assert {"consent", "confirm"} == BINDING
    assert all(BY_ITEM[item].is_yes_no for item in BINDING)


@pytest.mark.parametrize("employment", sorted(BY_ITEM["employment"].values))
def test_who_has_no_employer_is_not_asked_for_his_consent(employment: str) -> None:
    is_asked = employment in ("employee", "teacher")
    assert ("employer_consent" in open_questions(Applicant(employment=employment))) == (
        is_asked and employment != "student"
    )
    told = {"employment": employment}
    assert not_asked(told) == ({} if is_asked else {"employer_consent": "not_applicable"})
    before = {**told, "employer_consent": "not_applicable"}
    assert asked_again(before) == (("employer_consent",) if is_asked else ())


def test_a_question_that_may_be_asked_is_asked_as_long_as_nothing_is_known() -> None:
    assert open_questions(Applicant()) == ELIGIBILITY
