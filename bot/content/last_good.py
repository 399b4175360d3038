"""The last good set of content, kept in the data folder for a restart."""

import json
import os
import secrets
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.log import get_logger

CODE: Final = Path(__file__).parents[1]
Files = Mapping[str, bytes]
"""File content by name, "facts/money.yml"."""

log = get_logger()


class LastGood:
    """The file; without a path, or when it `only_looks`, nothing is written."""

    def __init__(self, path: Path | None, *, only_looks: bool = False) -> None:
        self.path = path
        self._only_looks = only_looks

    def keep(self, files: Files) -> None:
        """Keep a good set, at once or not at all; only where we have a folder."""
        if self.path is None or self._only_looks or not self.path.parent.is_dir():
            return
        content = {name: raw.decode() for name, raw in files.items()}
        words = json.dumps({"code": code_version(), "files": content}, ensure_ascii=False)
        try:
            if self.path.exists() and self.path.read_text() == words:
                return
            draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
            draft.write_text(words)
            draft.replace(self.path)
        except (OSError, ValueError) as error:  # a full disk takes no turn along
            log.warning("content_not_kept", error=type(error).__name__)

    def recall(self, *, same_code: bool = False) -> Files:
        """The files of it; none when there is none, or (`same_code`) it is of other code."""
        try:
            kept = json.loads((self.path or Path(os.devnull)).read_text())
            if same_code and kept["code"] != code_version():
                return {}
            return {str(name): text.encode() for name, text in kept["files"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}


@cache
def code_version() -> str:
    """Differs when the code that asks for texts may be another."""
    found = sha256()
    for path in sorted(CODE.rglob("*.py")):
        found.update(f"{path.relative_to(CODE)} {path.stat().st_size}".encode())
    return found.hexdigest()[:16]
