"""The core knows the standard library and itself: no model weighs in who may start."""

import ast
import sys
from pathlib import Path

import pytest

from bot.core import eligibility
from bot.core.eligibility import Applicant, Verdict

CORE = Path(eligibility.__file__).parent
MODULES = sorted(CORE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom):
            found.add("." * node.level + (node.module or ""))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_core_needs_nothing_else(path: Path):
    others = {
        name
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not (name == "bot.core" or name.startswith("bot.core."))
    }
    assert others == set()


def test_the_rules_ask_for_answers_only_and_give_reasons_only():
    """No confidence goes in, no score comes out."""
    asked = set(Applicant.__dataclass_fields__)
    assert asked == {
        "sector",
        "employment",
        "education_level",
        "years_experience",
        "others",
        "employer_consent",
        "school_type",
        "adult",
    }
    assert set(Verdict.__dataclass_fields__) == {"outcome", "reasons", "rules"}
