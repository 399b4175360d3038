"""What our lock files hold: `requirements/<lock>.txt`, and package-lock.json for npm."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "requirements"
LOCKS: Final = ("app", "dev")
PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
HASH: Final = re.compile(r"--hash=(\S+)")


@dataclass(frozen=True)
class Locked:
    """One package: its name as indexes write it, its version and the hashes of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]


def canonical(name: str) -> str:
    """A name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: str) -> dict[str, Locked]:
    """What `requirements/<lock>.txt` installs, by canonical name."""
    text = (FOLDER / f"{lock}.txt").read_text(encoding="utf-8")
    starts = list(PINNED.finditer(text))
    ends = [each.start() for each in starts[1:]] + [len(text)]
    found = {}
    for start, end in zip(starts, ends, strict=True):
        name, hashes = canonical(start[1]), tuple(HASH.findall(text[start.start() : end]))
        found[name] = Locked(name, start[2], hashes)
    return found


def wanted(lock: str) -> list[str]:
    """What `requirements/<lock>.in` asks for, a requirement each."""
    lines = (FOLDER / f"{lock}.in").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith(("#", "-"))]
