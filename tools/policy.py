"""Writes the table of docs/dialogue.md: every row of the policy, in the order in which it is asked.

.venv/bin/python -m tools.policy
"""

from pathlib import Path
from typing import Final

from bot.core.dialogue.policy import BY_MEANING, BY_WORDS, Rule

PAGE: Final = Path(__file__).parents[1] / "docs/dialogue.md"
START: Final = "<!-- made by tools/policy.py -->\n"
LONG: Final = 200
END: Final = "<!-- end -->\n"


def table() -> str:
    """The rows by words, and those by meaning, as a table."""
    lines = ["| | row | a message for which it decides |", "|---|---|---|"]
    for number, rule in enumerate((*BY_WORDS, *BY_MEANING), 1):
        lines.append(f"| {number} | `{rule.name}` | {_example(rule)} |")
    return "\n".join(lines) + "\n"


def _example(rule: Rule) -> str:
    """The example as one can read it."""
    example = rule.example.strip() or "(nothing)"
    return example if len(example) < LONG else f"({len(example)} characters)"


def page() -> str:
    """The page with today's table in it."""
    before, _, rest = PAGE.read_text().partition(START)
    return before + START + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page())
