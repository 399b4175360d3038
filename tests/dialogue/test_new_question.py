"""A new question is a row, its texts and its place in Rasa's domain: it is then asked and kept."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.house import ROOT

ROW = """    Question(
        "moment",
        Task.ELIGIBILITY,
        values=frozenset({"day", "evening"}),
        reader=_clause(lambda words: "evening" if "avond" in words else None),
        named=r"dagdeel",
    ),
"""
ASKED = """
  utter_ask_moment:
  - text: "Overdag of in de avond?"
    buttons:
    - title: "Overdag"
      payload: '/inform{"moment": "day"}'
    - title: "In de avond"
      payload: '/inform{"moment": "evening"}'
  utter_explain_moment:
  - text: "Dan weet de coördinator wat u past."
  utter_invalid_moment:
  - text: "Ik hoor nog geen dagdeel."
"""
CALLED = """
  label_criterion_moment:
  - text: "wanneer u kunt"
  label_moment_day:
  - text: "overdag"
  label_moment_evening:
  - text: "in de avond"
"""
SLOT = """  moment:
    type: any
    influence_conversation: false
    mappings:
      - type: custom
"""
EDITS = (
    ("bot/core/questions.py", '    Question(\n        "consent",', ROW),
    ("bot/content/texts/questions.yml", "\n  utter_ask_school_type:", ASKED),
    ("bot/content/texts/labels.yml", "\n  label_criterion_school_type:", CALLED),
    ("domain.yml", "  school_type:\n    type: any", SLOT),
    ("domain.yml", "  - utter_ask_school_type", "  - utter_ask_moment\n"),
    ("domain.yml", "  registration_form:", "      - moment\n"),
)
"""File, what it is put before, and what is put there."""

TALK = """
import json

from bench.answers import empty_stage
from tests.dialogue.stage import say

with empty_stage() as (house, runner):
    asked = runner.run(house.typed("school_type", say("mbo"))).turn
    unclear = runner.run(house.then(say("hm", "nlu_fallback"))).turn
    done = runner.run(house.then(say("liefst in de avond"))).turn
    mine = runner.run(house.then(say("welke gegevens hebt u van mij", "export_my_data"))).turn
    titles = [each.title for each in asked.messages[-1].buttons]
    said = " ".join(each.text for each in mine.messages)
    print(json.dumps([asked.asks, titles, unclear.asks, done.asks, done.outcome, said]))
"""


def test_a_new_question_is_a_row_its_texts_and_its_place_in_the_domain(tmp_path: Path) -> None:
    shutil.copy(ROOT / "domain.yml", tmp_path)
    for name in ("bot", "actions", "bench", "stories", "tests/dialogue", "tests/support"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, before, more in EDITS:
        path = tmp_path / name
        text = path.read_text()
        assert text.count(before) == 1, (name, before)
        path.write_text(text.replace(before, more + before))
    assert len({name for name, *_ in EDITS}) == 4
    done = subprocess.run(
        [sys.executable, "-c", TALK], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    *rest, mine = json.loads(done.stdout.splitlines()[-1])
    assert rest == ["moment", ["Overdag", "In de avond"], "moment", None, "eligible"]
    assert "in de avond" in mine
