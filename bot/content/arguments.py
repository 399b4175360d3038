"""The names that the code fills in; every other `{name}` in a text is a fact."""

from typing import Final

ARGUMENTS: Final = frozenset(
    {
        "answer",
        "answers",
        "changes",
        "city",
        "code",
        "codes",
        "command",
        "criteria",
        "criterion",
        "day",
        "digits",
        "facts",
        "intake",
        "last",
        "limit",
        "name",
        "next_intake",
        "notice",
        "number",
        "others",
        "places_left",
        "proof",
        "is_first",
        "is_listed",
        "is_new",
        "is_told",
        "registration_deadline",
        "time",
        "start_date",
        "status",
        "total",
        "waiting",
        "way",
        "year",
        "years",
    }
)
