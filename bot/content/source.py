"""The content set: all texts and facts, validated whole and swapped whole.

What an editor saves reaches a visitor only when every file can be read and every name in it is
known. Otherwise the last good set stays, also over a restart (`kept`), and the log, the doctor
and `/health/ready` name the file, the line and the fact or text.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from bot.content.last_good import Files, LastGood
from bot.content.parsing import BIGGEST
from bot.content.problem import Problem
from bot.content.sets import ContentSet, differences, read_set
from bot.core.intake import day_of
from bot.log import get_logger

FACTS: Final = Path(__file__).parent / "facts"
TEXTS: Final = Path(__file__).parent / "texts"
KEPT: Final = "content.json"
"""In the data folder: the last good set."""
SUFFIX: Final = ".yml"
MEANT: Final = (".yml", ".yaml")
Stamp = tuple[tuple[str, int, int, int], ...]

log = get_logger()
_steady: ContextVar[dict[int, "ContentSet"] | None] = ContextVar("steady", default=None)


class Content:
    """The files of editors, read again when one of them changed.

    `facts` and `texts` are folders, None when there are none of that kind; `kept` is a file for
    the last good set, written to unless `only_looks`.
    """

    def __init__(
        self,
        facts: Path | None = FACTS,
        texts: Path | None = TEXTS,
        kept: Path | None = None,
        *,
        only_looks: bool = False,
    ) -> None:
        self._folders = {"facts": facts, "texts": texts}
        self._last_good = LastGood(kept, only_looks=only_looks)
        self._today: Callable[[], date] = lambda: day_of(datetime.now(UTC))
        self._stamp: Stamp | None = None
        self._set = ContentSet()
        self._good: Files = {}
        self.problems: tuple[Problem, ...] = ()

    def use_texts(self, folder: Path, today: Callable[[], date]) -> None:
        """Read texts as well, from now on; `today` is the day on which they are said."""
        self._folders["texts"] = folder
        self._today = today
        self._stamp = None

    @property
    def current(self) -> ContentSet:
        """The last good set, within `steady` the one it began with; empty if there never was one.

        The files are looked at once in each of those.
        """
        box = _steady.get()
        if box is None:
            return self.newest()
        if id(self) not in box:
            box[id(self)] = self.newest()
        return box[id(self)]

    def newest(self) -> ContentSet:
        """The last good set, of files as they are at this very moment."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            is_first, self._stamp = self._stamp is None, stamp
            self._refresh(is_first=is_first)
        return self._set

    def _refresh(self, *, is_first: bool) -> None:
        files, problems = self._files()
        new, wrong = read_set(files, self._today())
        problems += wrong
        problems += [] if problems else self._differs(new, files, is_first=is_first)
        if not problems:
            self._set, self._good, self.problems = new, files, ()
            self._last_good.keep(files)
            return
        first = problems[0]
        log.error("content_refused", file=first.file, line=first.line, key=first.name)
        self.problems = tuple(problems)
        if not self._set.facts and not self._set.texts:
            self._good = self._last_good.recall()
            self._set, _ = read_set(self._good, self._today())

    def _differs(self, new: ContentSet, files: Files, *, is_first: bool) -> list[Problem]:
        """What is wrong beside the last good set of this same code."""
        if not is_first or self._last_good.path is None:
            return differences(self._set, new, self._good, files)
        good = self._last_good.recall(same_code=True)
        if good == files:  # as at most starts: the same set need not be read twice
            return []
        before, _ = read_set(good, self._today())
        return differences(before, new, good, files)

    def _listed(self) -> list[tuple[str, os.DirEntry[str]]]:
        """Every file of ours by its name; what an editor's program hides is not ours."""
        return [
            (f"{kind}/{entry.name}", entry)
            for kind, folder in self._folders.items()
            for entry in _in_folder(folder)
        ]

    def _stamp_now(self) -> Stamp:
        """Differs whenever a file was edited, replaced, added, removed, or may be read now."""
        return tuple([(name, *_look_at(entry)) for name, entry in self._listed()])

    def _files(self) -> tuple[Files, list[Problem]]:
        """What is in the files, and which of them cannot be read."""
        files: dict[str, bytes] = {}
        problems = []
        for name, entry in self._listed():
            try:
                with open(entry, "rb") as file:  # noqa: PTH123  it comes from the folder
                    files[name] = file.read(BIGGEST + 1)
            except OSError as error:
                reason = f"is niet te openen ({type(error).__name__})"
                problems.append(Problem(name, None, None, reason))
            if not name.endswith(SUFFIX):
                problems.append(Problem(name, None, None, f"een naam eindigt hier op {SUFFIX}"))
        for kind, folder in self._folders.items():
            if folder is not None and not any(name.startswith(f"{kind}/") for name in files):
                problems.append(Problem(kind, None, None, "er is in deze map niets te lezen"))
        return files, problems


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """One set for all that is said in here, whatever an editor saves meanwhile."""
    if _steady.get() is not None:
        yield
        return
    token = _steady.set({})
    try:
        yield
    finally:
        _steady.reset(token)


def _in_folder(folder: Path | None) -> list[os.DirEntry[str]]:
    """The files of a folder that could be meant for us, in the order of their names."""
    if folder is None:
        return []
    try:
        with os.scandir(folder) as entries:
            found = [each for each in entries if each.name.lower().endswith(MEANT)]
    except OSError:
        return []
    return sorted((each for each in found if each.name[0] != "."), key=lambda each: each.name)


def _look_at(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    """When a file changed, in itself and in who may read it, and how long it is."""
    try:
        seen = entry.stat()
    except OSError:
        return 0, 0, 0
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size
