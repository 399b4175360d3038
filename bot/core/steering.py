"""What visitors say about the conversation itself: wait, here I am again, how much more, what next.

A message steers when one of its sentences is made of nothing but the words of a move, and no other
sentence asks or tells anything: "momentje, ik vraag mijn vrouw" waits, "momentje, wat kost het"
does not. Who takes his leave is only heard where nothing else was (`leaves`).
"""

import re
from typing import Final, NamedTuple

from bot.core.answers import facts_in
from bot.core.answers.clauses import clauses
from bot.core.answers.text import WORD, fold


class Move(NamedTuple):
    """Every group has to be met by one of its words; around them only `around` may stand."""

    name: str
    needs: tuple[frozenset[str], ...]
    around: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WAIT, BACK, LEFT, NEXT, SOURCE = "wait", "back", "left", "next", "source"
HEARD, DONE, SAID = "heard", "done", "said"
FILLER: Final = _words(
    "ja nee nou oke ok okay top goed prima fijn mooi super sorry hoi hallo he hoor en dan nu maar "
    "dus eh even ff eens ik er"
)
MOVES: Final = (
    Move(
        WAIT,
        (_words("moment momentje ogenblik ogenblikje"),),
        _words("een graag geduld alsjeblieft"),
    ),
    Move(WAIT, (_words("wacht wachten"), _words("even ff eventjes")), _words("moet u je")),
    Move(WAIT, (_words("zo"), _words("terug weer"), _words("ben kom")), _words("zo")),
    Move(BACK, (_words("weer terug"), _words("ben zijn")), _words("daar hier weer terug we")),
    Move(
        LEFT,
        (_words("vragen vraag"), _words("hoeveel veel nog")),
        _words("nog zijn moet komen hoe de het is zitten te gaan heb je u jullie krijg voor"),
    ),
    Move(
        LEFT,
        (_words("duurt"), _words("dit nog"), _words("lang")),
        _words("hoe dit nog het erg heel"),
    ),
    Move(LEFT, (_words("hoever ver"), _words("ben zijn")), _words("hoe we nog eigenlijk hiermee")),
    Move(NEXT, (_words("en wat hoe"), _words("nu")), _words("wat hoe verder moet doen kan")),
    Move(
        NEXT,
        (_words("gebeurt gaat"), _words("verder nu hierna straks")),
        _words("wat hoe het verder hierna straks allemaal mee"),
    ),
    Move(NEXT, (_words("stap stappen"), _words("volgende verdere")), _words("wat is de zijn mijn")),
    Move(
        NEXT,
        (_words("moet hoef"), _words("doen"), _words("nog nu verder")),
        _words("nog verder iets wat zelf niks niets"),
    ),
    Move(
        HEARD,
        (_words("hoor krijg"), _words("iets wat bericht reactie antwoord")),
        _words("wanneer nog van jullie u hier daar een verder over"),
    ),
    Move(
        SOURCE,
        (_words("bron bronnen"),),
        _words("heeft heb hebt u je jullie daar hier ook een van wat is de zijn voor welke"),
    ),
    Move(
        SOURCE,
        (_words("zeker betrouwbaar vandaan"), _words("hoe waar")),
        _words("is het dit dat wel ook echt u je jullie komt heeft eigenlijk"),
    ),
    Move(
        SOURCE,
        (_words("waarom hoezo"), _words("weet weten"), _words("niet niks niets geen")),
        _words("u je jij jullie dat dit het zelf eigenlijk"),
    ),
    Move(
        SAID,
        (
            _words("al toch eerder net"),
            _words("gezegd verteld gegeven ingevuld gehad gevraagd zei stond"),
            _words("dat dit heb hebben hebt er"),
        ),
        _words("ik we wij u je jij jullie toen hier die vorige keer allemaal daarnet"),
    ),
    Move(DONE, (_words("klaar"),), _words("is was ben dat dit het we zijn zo hiermee")),
    Move(DONE, (_words("alles"), _words("is was")), _words("dat dit het zo")),
)
HERE: Final = _words("hier jullie")
BEEN: Final = _words("was geweest gechat gesproken gevraagd")
BEFORE: Final = _words("vorige eerder laatst gisteren pas al toen")
IF_I_JOIN: Final = _words("als ik me")
WHY: Final = _words("waarom waarvoor hoezo")
NEED: Final = re.compile(
    r"\b(?:moet|hoeft) (?:dat|dit)\b|\b(?:is|zijn) (?:dat|dit) (?:echt )?(?:nodig|verplicht)\b"
)
NO: Final = _words("niet niks niets nix geen nie")
NO_DENIAL: Final = re.compile(
    r"\b(?:niets|niks) liever\b|\bniet (?:(?:langer|meer|nog) )*wachten\b"
)
"""Where "no" tells of a wish: "niets liever dan meedoen", "niet wachten met aanmelden"."""

