"""The content set: all texts and facts, validated whole and swapped whole.

What an editor saves reaches a visitor only when every file can be read and every name in it is
known. Otherwise the last good set stays, also over a restart (`kept`), and the log, the doctor
and `/health/ready` name the file, the line and the fact or text.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.content.problem import Problem
from bot.content.reading import Fact, Variant, known_problems, read_facts, read_texts
from bot.log import get_logger

FACTS: Final = Path(__file__).parent / "facts"
TEXTS: Final = Path(__file__).parent / "texts"
CODE: Final = Path(__file__).parents[1]
Stamp = tuple[tuple[str, int, int], ...]
Files = Mapping[str, bytes]
"""File content by name, "facts/money.yml"."""

log = get_logger()


@dataclass(frozen=True)
class ContentSet:
    """Facts and texts that fit each other."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    texts: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)


class Content:
    """The files of editors, read again when one of them changed.

    `facts` and `texts` are folders, None when there are none of that kind; `kept` is a file for
    the last good set.
    """

    def __init__(
        self, facts: Path | None = FACTS, texts: Path | None = TEXTS, kept: Path | None = None
    ) -> None:
        self._folders = {"facts": facts, "texts": texts}
        self._kept = kept
        self._stamp: Stamp | None = None
        self._set = ContentSet()
        self.problems: tuple[Problem, ...] = ()

    def use_texts(self, folder: Path) -> None:
        """Read texts as well, from now on."""
        self._folders["texts"] = folder
        self._stamp = None

    @property
    def current(self) -> ContentSet:
        """The last good set; empty when there never was one."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            is_first, self._stamp = self._stamp is None, stamp
            self._refresh(is_first=is_first)
        return self._set

    def _refresh(self, *, is_first: bool) -> None:
        try:
            files = self._files()
        except OSError:  # somebody is replacing a file at this very moment: look again next time
            self._stamp = None
            return
        new, problems = read_set(files)
        problems += self._vanished(new, is_first=is_first)
        if not problems:
            self._set, self.problems = new, ()
            self._keep(files)
            return
        first = problems[0]
        log.error("content_refused", file=first.file, line=first.line, key=first.name)
        self.problems = tuple(problems)
        if not self._set.facts and not self._set.texts:
            self._set, _ = read_set(self._recall())

    def _vanished(self, new: ContentSet, *, is_first: bool) -> list[Problem]:
        """What the last good set of this same code had, and is gone: a deleted or emptied file."""
        before = self._set
        if is_first and self._kept is not None:
            before, _ = read_set(self._recall(same_code=True))
        gone = sorted((before.texts.keys() - new.texts) | (before.facts.keys() - new.facts))
        return [Problem("-", None, name, "stond er wel en is nu weg") for name in gone]

    def _stamp_now(self) -> Stamp:
        """Differs whenever a file was edited, replaced, added or removed."""
        found = []
        for kind, folder in self._folders.items():
            if folder is not None and folder.is_dir():
                with os.scandir(folder) as entries:
                    for each in entries:
                        if each.name.endswith(".yml"):
                            seen = each.stat()
                            found.append((f"{kind}/{each.name}", seen.st_mtime_ns, seen.st_size))
        return tuple(sorted(found))

    def _files(self) -> Files:
        return {
            f"{kind}/{path.name}": path.read_bytes()
            for kind, folder in self._folders.items()
            if folder is not None
            for path in sorted(folder.glob("*.yml"))
        }

    def _keep(self, files: Files) -> None:
        """Keep a good set for a restart, at once or not at all; only where we have a folder."""
        if self._kept is None or not self._kept.parent.is_dir():
            return
        content = {name: raw.decode() for name, raw in files.items()}
        words = json.dumps({"code": code_version(), "files": content}, ensure_ascii=False)
        if self._kept.exists() and self._kept.read_text() == words:
            return
        draft = self._kept.with_name(f"{self._kept.name}.{secrets.token_hex(4)}")
        draft.write_text(words)
        draft.replace(self._kept)

    def _recall(self, *, same_code: bool = False) -> Files:
        """The files of the last good set; none when there is none, or it is of other code."""
        try:
            kept = json.loads((self._kept or Path(os.devnull)).read_text())
        except (OSError, ValueError):
            return {}
        if same_code and kept["code"] != code_version():
            return {}
        return {name: text.encode() for name, text in kept["files"].items()}


def read_set(files: Files) -> tuple[ContentSet, list[Problem]]:
    """A set out of files, with everything that is wrong in them."""
    problems: list[Problem] = []
    facts: dict[str, Fact] = {}
    texts: dict[str, tuple[Variant, ...]] = {}
    for name, raw in files.items():
        problems += (
            read_facts(name, raw, facts) if _is_facts(name) else read_texts(name, raw, texts)
        )
    if not problems and any(map(_is_facts, files)):
        problems = known_problems(facts, texts, files)
    return ContentSet(facts, texts), problems


def _is_facts(name: str) -> bool:
    return name.startswith("facts/")


def code_version() -> str:
    """Differs when the code that asks for texts may be another."""
    found = sha256()
    for path in sorted(CODE.rglob("*.py")):
        found.update(f"{path.relative_to(CODE)} {path.stat().st_size}".encode())
    return found.hexdigest()[:16]
