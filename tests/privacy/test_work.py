"""Whatever is typed, reading it takes work that grows with its length only."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 25
"""Of the processor, for everything together: some eight. One cubic pattern takes more by itself."""

PARTS = (
    " ", "-", ".", ",", "!", "?", "\n", "\t", "a", "0", "@", "'", "[", "(", "€",
    "a ", "0 ", "- ", "a@", '"a@ ', "a at ", "at ", "apenstaart ", "punt ", "a. ", "HT-", "NL",
    "+31 ", "NL91 ABNA ", "bsn ", "sofi", "ja ", "niet ", "nog ", "en ", "ik ben ", "vind het ",
    "1-", "2015-", "01-11-", "ben afgekeurd ", "ik heb ms ", "mijn naam is ", "groet ", "van de ",
    "als ", "wil ", "nee liever niet ", "geen ", "sorry ",
)  # fmt: skip
ALL = """
import resource
import sys
from datetime import date
from bot.core.dialogue import told as telling
from bot.core.answers import facts_in, name_in, read_company, read_name, supposed_in
from bot.core.answers.reading import answer_to
from bot.core.answers.beside import answer_beside_question
from bot.core.answers.clauses import clauses
from bot.core.answers.interest import shows_interest
from bot.core.answers.notes import read_note
from bot.core.answers.text import Folded
from bot.core.followups import follow_up
from bot.core.questions import ELIGIBILITY
from bot.privacy.masking import PersonalDataFinder
from bot.services.typed import clean, is_same

finder, today = PersonalDataFinder(), date(2026, 11, 1)
known = {"name": "Jan Jansen", "company": "Voorbeeld"}
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]),) * 2)
for part in eval(sys.argv[1]):
    text = (part * 2000)[:1999] + "é"
    for asks in (None, "name", "phone", "callback"):
        finder.mask(text, asks, known)
    for item in (*ELIGIBILITY, "consent", "region", "code"):
        answer_to(item, text, today)
    list(clauses(text)), list(clauses(Folded.of(text).text))
    finder.left_out(text), facts_in(text, today), supposed_in(text, today)
    name_in(text), read_name(text), shows_interest(text), read_note(text)
    clean(text), is_same(text, text), follow_up(text[:80], "faq/cost")
    answer_to("company", text), read_company(text), answer_beside_question("mbo 4" + text)
    for pattern in (telling.CORRECTS, telling.NO_BUT, telling.AND_NOT, telling.NOT_BUT):
        pattern.match(text), pattern.match("nee" + text)
"""


LONG = """
import resource
import sys
from bot.core.answers.clauses import clauses
from bot.privacy.masking import PersonalDataFinder

resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]),) * 2)
for part in eval(sys.argv[1]):
    text = (part * 40_000)[:39_999] + "é"
    PersonalDataFinder().mask(text, None, {})
    list(clauses(text))
"""
"""Of twenty times the length a square takes four hundred times the work."""

BETWEEN = """
import resource
import sys
from bot.core.answers import companies, names_answer, put_right, settled
from bot.core.answers.clauses import clauses
from bot.core.answers.roles import role_in
from bot.core.steering import is_no_wish

resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]),) * 2)
for part in eval(sys.argv[1]):
    text = "mijn man" + (part * 40_000)[:40_000] + "x"
    list(clauses(text)), role_in(text), is_no_wish(text)
    for pattern in (
        settled.CORRECTS, settled.STARTS_BEFORE, put_right.CORRECTS, companies.TAIL,
        names_answer.TAIL, names_answer.SPELLING, names_answer.BORN, names_answer.FROM,
    ):
        pattern.search(text)
"""
"""What separates two things may be of any length."""


def is_done_in_time(script: str, parts: tuple[str, ...]) -> bool:
    command = [sys.executable, "-c", script, repr(parts), str(SECONDS)]
    return subprocess.run(command, check=False, cwd=ROOT).returncode == 0  # noqa: S603


def test_odd_texts_of_the_greatest_length_are_read_in_time():
    assert is_done_in_time(ALL, PARTS)


def test_runs_of_one_letter_or_sign_take_no_square_of_work():
    assert is_done_in_time(LONG, ("a", "0", "1-", ".", "!", "-"))


def test_what_stands_between_two_things_takes_no_square_of_work():
    runs = (".", ",", " , ")
    assert is_done_in_time(BETWEEN, runs)
    assert is_done_in_time(ALL, tuple("mijn man" + run * 1900 + "x" for run in runs))
