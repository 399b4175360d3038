"""What a conversation remembers of itself between two messages, beside what was told.

One small record, kept sealed in our own database. The engine's slots of the same names are filled
from it at each message: what the engine holds is a copy.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

VERSION: Final = 1
LONGEST: Final = 200
"""Characters of one name; so the record is never longer than `MOST`."""
MOST: Final = 32 * 1024
TOPICS: Final = 3


@dataclass(frozen=True)
class Memory:
    """The names are those of the engine's slots.

    `goal` is what the visitor is on the way to, `offer` what a bare yes means now, `again` the
    answer that they want to give anew, `misunderstood` how often in a row an answer could not be
    read. `topics` are those of the last replies, the newest last; `who` the visitor said to be, and
    `missed` how many messages in a row were not understood outside a question of ours. Whoever
    `is_hurried` gets short answers from then on.
    """

    goal: str | None = None
    offer: str | None = None
    again: str | None = None
    misunderstood: int | None = None
    topics: tuple[str, ...] = ()
    who: str | None = None
    missed: int = 0
    is_hurried: bool = False

    def changed(self, values: Mapping[str, Any]) -> "Memory":
        """The same with what the engine's slots are now; of other names nothing is taken."""
        return replace(self, **{name: values[name] for name in SLOTS if name in values})

    def heard(
        self,
        topics: tuple[str, ...],
        who: str | None = None,
        *,
        is_miss: bool = False,
        is_hurried: bool = False,
    ) -> "Memory":
        """The same after a message of who says to be that, and a reply about these topics."""
        return replace(
            self,
            topics=(*self.topics, *topics)[-TOPICS:],
            who=who or self.who,
            missed=self.missed + 1 if is_miss else 0,
            is_hurried=self.is_hurried or is_hurried,
        )

    def slots(self) -> dict[str, object]:
        """What the engine has to know of it."""
        return {name: getattr(self, name) for name in SLOTS}


SLOTS: Final = ("goal", "offer", "again", "misunderstood")


def dump(memory: Memory) -> str:
    """As it is kept."""
    kept = {name: _short(value) for name, value in asdict(memory).items()}
    return json.dumps({"version": VERSION, **kept})


def _short(value: object) -> object:
    if isinstance(value, str):
        return value[:LONGEST]
    return [_short(each) for each in value[:TOPICS]] if isinstance(value, list | tuple) else value


def load(kept: str) -> Memory:
    """As it was kept, by this version or one before; what a later one added is left out."""
    raw = json.loads(kept)
    known = {each.name: raw[each.name] for each in fields(Memory) if each.name in raw}
    known["topics"] = tuple(known.get("topics") or ())
    return Memory(**known)
