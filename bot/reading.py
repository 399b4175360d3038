"""What the assistant makes of a message: for `instap understand` and for the evaluation.

The same masking, the same model and the same components as for a visitor; only the dialogue is
left out.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.core.questions import MASKS, PERSONAL
from bot.privacy.masking import PersonalDataFinder
from bot.services.typed import clean
from bot.training import ROOT


def understand_lines(model: Path, lines: Sequence[str]) -> Iterator[Any]:
    """One answer a line, in order."""
    finder = PersonalDataFinder()
    masked = [finder.mask(clean(line), None, {}) for line in lines]
    engine = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "bot.understanding.parse", str(model)],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    asked = "".join(json.dumps(each.text.lstrip("/") or "?") + "\n" for each in masked)
    answers, _ = engine.communicate(asked)
    for line, each, answer in zip(lines, masked, answers.splitlines(), strict=True):
        yield _answer(line, dict(each.known), json.loads(answer))


def _answer(line: str, known: dict[str, str], parsed: dict[str, Any]) -> dict[str, Any]:
    intent, topics = parsed.get("intent") or {}, list(parsed.get("topics") or ())
    facets = [name for name in parsed.get("facets") or () if name.rpartition("/")[0] in topics]
    return {
        "text": line,
        "topics": topics,
        **({"facets": facets} if facets else {}),
        "clarify": list(parsed.get("clarify") or ()),
        "intent": intent.get("name"),
        "confidence": round(float(intent.get("confidence") or 0), 4),
        "entities": [_entity(line, known, each) for each in parsed.get("entities") or ()],
    }


def _entity(line: str, known: dict[str, str], found: dict[str, Any]) -> dict[str, Any]:
    """An entity with its place in the text as it was typed."""
    value = found["value"]
    masked = MASKS.get(str(value))
    item = masked.item if masked and masked.item in PERSONAL else None
    start, end = found.get("start", 0), found.get("end", 0)
    if item in known:
        value = known[item]
        start = max(line.lower().find(value.lower()), 0)
        end = start + len(value)
    return {"entity": found["entity"], "value": value, "start": start, "end": end}
