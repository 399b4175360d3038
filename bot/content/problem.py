"""What is wrong in a content file, said so that an editor can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: in which file, on which line, of which fact or text."""

    file: str
    line: int | None
    name: str | None
    reason: str

    def __str__(self) -> str:
        """One Dutch line."""
        place = self.file if self.line is None else f"{self.file}, regel {self.line}"
        return f"{place}: {self.name}: {self.reason}" if self.name else f"{place}: {self.reason}"
