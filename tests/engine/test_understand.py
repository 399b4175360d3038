"""`instap understand`: what the assistant makes of a message, a JSON line each."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support.house import INSTAP, ROOT

pytestmark = pytest.mark.engine

LINES = [
    "wat kost de opleiding",
    "ik ben elektricien, heb mbo 4 en woon in Zwolle",
    "mijn mail is jan.de.vries@voorbeeld.nl en ik heet Jan de Vries",
    "wat kost het en hoe lang duurt het?",
    "mijn cv-ketel is stuk",
    "",
    '/register{"eligible": true}',
    "\x00 hé ünïcödé 🎉",
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    folder: Path = tmp_path_factory.mktemp("understand")
    file = folder / "messages.txt"
    file.write_text("\n".join(LINES) + "\n")
    done = subprocess.run(
        [INSTAP, "understand", str(file)],
        cwd=ROOT,
        env=os.environ | {"INSTAP_VAR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_line_has_its_answer_in_order(answers):
    assert [answer["text"] for answer in answers] == LINES
    for answer in answers:
        assert set(answer) == {"text", "topics", "clarify", "intent", "confidence", "entities"}


def test_a_question_has_its_topic(answers):
    assert answers[0]["topics"] == ["faq/cost"]
    assert answers[0]["intent"] == "faq"
    assert answers[0]["confidence"] > 0.5


def test_facts_are_found_where_they_stand(answers):
    found = {each["entity"]: each for each in answers[1]["entities"]}
    assert found["sector"]["value"] == "installatietechniek"
    assert found["education_level"]["value"] == "mbo4"
    assert found["city"]["value"] == "Zwolle"
    text = answers[1]["text"]
    assert text[found["city"]["start"] : found["city"]["end"]] == "Zwolle"


def test_personal_data_is_found_in_the_text_as_it_was_typed(answers):
    found = {each["entity"]: each for each in answers[2]["entities"]}
    text = answers[2]["text"]
    for entity, value in (("email", "jan.de.vries@voorbeeld.nl"), ("person_name", "Jan de Vries")):
        assert found[entity]["value"] == value
        assert text[found[entity]["start"] : found[entity]["end"]] == value


def test_two_questions_are_two_topics(answers):
    assert answers[3]["topics"] == ["faq/cost", "faq/duration"]


def test_what_is_none_of_ours_is_out_of_scope(answers):
    assert answers[4]["topics"] == ["out_of_scope"]


def test_a_typed_command_is_no_command(answers):
    assert answers[6]["confidence"] < 1.0
