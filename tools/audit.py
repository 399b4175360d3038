"""Asks which known flaws our locked packages have: `python -m tools.audit`.

Sources: OSV (advisories of PyPA and GitHub) through `pip-audit`, and npm's own through `npm audit`.
A source is believed only when it knows an old flaw, and never without an answer to everything.
Status: 0 well, 1 a flaw that `requirements/accepted.yml` does not name (or an entry past its day),
3 a source gave no answer, so nothing is known.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tools.accepted import FILE, Accepted, problems, read
from tools.locks import FOLDER, LOCKS, ROOT, canonical, locked

OSV: Final = "https://api.osv.dev/v1/query"
CANARY: Final = "jinja2==3.1.2"
"""Has had known flaws since 2024."""
LONGEST: Final = 900
"""Seconds for one lock file."""


class NoAnswer(Exception):
    """The source cannot be reached, or does not know what it should."""


@dataclass(frozen=True)
class Flaw:
    """One flaw of one locked package, under all its names."""

    lock: str
    package: str
    version: str
    ids: frozenset[str]


def python_flaws(lock: str, requirements: Path, osv: str) -> list[Flaw]:
    """What OSV knows of everything in a requirements file; NoAnswer when it left out anything."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--no-deps"]
    command += ["--disable-pip", "--format", "json", "--progress-spinner", "off"]
    command += ["--vulnerability-service", "osv", "--osv-url", osv]
    packages = _told(command, "dependencies")
    skipped = [each["name"] for each in packages if "vulns" not in each]
    if skipped:
        raise NoAnswer(f"nothing about {', '.join(skipped)}")
    return [
        Flaw(
            lock,
            canonical(each["name"]),
            each["version"],
            frozenset({flaw["id"], *flaw["aliases"]}),
        )
        for each in packages
        for flaw in each["vulns"]
    ]


def npm_flaws(registry: str | None) -> list[Flaw]:
    """What npm knows of everything in package-lock.json."""
    command = ["npm", "audit", "--json", "--package-lock-only"]
    command += [f"--registry={registry}"] if registry else []
    return [
        Flaw("npm", name, each["range"], frozenset({via["url"].rsplit("/", 1)[-1]}))
        for name, each in _told(command, "vulnerabilities").items()
        for via in each["via"]
        if isinstance(via, dict)
    ]


def _told(command: Sequence[str], part: str) -> Any:
    """A part of the JSON that a program prints; NoAnswer when it is not there."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONGEST
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(f"{Path(command[0]).name}: {type(error).__name__}") from None
    try:
        return json.loads(done.stdout)[part]
    except (json.JSONDecodeError, KeyError):
        said = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        raise NoAnswer(said[:300]) from None


def look(osv: str, registry: str | None) -> list[Flaw]:
    """All flaws of all locks."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as canary:
        canary.write(CANARY)
        canary.flush()
        if not python_flaws("canary", Path(canary.name), osv):
            raise NoAnswer(f"{osv} does not know the flaws of {CANARY}")
    found = [flaw for lock in LOCKS for flaw in python_flaws(lock, FOLDER / f"{lock}.txt", osv)]
    return found + npm_flaws(registry)


def names() -> dict[str, set[str]]:
    """The packages of each lock."""
    npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    python = {lock: set(locked(lock)) for lock in LOCKS}
    return python | {"npm": {path.rpartition("node_modules/")[2] for path in npm}}


def audit(osv: str, registry: str | None, entries: list[Accepted], today: date) -> int:
    """Print what is wrong; the status."""
    wrong = list(problems(entries, today, names()))
    try:
        flaws = look(osv, registry)
    except NoAnswer as error:
        print(*wrong, sep="\n", end="\n" if wrong else "")
        print(f"NOT AUDITED: a source gave no answer ({error}). Nothing is known of today.")
        print(f"{len(entries)} entries in {FILE.name} stand as they were judged before.")
        return 3
    for flaw in flaws:
        if not any(each.covers(flaw.lock, flaw.package, flaw.ids) for each in entries):
            ids = " ".join(sorted(flaw.ids))
            wrong.append(f"{flaw.package} {flaw.version} ({flaw.lock}): {ids}")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(flaws)} known flaws by {osv} and npm, {len(wrong)} to look at.")
    return 1 if wrong else 0


def main() -> int:
    """What the command line asks."""
    wish = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    wish.add_argument("--osv", default=OSV, help="another server with the same questions, a mirror")
    wish.add_argument("--registry", help="another npm registry, a mirror")
    wish.add_argument("--accepted", type=Path, default=FILE)
    given = wish.parse_args()
    today = date.today()  # noqa: DTZ011 - a day, wherever somebody sits
    return audit(given.osv, given.registry, read(given.accepted), today)


if __name__ == "__main__":
    sys.exit(main())
