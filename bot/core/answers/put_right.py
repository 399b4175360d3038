"""Where somebody takes back what he wrote in the same breath: "Dijkstra, nee sorry Dijkman".

For names, where any word may be a part: a word for it counts only with a comma before it, or more.
"""

import re
from typing import Final

CORRECTS: Final = re.compile(
    r"(?<!\s)(?:(?:\s+(?=[,.;:!…])|(?<![,.;:!…]))[,.;:!…]+\s*|\s+-+\s+|"
    r"\s+(?=(?:o+h? nee|nee sorry|sorry|oeps|ik bedoel|nee het is)\b))"
    r"(?:(?:o+h?|ach|eh+|euh|nee+|sorry|oeps|wacht|pardon|correctie|foutje|typfout|"
    r"(?:ik )?bedoel(?:de)?|(?:beter|liever) gezegd|of liever|voluit|officieel|het is|dat is|"
    r"moet zijn|maar|dus)[\s,.:!]+)+(?=\w)(?!(?:geen|niet)\b)"
)
SAYS_SO: Final = re.compile(
    r"\b(?:nee+|sorry|oeps|wacht|pardon|correctie|foutje|typfout|bedoel(?:de)?|gezegd|of liever|"
    r"voluit|officieel|moet zijn)\b"
)
BEFORE: Final = re.compile(
    r"^\W*(?:vroeger|eerst|voorheen|eerder) .{1,60}?[, ]+(?:nu|tegenwoordig|inmiddels|daarna|later)"
    r"(?: bij| voor| is het)? (?P<new>\S.*)$"
)
NOT_BUT: Final = re.compile(r"^\W*niet (?P<old>.{1,40}?),? maar (?:wel )?(?P<new>\S.*)$")


def put_right(folded: str) -> tuple[int, int] | None:
    """Where the old ends and the new begins in a folded answer; None when nothing is put right."""
    if denied := NOT_BUT.match(folded) or BEFORE.match(folded):
        return 0, denied.start("new")
    cuts = [cut for cut in CORRECTS.finditer(folded) if SAYS_SO.search(cut[0])]
    if not cuts or not folded[: cuts[0].start()].strip():
        return None
    return cuts[0].start(), cuts[-1].end()
