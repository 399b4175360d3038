"""What a registration must contain, and its code."""

import re

import pytest

from bot.core.answers.codes import CODE, read_code
from bot.core.eligibility import Outcome
from bot.core.errors import RegistrationIncomplete
from bot.core.registration import Status, new_code, require_complete, status_for

COMPLETE = {
    "name": "Jan de Vries",
    "email": "jan@voorbeeld.nl",
    "phone": "+31612345678",
    "region": "Zwolle",
    "consent": "yes",
    "consent_version": "utter_ask_consent@abc",
    "confirm": "yes",
}


def test_a_complete_draft_may_be_registered():
    require_complete(COMPLETE)


@pytest.mark.parametrize(
    "item", ["name", "email", "phone", "region", "consent", "consent_version", "confirm"]
)
def test_nothing_may_be_missing(item):
    with pytest.raises(RegistrationIncomplete):
        require_complete({**COMPLETE, item: None})


@pytest.mark.parametrize("item", ["consent", "confirm"])
def test_a_no_is_not_a_yes(item):
    with pytest.raises(RegistrationIncomplete, match=item):
        require_complete({**COMPLETE, item: "no"})


def test_codes_are_readable_and_all_different():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"HT-[0-9A-HJKMNP-TV-Z]{8}", code) for code in codes)


def test_every_code_is_read_as_people_type_it_over():
    """Bug: one in twenty had no digit, and "HT FEHQKXZY" was taken for words."""
    for code in (new_code() for _ in range(2000)):
        half = f"{code[:7]} {code[7:]}"
        for typed in (code, code.lower(), code.replace("-", " "), half, half.lower()):
            match = CODE.fullmatch(typed)
            assert match is not None and read_code(match) == code


def test_only_who_is_eligible_is_registered_at_once():
    assert status_for(Outcome.ELIGIBLE) is Status.REGISTERED
    assert status_for(Outcome.REVIEW) is Status.REVIEW
    assert status_for(Outcome.NOT_ELIGIBLE) is Status.REVIEW
