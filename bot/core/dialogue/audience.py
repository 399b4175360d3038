"""What a topic means from who asks it: an employer's "what is in it for me" is another question."""

from collections.abc import Iterable, Mapping
from typing import Final

MEANT: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "employer": {
        "faq/benefits": ("faq/employer_benefits",),
        "faq/study_load": ("faq/study_load", "faq/combine_with_job"),
    },
}
"""The topics that answer a topic, by who asks; all others are answered as they are asked."""
SPOKEN_TO: Final[Mapping[str, str]] = {
    "employer": "employer",
    "school": "school",
    "adviser": "other",
    "for_somebody_else": "other",
}
"""As whom a text speaks to who is no candidate."""


def as_meant_by(who: str | None, topics: Iterable[str]) -> tuple[str, ...]:
    """Give the topics that answer what somebody asks, each once and in order."""
    meant = MEANT.get(who or "", {})
    return tuple(dict.fromkeys(name for each in topics for name in meant.get(each, (each,))))