OFFERED: Final = re.compile(
    r"\b(?:aan ?(?:te ?)?(?:ge)?meld|in ?(?:te ?)?(?:ge)?schr|op ?(?:te ?|ge)?gev|"
    r"mee ?(?:te ?)?(?:ge)?d(?:oe|aan)|doe (?:ik )?(?:\w+ )?mee\b|deel ?(?:te ?)?nem|indien|check|"
    r"test|vragen|(?:schrijf|meld|geef) (?:me|mij) (?:\w+ ){0,2}(?:in|aan|op)\b)"
)
"""What is offered: to take part, and the check."""
PARTS: Final = re.compile(
    r",|\bmaar\b|\ben (?=(?:ik|me|mij|wil|graag|wel|gewoon|meteen|nu|schrijf|meld|geef)\b)"
)
WANT: Final = _words("wil wou hoef hoeft hoeven ga")
FOLLOW: Final = _words("snap snapt begrijp begrijpt volg")
ABOUT_US: Final = _words(
    "dat dit het er van wat u je tja hm hmm helemaal echt nog steeds goed laatste daar zegt bedoelt"
)
FEW: Final = 7
"""Words; so many may say why one has to wait, a longer sentence says something else."""

WISHES: Final = _words(
    "wil wou mag kan liever mens spreken stop stoppen ja niet nee bedoel verkeerd klopt"
)
"""What says more than why one has to wait."""

THANKS: Final = _words("bedankt dank dankuwel dankjewel dankje thx thanks merci")
LEAVE: Final = tuple(
    map(
        frozenset,
        (
            ("wacht", "af"),
            ("zullen", "zien"),
            ("denk", "na"),
            ("erover", "nadenken"),
            ("over", "nadenken"),
            ("nachtje", "slapen"),
            ("laten", "bezinken"),
            ("laat", "bezinken"),
            ("over", "hebben"),
            ("met", "overleggen"),
            ("met", "bespreken"),
            ("tot", "ziens"),
            ("tot", "nooit"),
            ("tot", "later"),
            ("tot", "dan"),
            ("fijne", "dag"),
            ("moet", "door"),
            ("sorry", "gedoe"),
        ),
    )
)
"""How people end a conversation, or put it off."""

THINKS: Final = FILLER | _words("denk nog misschien niet bellen even")


def steering_in(text: str) -> str | None:
    """The one thing that a text says about the conversation, or None."""
    said = list(clauses(fold(text)))
    found = [_move(each.text) for each in said]
    names = [name for name in found if name]
    if not names or facts_in(text) or any(letter.isdigit() for letter in text):
        return None
    rest = [each for each, name in zip(said, found, strict=True) if name is None]
    beside = sum(len(_spoken(each.text)) for each in rest)
    if any(each.is_question for each in rest) or (beside > FEW and names[0] not in (BACK, SOURCE)):
        return None
    asks_more = names[0] == WAIT and WISHES & set(_spoken(fold(text)))
    return None if asks_more else names[0]


def says_more(text: str) -> bool:
    """Whether a text that steers says something else as well."""
    return any(_move(each.text) is None for each in clauses(fold(text)))


def _move(clause: str) -> str | None:
    """The move that a sentence is made of; after a wish to wait its reason may follow."""
    words = _spoken(clause)
    for move in MOVES:
        is_met = all(group & set(words) for group in move.needs)
        known = move.around.union(FILLER, *move.needs)
        if not is_met:
            continue
        end = next((at for at, word in enumerate(words) if word not in known), len(words))
        has_begun = all(group & set(words[:end]) for group in move.needs)
        if end == len(words) or (move.name == WAIT and has_begun and len(words) - end <= FEW):
            return move.name
    return None


def leaves(text: str) -> str | None:
    """How somebody ends who is not understood otherwise: with thanks, or for now."""
    if "?" in text or any(each.is_question for each in clauses(fold(text))):
        return None
    words = set(_spoken(fold(text)))
    if any(both <= words for both in LEAVE) or {"denk", "nog"} <= words <= THINKS:
        return "goodbye"
    return "thank" if words & THANKS and not words & {"maar", "niet"} else None


def is_no_wish(text: str) -> bool:
    """Whether a text says that the speaker wants nothing of what we offer, and no other thing."""
    said = list(clauses(fold(text)))
    if any(each.is_question for each in said):
        return False
    parts = [NO_DENIAL.sub("", part) for each in said for part in PARTS.split(each.text)]
    told = [(set(_spoken(part)), bool(OFFERED.search(part))) for part in parts]
    says_so = any(is_offered and words & WANT for words, is_offered in told)
    return says_so and all(words & NO for words, is_offered in told if is_offered or words & WANT)


def follows_not(text: str) -> bool:
    """Whether a text says that the speaker does not follow us, and nothing else."""
    words = set(_spoken(fold(text)))
    return bool(words & FOLLOW and words & NO) and words <= FOLLOW | NO | FILLER | ABOUT_US


def was_here(text: str) -> bool:
    """Whether a text says that the speaker was here before."""
    words = set(_spoken(fold(text)))
    return bool(words & HERE) and bool(words & BEEN) and bool(words & BEFORE)


def supposes_to_join(text: str) -> bool:
    """Whether a text supposes that the speaker takes part: "stel, ik geef me op"."""
    spoken = [_spoken(each.text) for each in clauses(fold(text))]
    return any(words[:1] == ["stel"] or set(words) >= IF_I_JOIN for words in spoken)


def asks_why(text: str) -> bool:
    """Whether a text asks what something is for, or whether it has to be."""
    told = fold(text)
    return bool(WHY & set(_spoken(told))) or bool(NEED.search(told))


def _spoken(clause: str) -> list[str]:
    return WORD.findall(clause.replace("'", ""))
