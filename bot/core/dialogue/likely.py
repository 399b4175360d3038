"""A value that is likely meant: it is said back as a yes or no, and kept only after that yes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

LIKELY: Final = "likely"
"""In a draft: what was said back and waits for a yes, with its item."""
REFUSED: Final = "refused"
"""In a draft: what was said back last and got a no, with its item."""


@dataclass(frozen=True)
class Likely:
    """What is likely meant; `otherwise` is kept after a no, without it the question is asked.

    `instead`: the answer that was told before, and that this is another one than.
    """

    value: Any = field(repr=False)
    otherwise: Any = field(default=None, repr=False)
    instead: Any = field(default=None, repr=False)

    @property
    def written(self) -> Any:
        """What stands there, without anything put right."""
        return self.value if self.otherwise is None else self.otherwise


def waiting(draft: Mapping[str, object]) -> tuple[str, Likely] | None:
    """The item of which something waits for a yes, and what."""
    kept = draft.get(LIKELY)
    if not isinstance(kept, dict) or draft.get(kept["item"]) != kept.get("instead"):
        return None
    return kept["item"], Likely(kept["value"], kept["otherwise"], kept.get("instead"))


def as_kept(item: str, likely: Likely) -> dict[str, object]:
    """How it stands in a draft, under one of the names above."""
    return {"item": item, **asdict(likely)}


def is_meant(draft: Mapping[str, object], item: str, value: object) -> bool:
    """Say whether it waits for a yes already: who says the same again, means it."""
    return _is(draft.get(LIKELY), item, value)


def is_refused(draft: Mapping[str, object], item: str, value: object) -> bool:
    """Say whether somebody said no to it: nobody is asked that twice."""
    return _is(draft.get(REFUSED), item, value)


def _is(kept: object, item: str, value: object) -> bool:
    return isinstance(kept, dict) and (kept["item"], kept["value"]) == (item, value)
