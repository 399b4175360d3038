"""One fact that a text states: what it is, its value, and where it stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A fact; `start` and `end` are offsets into the text as it was given."""

    entity: str
    value: str | int | float
    start: int
    end: int
