"""What we ask, a row a question: everything the house must know of a question stands in its row.

Tables elsewhere (slots, forms, the receipt, what may be changed, exported or kept as it was typed)
derive from these rows. A new question is a row here, its reader, its texts, and its place in
`domain.yml` (tests/dialogue/test_new_question.py adds one).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from bot.core.answers.codes import read_code_in
from bot.core.answers.companies import read_skip
from bot.core.answers.diplomas import read_level
from bot.core.answers.durations import read_years
from bot.core.answers.employers import read_consent
from bot.core.answers.employment import read_employment
from bot.core.answers.exact import read_binding
from bot.core.answers.own_words import CONSENT, EMPLOYMENT, LEVELS, SCHOOLS
from bot.core.answers.places import read_region
from bot.core.answers.schools import read_school
from bot.core.answers.sectors import read_sector

Answers = Mapping[str, object]
Value = str | int | float | None

GIVEN: Final = "given"
"""What the engine sees instead of a personal value: that it was given, never what it is."""

SKIPPED: Final = "skip"
"""The value of an optional item that the visitor chose to leave out."""

NOT_ASKED: Final = "not_applicable"
"""The value of an item that need not be asked, by what was answered before."""

AGAIN: Final = "again"
"""The answer to the question for digits of who has none: mail others."""

NAME_BEFORE: Final = "name_before"
"""In a draft: the name that is asked anew, of which perhaps half is told."""

EMPLOYED: Final = frozenset({"employee", "teacher"})
"""Who has an employer."""


class Task(str, Enum):
    """What a visitor is doing when a question is asked: the form that asks it."""

    ELIGIBILITY = "eligibility_form"
    REGISTRATION = "registration_form"
    CALLBACK = "callback_form"
    PROOF = "proof_form"


@dataclass(frozen=True)
class Condition:
    """Asked only of who answered another question with one of these values."""

    item: str
    values: frozenset[str]

    def holds(self, answers: Answers) -> bool:
        """Say whether it is asked; as long as the other is unknown it may be."""
        return answers.get(self.item) is None or answers[self.item] in self.values


@dataclass(frozen=True)
class Question:
    """One thing that we ask a visitor.

    How it is answered:
      `values`: the answers that it can have; empty where any text, or a number, may be one.
      `reader`: reads one clause that states something; `whole`: reads the whole text instead.
      `is_joined`: all that is stated is read as one clause: a number, a diploma and a school mean
      something by what stands beside them.
      `spelled`: the words that a slip of the finger in an answer is put right against.
      `said_back`: the values that may not be the whole answer: a school without a trade.
      `yields`: the value that gives way to another one that is stated after it.
      `of_others`: somebody else may be the subject of the clause ("hij vindt het goed").
      `unknown`: what "weet ik niet" is as an answer; None where the question is explained.
      `can_skip`: may be left out.
      `is_yes_no`: answered by a yes or a no; `binds`: only by a button or nothing but listed words.
    When it is asked:
      `asked_of`: only of whom that holds for.
    What it is for:
      `criterion`: how the reasons of its criterion begin; `fitting`: the answers without doubt.
      `is_detail`: a detail of the visitor, to be changed until somebody is registered.
    How it is kept:
      `mask`, `entity`: what the engine hears instead of a personal value, and calls it.
      `is_hidden`: the engine only knows that it was given; `longest`: characters of free text.
      `literal`: so many characters may be kept as they were typed, at a second try.
      `own_words`: any words may be the answer.
    What it is called:
      `named`: how people name it; `public`: its name in the chat API, where that differs.
    """

    item: str
    task: Task
    values: frozenset[str] = frozenset()
    reader: Callable[[str, date | None], Value] | None = None
    whole: Callable[[str], Value] | None = None
    is_joined: bool = False
    spelled: frozenset[str] = frozenset()
    said_back: frozenset[str] = frozenset()
    yields: str | None = None
    of_others: bool = False
    unknown: str | None = None
    can_skip: bool = False
    is_yes_no: bool = False
    binds: bool = False
    asked_of: Condition | None = None
    criterion: str | None = None
    fitting: tuple[str, ...] = ()
    is_detail: bool = False
    mask: str | None = None
    entity: str | None = None
    is_hidden: bool = False
    longest: int = 80
    literal: int | None = None
    own_words: bool = False
    named: str | None = None
    public: str | None = None

    def is_asked_of(self, answers: Answers) -> bool:
        """Say whether somebody with these answers is asked it."""
        return self.asked_of is None or self.asked_of.holds(answers)


def _clause(read: Callable[[str], str | None]) -> Callable[[str, date | None], Value]:
    """A reader that needs no day, and reads nothing from nothing."""
    return lambda clause, _today: read(clause) if clause else None


YES_NO: Final = frozenset({"yes", "no"})

QUESTIONS: Final = (
    Question(
        "sector",
        Task.ELIGIBILITY,
        values=frozenset(
            {
                *("installatietechniek", "metaalbewerking", "metalektro", "bouw"),
                *("other", "not_technical"),
            }
        ),
        reader=_clause(read_sector),
        criterion="sector",
        fitting=("installatietechniek", "metaalbewerking", "metalektro", "bouw"),
        named=r"sector|branche|vakgebied|beroep|vak",
    ),
    Question(
        "employment",
        Task.ELIGIBILITY,
        values=frozenset(
            {"employee", "self_employed", "unemployed", "retired", "student", "teacher"}
        ),
        reader=_clause(read_employment),
        spelled=EMPLOYMENT,
        criterion="employment",
        fitting=("employee",),
        named=r"loondienst|dienstverband|werksituatie|zzp",
    ),
    Question(
        "education_level",
        Task.ELIGIBILITY,
        values=frozenset(
            {
                *("vmbo", "mbo1", "mbo2", "mbo3", "mbo4", "hbo", "wo"),
                *("havo", "foreign", "none"),
            }
        ),
        reader=_clause(read_level),
        is_joined=True,
        spelled=LEVELS,
        said_back=frozenset({"mbo1", "havo", "foreign"}),
        criterion="education",
        fitting=("mbo4", "hbo", "wo"),
        named=r"diploma|niveau|vooropleiding|opleidingsniveau|papieren",
    ),
    Question(
        "years_experience",
        Task.ELIGIBILITY,
        reader=read_years,
        is_joined=True,
        criterion="experience",
        fitting=("enough",),
        named=r"ervaring|werkervaring|aantal jaren|jaren",
    ),
    Question(
        "employer_consent",
        Task.ELIGIBILITY,
        values=frozenset({"yes", "no", "not_asked", NOT_ASKED}),
        reader=_clause(read_consent),
        spelled=CONSENT,
        yields="yes",
        of_others=True,
        unknown="not_asked",
        is_yes_no=True,
        asked_of=Condition("employment", EMPLOYED),
        criterion="consent",
        fitting=("yes",),
    ),
    Question(
        "school_type",
        Task.ELIGIBILITY,
        values=frozenset({"vmbo", "mbo", "both", "other", "undecided"}),
        reader=_clause(read_school),
        is_joined=True,
        spelled=SCHOOLS,
        unknown="undecided",
        criterion="school",
        fitting=("both",),
        named=r"soort school|schooltype|vmbo of mbo",
    ),
    Question(
        "consent",
        Task.REGISTRATION,
        values=YES_NO,
        whole=lambda text: read_binding(text, "consent"),
        is_yes_no=True,
        binds=True,
    ),
    Question(
        "name",
        Task.REGISTRATION,
        is_detail=True,
        mask="[naam]",
        entity="person_name",
        is_hidden=True,
        literal=200,
        named=r"(?:voor|achter)?naam|hoe ik heet|heet ik",
    ),
    Question(
        "email",
        Task.REGISTRATION,
        is_detail=True,
        mask="[email]",
        entity="email",
        is_hidden=True,
        named=r"e-?mail(?:adres)?|mail(?:adres|tje)?",
    ),
    Question(
        "phone",
        Task.REGISTRATION,
        is_detail=True,
        mask="[telefoon]",
        entity="phone",
        is_hidden=True,
        named=r"(?:telefoon|mobiele? |06-?)?nummer|telefoon|mobiel|tel",
    ),
    Question(
        "region",
        Task.REGISTRATION,
        reader=_clause(read_region),
        is_detail=True,
        is_hidden=True,
        literal=80,
        named=r"woonplaats|plaats|stad|provincie|waar ik woon|verhuisd|verhuis|adres",
    ),
    Question(
        "company",
        Task.REGISTRATION,
        whole=read_skip,
        unknown=SKIPPED,
        can_skip=True,
        is_detail=True,
        mask="[bedrijf]",
        entity="company_name",
        is_hidden=True,
        literal=200,
        own_words=True,
        named=r"bedrijf(?:snaam)?|firma|zaak",
    ),
    Question(
        "confirm",
        Task.REGISTRATION,
        values=YES_NO,
        whole=lambda text: read_binding(text, "confirm"),
        is_yes_no=True,
        binds=True,
    ),
    Question("callback", Task.CALLBACK, own_words=True),
    Question(
        "callback_note",
        Task.CALLBACK,
        can_skip=True,
        is_hidden=True,
        longest=500,
        own_words=True,
        public="callback",
    ),
    Question(
        "code",
        Task.PROOF,
        whole=read_code_in,
        mask="[code]",
        entity="registration_code",
        is_hidden=True,
    ),
    Question("digits", Task.PROOF, is_hidden=True, public="code"),
)
"""In the order of asking. The names are those of the catalogue and of `asks` in the chat API."""

BY_ITEM: Final = {each.item: each for each in QUESTIONS}


def _items(holds: Callable[[Question], object]) -> tuple[str, ...]:
    """The items of the questions of which this holds, in the order of asking."""
    return tuple(each.item for each in QUESTIONS if holds(each))


SLOTS: Final = _items(lambda each: True)
ELIGIBILITY: Final = _items(lambda each: each.task is Task.ELIGIBILITY)
REGISTRATION: Final = _items(lambda each: each.task is Task.REGISTRATION)
CALLBACK: Final = _items(lambda each: each.task is Task.CALLBACK)
"""How to reach somebody who wants a person; when and what about."""
PROOF: Final = _items(lambda each: each.task is Task.PROOF)
"""The code of a registration, and what we mailed to its address."""
DETAILS: Final = _items(lambda each: each.is_detail)
PERSONAL: Final = _items(lambda each: each.is_detail and each.mask)
HIDDEN: Final = _items(lambda each: each.is_hidden)
FREE: Final = frozenset((*HIDDEN, "city", "province"))
"""What is no choice from a list: never written down by the engine."""
SKIPPABLE: Final = _items(lambda each: each.can_skip)
OWN_WORDS: Final = _items(lambda each: each.own_words)
BINDING: Final = frozenset(_items(lambda each: each.binds))
"""Only a button sets these, or the plain yes that stands for it (bot/services/agreeing.py)."""
YES_OR_NO: Final = frozenset(_items(lambda each: each.is_yes_no))
LITERAL: Final = _items(lambda each: each.literal)
"""What may be kept as it was typed, at a second try."""
MASKS: Final = {each.mask: each for each in QUESTIONS if each.mask}
"""The questions by what the engine hears instead of the answer."""
VALUES: Final = {each.item: each.values for each in QUESTIONS if each.values}
PUBLIC: Final = {each.item: each.public for each in QUESTIONS if each.public}
"""What an item is called in the chat API, where that differs."""
ITEMS: Final = (*SLOTS, "feedback")


def is_valid(item: str, value: object) -> bool:
    """Say whether an item can have this value; the last check before anything is kept."""
    if item == "years_experience":
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 60
    if item in PERSONAL:
        return value == GIVEN or (value == SKIPPED and BY_ITEM[item].can_skip)
    if item in VALUES:
        return value in VALUES[item]
    longest = BY_ITEM[item].longest if item in BY_ITEM else Question.longest
    return isinstance(value, str) and 0 < len(value) <= longest


def not_asked(told: Answers) -> dict[str, str]:
    """The questions that need not be asked by what is told now, as they are answered."""
    return {
        each.item: NOT_ASKED
        for each in QUESTIONS
        if each.asked_of and told.get(each.asked_of.item) and not each.is_asked_of(told)
    }


def asked_again(answers: Answers) -> tuple[str, ...]:
    """What was not asked of somebody who has to be asked it now."""
    return tuple(
        each.item
        for each in QUESTIONS
        if each.asked_of
        and answers.get(each.item) == NOT_ASKED
        and answers.get(each.asked_of.item) in each.asked_of.values
    )
