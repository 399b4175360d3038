"""`requirements/accepted.yml`: the known flaws that we live with, each with why and until when."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import yaml

from tools.locks import FOLDER

FILE: Final = FOLDER / "accepted.yml"
LONGEST: Final = 366
"""Days that somebody may look away."""


@dataclass(frozen=True)
class Accepted:
    """One entry: some flaws of one locked package."""

    package: str
    lock: str
    why: str
    until: date
    ids: tuple[str, ...] = ()

    def covers(self, lock: str, package: str, ids: Set[str]) -> bool:
        """Whether this entry is about a finding; a flaw has several ids."""
        return (self.lock, self.package) == (lock, package) and bool(ids & set(self.ids))


def read(file: Path = FILE) -> list[Accepted]:
    """All entries, as they stand there."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
    return [Accepted(**each | {"ids": tuple(each.get("ids", ()))}) for each in entries]


def problems(entries: list[Accepted], today: date, locked: dict[str, Set[str]]) -> Iterator[str]:
    """What is wrong with the entries themselves; `locked` holds the packages of each lock."""
    seen: set[tuple[str, str, str]] = set()
    for each in entries:
        name = f"{each.package} ({each.lock})"
        if each.package not in locked.get(each.lock, set()):
            yield f"{name}: is not locked, take it out"
        if each.until < today:
            yield f"{name}: accepted until {each.until} only, judge it again"
        if (each.until - today).days > LONGEST:
            yield f"{name}: {each.until} is more than a year away"
        if not each.ids:
            yield f"{name}: name ids"
        if not each.why.strip():
            yield f"{name}: say why"
        for flaw in each.ids:
            if (each.lock, each.package, flaw) in seen:
                yield f"{name}: {flaw} stands there twice"
            seen.add((each.lock, each.package, flaw))
