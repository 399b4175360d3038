"""The things we ask a visitor, in the order of asking, and the values an answer can have.

The names are those of the conversation catalogue and of `asks` in the chat API.
"""

from typing import Final

ELIGIBILITY: Final = (
    "sector",
    "employment",
    "education_level",
    "years_experience",
    "employer_consent",
    "school_type",
)
REGISTRATION: Final = ("consent", "name", "email", "phone", "region", "company", "confirm")
DETAILS: Final = ("name", "email", "phone", "region", "company")
"""Of those: what somebody tells about himself."""

CALLBACK: Final = ("callback", "callback_note")
"""How to reach somebody who wants a person; when and what about. Both are "callback" outside."""

PROOF: Final = ("code", "digits")
"""The code of a registration, and what we mailed to its address. Both are "code" outside."""

PERSONAL: Final = ("name", "email", "phone", "company")
SLOTS: Final = (*ELIGIBILITY, *REGISTRATION, *CALLBACK, *PROOF)
"""What the forms ask."""

ITEMS: Final = (*SLOTS, "feedback")

VALUES: Final[dict[str, frozenset[str]]] = {
    "sector": frozenset(
        {"installatietechniek", "metaalbewerking", "metalektro", "bouw", "other", "not_technical"}
    ),
    "employment": frozenset(
        {"employee", "self_employed", "unemployed", "retired", "student", "teacher"}
    ),
    "education_level": frozenset(
        {"vmbo", "mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo", "havo", "foreign", "none"}
    ),
    "employer_consent": frozenset({"yes", "no", "not_asked", "not_applicable"}),
    "school_type": frozenset({"vmbo", "mbo", "both", "other", "undecided"}),
    "consent": frozenset({"yes", "no"}),
    "confirm": frozenset({"yes", "no"}),
}

HIDDEN: Final = (*PERSONAL, "region", "callback_note", *PROOF)
"""Of these the engine only knows that they were given."""

FREE: Final = frozenset((*HIDDEN, "city", "province"))
"""What is no choice from a list: never written down by the engine."""

PUBLIC: Final = {"callback_note": "callback", "digits": "code"}
"""What an item is called in the chat API, where that differs."""

GIVEN: Final = "given"
"""What the engine sees instead of a personal value: that it was given, never what it is."""

NAME_BEFORE: Final = "name_before"
"""In a draft: the name that is asked anew, of which perhaps half is told."""

SKIPPED: Final = "skip"
"""The value of an optional item that the visitor chose to leave out."""


def is_valid(item: str, value: object) -> bool:
    """Whether `value` is one that `item` can have; the last check before anything is kept."""
    if item == "years_experience":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60
    if item in PERSONAL:
        return value in (GIVEN, SKIPPED) if item == "company" else value == GIVEN
    if item in VALUES:
        return value in VALUES[item]
    return isinstance(value, str) and 0 < len(value) <= (500 if item == "callback_note" else 80)
