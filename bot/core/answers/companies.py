"""The name of a company, as the answer to "bij welk bedrijf werkt u?".

One way for every answer: what is told of somebody else, asked or supposed is left out, the rest is
cut into parts, and in a part a name shows itself by the words that lead to it, by a word that firms
have, or by its capitals. In small letters with nothing around it, it is a name by a strange word.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.core.answers.clauses import clauses
from bot.core.answers.companies_skipped import is_skip
from bot.core.answers.names import is_capital, is_common, is_first_name
from bot.core.answers.ordinary import is_ordinary
from bot.core.answers.places import is_place
from bot.core.answers.put_right import put_right
from bot.core.answers.sectors import is_trade
from bot.core.answers.spelling import nearest, own_words
from bot.core.answers.text import Folded, fold, is_at_random, squeeze

__all__ = ["is_skip", "read_company"]

LONGEST: Final = 80
LONGEST_ANSWER: Final = 200
MOST_WORDS: Final = 9
LONG: Final = 3
"""Words; more of them with capitals are a name whatever they are."""

EMPLOYER: Final = (
    r"(?:werkgever|bedrijf|bedrijfje|zaak|zaakje|handelsnaam|bedrijfsnaam|kvk\W?naam|firma|tent|"
    r"club|naam (?:van )?(?:het |mijn )?bedrijf)"
)
CUE: Final = re.compile(
    r"(?:\b(?:bij|bie|voor|via|door|genaamd|eenmanszaak|heten|noemen|noemt|"
    r"(?<!mijn )(?<!m'n )(?<!mn )naam(?= \S)(?: is| =|:)?|onder de naam|ingeschreven als)"
    r"|\b(?:in dienst|werknemer|medewerker|eigenaar|directeur|monteur|baas|werkzaam) van"
    r"|\b(?:overgestapt|overstap) naar|\b(?:verander|wijzig)\w*(?: \w+){0,3}? (?:in|naar)"
    rf"|\b{EMPLOYER} ?(?:is|heet|wordt|van|:|=)|\bheet(?: het)?|(?<!kvk.)\b(?:bedrijfsnaam|firma)"
    r"|^(?:het|dit|dat) is)(?::|=|,)? +(?:(?:volgens mij|geloof ik|gewoon|sinds kort|dus|nu|"
    r"voortaan|al jaren|de firma|firma|het bedrijf|bedrijf) )*(?=\S)"
)
"""The words that lead to a name."""

EMPLOYED: Final = re.compile(
    r"\b(?:werk(?:zaam|end)?\b[^.;!?]{0,20}? (?:bij|voor)"
    r"|(?:(?:loon)?dienst|contract|baan|vast|monteur|\w*lasser)\b[^.;!?]{0,20}? bij|in dienst van)"
    r" (?:de firma |firma |het bedrijf )?(?=\S)"
    rf"|\b(?:mijn|m'n|mn|onze|ons) {EMPLOYER} (?:is|heet) (?=\S)"
)
"""The words that lead to an employer whom nobody asked for."""

NOT_YET: Final = re.compile(r"\b(?:was|stop\w*|ontslagen|zoek\w*|gezocht)\b")
NO_MORE: Final = re.compile(
    r"\b(?:niet meer|gehad|gestopt|stopt?|afgelopen|loopt|gewerkt|geweest|weg)\b"
)
"""Around a firm that somebody does not work at, or not for long."""

OTHER_PART: Final = re.compile(r"[,;:] | en ")
IN_BRANCH: Final = re.compile(r" in (?:de|het) .*", re.IGNORECASE)

VERB_LAST: Final = re.compile(
    r"\b(?:dat|die|wat) (?P<name>\S.{0,60}?) heet\b|^(?P<first>\S.{0,60}?) heet (?:het|ie|hij)$"
)
NOT_NOW: Final = re.compile(
    r"\b(?:niet|nooit|geen|vroeger|voorheen|eerst|eerder|voormalig|ooit|werkte|zat|gewerkt|vorige|"
    r"oude|heette|baas|bazin|chef|directeur|wil|wilde|solliciteer|sollicitatie|zou|les|had|begin|ga|straks)\b"
)
"""Before a name where somebody does not work, or that is no firm's."""

WHOSE: Final = re.compile(r"\b(?:directeur|baas) van\b")
APART: Final = re.compile(
    r"[!;\n()]|:\s+|,\s+|\s-\s"
    r"|\s(?=(?:maar|nu|inmiddels|tegenwoordig|momenteel|sinds|al \w+ jaar|en (?:ik|we|wij|dat|"
    r"werk))\b)"
)
"""What the parts of an answer stand between."""

FILLERS: Final = re.compile(
    r"(?:(?:nou|tja|e+h*m*|u+h*m*|oh|ja|ok|oke|hoi|hallo|nog|ik bedoel(?:de)?|dat is|dit is|het is|"
    r"da's|das|tis|is|ik|we|wij|nu|momenteel|op dit moment|gewoon|zzp'?e?r?|eenmanszaak|"
    r"net begonnen|"
    r"zelfstandig|nee|volgens mij|ik denk|denk ik|dus|wel|werk|werken|zit|ben|in|dienst|bij|via|"
    r"voor|"
    rf"officieel|tegenwoordig|(?:het|mijn|ons|onze) (?:\w+ )?{EMPLOYER}(?: is| heet)?|"
    rf"{EMPLOYER} ?[:=])[ ,:.=]+)+"
)
SENTENCE: Final = re.compile(r"(?<=\w\w)(?<!install)(?<!\bfa)(?<!gebr)\.\s+", re.IGNORECASE)
AFTER: Final = re.compile(
    r"(?:[ ,]*(?:hoor|natuurlijk|dus|denk ik|dacht ik|geloof ik|gewoon|trouwens|he|nu|al \w+ jaar|"
    r"werk ik|zit ik|bedankt|alvast|dank (?:u|je)(?: wel)?|sinds \w+|\d+ jaar))*"
)
"""What people say behind a name in small letters."""

TAIL: Final = re.compile(
    r"(?<![ ,])[ ,]+(?:op de |de )?(?:afdeling|afd\.?|vestiging|locatie|filiaal)\b.*"
)
IN: Final = frozenset({"in", "te", "uit", "regio"})
FORM: Final = r"bv|b\.v\.?|nv|n\.v\.?|vof|v\.o\.f\.?"
LEGAL: Final = re.compile(rf"\b(?:{FORM}|holding|groep|group)(?!\w)")
FIRM: Final = re.compile(
    r"(?:techni(?:ek|cs)|tech|ele[kc]tro|elektra|metaal|staal|installaties?|installatiebedrijf|bedrijf|"
    r"bouw|services?|diensten|storingsdienst|koeling|klimaat|laswerk(?:en)?|warmtepompen|verwarming|"
    r"liften|ventilatie|montage|onderhoud|beheer|energie|energy|systemen|systems|infra|solar|"
    r"dakwerken|dakdekkers|constructies?|machines|machinefabriek|fabriek|automatisering|"
    r"beveiliging|logistiek|transport|sanitair|interieur|timmerwerken|schilderwerken|loodgieters|"
    r"grondwerken|wegenbouw|zonnepanelen|kozijnen|industrie|engineering|projecten|advies|"
    r"netwerken|uitzendbureau|detachering|& zoon|& zonen|& zn|en zonen|en zoon|en zn)\.?$"
)
"""What the name of a firm ends in: with it any words may stand before."""

KIND: Final = re.compile(
    r"(?:stichting|vereniging|gemeente|provincie|waterschap|ziekenhuis|roc|garage|restaurant|hotel|"
    r"school|winkel|fabriek|woningcorporatie|cooperatie|uitzendbu\w+|\w{4,}bedrijf|"
    r"technisch bureau) "
    r"(?!(?:in|bij|van|uit|die|dat|waar|met|voor|is|als|op|te|en|of|dus|genaamd|heet)\b)\w"
)
"""What the name of an employer stands behind: "gemeente Zwolle"."""

SPLIT: Final = re.compile(r"\b(\w{4,}) bedrijf (?=\w)", re.IGNORECASE)
PUBLIC: Final = frozenset(
    """defensie politie gemeente provincie rijk rijksoverheid overheid brandweer ziekenhuis
    waterschap belastingdienst leger marine landmacht luchtmacht marechaussee rijkswaterstaat
    prorail woningcorporatie woningbouw universiteit bosch siemens heijmans kemkens
    ns klm kpn asml randstad uwv roc tno ggd vdl""".split()  # noqa: SIM905
)
"""Employers that are called by what they are, or by a word that everybody knows."""

DESCRIBED: Final = re.compile(
    r"^(?:(?:een|n|geen|mijn|m'n|mn|me|onze?|hun|mezelf|mijzelf|hem|haar|familie|eigen|groot|grote|"
    r"kleine?|middelgrote?|lokale?|plaatselijke?|diverse|verschillende|meerdere|ander|andere|iets|"
    r"wat|twee|veel|alleen|allerlei|in|er|de volgende|mij|me|daar|hier)\b|$)"
)
"""A description is no name: "een groot concern", "bij mijn vader"."""

SEVERAL: Final = re.compile(
    r"\bof\b|\b(?:twee|2|drie|meerdere|verschillende) (?:bedrijven|bazen|werkgevers|firma'?s|"
    r"zaken)\b"
)
SAID: Final = re.compile(
    r"\b(?:ik|je|jij|jou|u|uw|jullie|hij|weet|snap|begrijp|bedoelt?|idee|waarom|stoppen|"
    r"annuleren|vraag|mens|wil|wilt|moet|kan|mag|niet|geen|graag|rot|hou|houd|kap|donder|"
    r"flikker|fuck|woont|schiet|\w*verdomme|wis|verwijder|do|you|goed)\b|^(?:ja|nee|stop)$"
)
"""Words of somebody who says something, and not of a company's name."""

SMALL: Final = frozenset(
    "en is van de der den het 't in op aan te ter ten voor bij und and of la le les von"  # noqa: SIM905
    " & + - / vd v/d t naar".split()
)
SHORT_FORM: Final = re.compile(
    r"[bcdfghjklmnpqrstvwxz]{3}|cv|ict|hvac|asml|roc|uwv|vof|bv|nv|ns|tno"
)
"""Letters that are said one by one."""

INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")


KINDS: Final = own_words(
    FIRM.pattern, also="uitzendbureau installatiebedrijf installatietechniek technisch bureau"
)
SAID_FIRST: Final = frozenset({"maar", "dat", "dit", "dus", "nee", "ja", "ik"})
OF_PEOPLE: Final = frozenset({"gebr", "gebroeders", "fa", "fam", "familie"})
"""What a name cannot end in: whose firm it is comes next, whatever word that is."""


class _Part(NamedTuple):
    """What may be a name, as it was typed; whether words lead to it, and all that stands there."""

    name: str
    is_led: bool
    is_whole: bool


def read_skip(text: str) -> str | None:
    """ "skip" of who leaves the question out; a company itself is taken out of the text before."""
    return "skip" if is_skip(text) else None


def read_company(text: str) -> str | None:
    """The company told in an answer; None for a refusal, a question, or where it is in doubt."""
    told = SPLIT.sub(_joined, squeeze(_without_signs(text)))
    if not told or len(told) > LONGEST_ANSWER or "@" in told or told[0] == "/":
        return None
    if (right := put_right(fold(told))) is not None and len(fold(told)) == len(told):
        told = told[right[1] :]
    if _is_title(told) and is_firm(fold(told)) and not re.search(r"[?,]|\. ", told):
        return _written(_bare(told[_lead_of(told) :]))  # any words may stand in such a name
    if is_skip(told):
        return None
    parts = [part for each in _told(told) for part in _parts(each)]
    for is_led in (True, False):
        names = [part.name for part in parts if part.is_led is is_led and _is_name(part)]
        if names:
            return None if SEVERAL.search(fold(told)) else _written(names[0])
    return None


def company_in(text: str) -> tuple[int, int] | None:
    """The span of the firm that somebody says to work at, unasked: "ik werk bij Bakker Techniek".

    Only with a capital, or with a word that firms have: any other word may be anything.
    """
    for told in () if text.isupper() else _told(text):
        for cue in EMPLOYED.finditer(fold(told)):
            head = OTHER_PART.split(fold(told[: cue.start()]))[-1] + cue[0]
            tail = told[cue.end() :]
            if len(fold(told)) != len(told) or NOT_NOW.search(head) or NOT_YET.search(head):
                continue
            name = IN_BRANCH.sub("", _name_at(tail))
            start = text.find(name, text.find(told) + cue.end()) if name else -1
            if start >= 0 and not NO_MORE.search(fold(tail)) and _is_told_firm(name):
                return start, start + len(name)
    return None


def _is_told_firm(name: str) -> bool:
    """Whether a name that nobody asked for is a firm's: of ordinary words only a trade may be."""
    plain = fold(name)
    if not (is_capital(name) or is_firm(plain)) or is_place(plain) or is_first_name(plain):
        return False
    words = [word for word in map(_plain, name.split()) if word not in SMALL]
    is_own = any(not is_ordinary(word) or is_trade(word) for word in words)
    return (is_own or is_firm(plain)) and _is_name(_Part(name, True, False))


def is_named_firm(name: str) -> bool:
    """Whether a name standing alone is a firm's: by its form, or a word of its own before its kind.

    "Bakker Techniek" is one; "docent techniek" and "Mbo Techniek" are not.
    """
    plain = fold(name)
    if LEGAL.search(plain):
        return " " in name
    words = [word for word in plain.split() if word not in SMALL]
    own = [word for word in words if not (FIRM.fullmatch(word) or is_ordinary(word))]
    is_trade_name = is_capital(name) and len(words) > 1 and is_trade(words[0])
    has_kind = len(words) > 1 and FIRM.search(plain) is not None
    return has_kind and bool(own or is_trade_name) and words[0] not in ("werk", "school")


def _joined(kind: re.Match[str]) -> str:
    """A kind of firm that is written in two words, as the one that it is."""
    return f"{kind[1]}bedrijf " if is_trade(fold(kind[1])) else kind[0]


def is_unsure(name: str) -> bool:
    """Whether a firm's name begins with what people say before one: "Dat is Technisch Buro"."""
    first = fold(name.split(maxsplit=1)[0])
    return FILLERS.match(fold(name)) is not None or first in SAID_FIRST


def kind_put_right(name: str) -> str | None:
    """The name with the mistyped kind of firm in it as it is written, or None: nothing is odd."""
    first, *rest = words = name.split()
    small = [first, *(word for word in rest if not is_capital(word))]  # the others are on purpose
    right = {word: nearest(fold(word), KINDS) for word in small if not FIRM.fullmatch(fold(word))}
    if not rest or not any(right.values()):
        return None
    meant = (right.get(word) or word for word in words)
    return " ".join(
        _capital(new) if is_capital(old) else new for old, new in zip(words, meant, strict=True)
    )


def _told(told: str) -> Iterator[str]:
    """What somebody states about himself, as it was typed."""
    for sentence in SENTENCE.split(told):
        folded = Folded.of(sentence)
        for clause in clauses(folded.text):
            text = sentence[slice(*folded.span(clause.start, clause.start + len(clause.text)))]
            is_told = not (clause.is_question or clause.is_supposed) or _is_title(text)
            if is_told and not clause.asked and not clause.is_of_others:
                yield text


def _parts(clause: str) -> Iterator[_Part]:
    """What stands in a clause where a name may stand; the last that words lead to is first."""
    cuts = [
        0,
        *(
            cut.end()
            for cut in APART.finditer(clause)
            if cut[0].strip() != "" or _is_small(clause, cut)
        ),
    ]
    for start, end in zip(cuts, [*cuts[1:], len(clause)], strict=True):
        part = clause[start:end].strip(" ,;:()!")
        plain = fold(part)
        if not part or len(plain) != len(part):
            continue
        if last := VERB_LAST.search(plain):
            yield _Part(part[slice(*last.span(last.lastgroup or 0))], True, False)
            continue
        lead = _lead_of(part)
        cues = [] if _is_title(part[lead:]) and not lead else list(CUE.finditer(plain))
        for cue in reversed(cues):
            head = WHOSE.sub("", plain[: cue.end()])
            if not NOT_NOW.search(head):
                yield _Part(_name_at(part[cue.end() :]), True, False)
        if not cues and not NOT_NOW.search(plain[:lead]):
            name = _name_at(part[lead:])
            rest = fold(_without_department(part[lead:])).removeprefix(fold(name))
            is_whole = len(cuts) == 1 and (AFTER.fullmatch(rest) is not None or _is_town(rest))
            if _is_strange(name) or not (lead and name.islower()):
                yield _Part(name, False, is_whole)


def _is_small(text: str, cut: re.Match[str]) -> bool:
    """Whether the word at a cut is none of a name: "Het Bedrijf Van Nu" stays whole."""
    return not is_capital(text[cut.end() : cut.end() + 1]) and cut.start() > 0


def _is_town(rest: str) -> bool:
    """Whether what follows a name says where it is, and no more."""
    _, *place = rest.split()
    return rest.split(maxsplit=1)[0] in IN and is_place(" ".join(place))


def _is_strange(name: str) -> bool:
    """Whether a word of it is none that everybody uses."""
    words = [word.strip(".,") for word in fold(name).split() if word not in SMALL]
    return any(not is_ordinary(word) and not is_trade(word) for word in words)


def _lead_of(part: str) -> int:
    """Where a name can begin, behind what people say before it; "Dit is Dak" begins at once."""
    lead = FILLERS.match(fold(part))
    if lead is None or len(fold(part)) != len(part):
        return 0
    first, words = (
        part.split(maxsplit=1)[0],
        [word for word in part[: lead.end()].split() if word[0].isalpha()],
    )
    is_led = fold(first) in ("bij", "via") or re.search(rf"{EMPLOYER} ?[:=]", fold(lead[0]))
    is_of_name = is_capital(first) and all(is_capital(w) or w in SMALL for w in words)
    return 0 if _is_title(part) and is_of_name and not is_led else lead.end()


def _name_at(text: str) -> str:
    """The words from here on that can be a name together, without what is said behind them."""
    text = _without_department(text)
    named = re.sub(r"^(?:de|het|'?t) ", "", text)
    text = named if KIND.match(fold(named)) or not FIRM.search(fold(named)) else text
    words = text.split()
    kept = 0
    for at, word in enumerate(words):
        if kept and word in IN and _is_at_place(words, at):
            break
        if _can_end(word, words[: at + 1]):
            kept = at + 1
        elif _plain(word) in OF_PEOPLE or (at == 0 and KIND.match(fold(text))):
            continue
        elif fold(word).strip(".") not in SMALL and not (
            FIRM.search(fold(text)) and text.islower()
        ):
            break
    return _bare(" ".join(words[:kept]))


def _can_end(word: str, words: list[str]) -> bool:
    """Whether a word can be the last of a name: by its capital, as a strange word, or as firms'."""
    plain = fold(word).strip(".,")
    led = [each for each in map(_plain, words[:-1]) if each not in SMALL]
    if plain in OF_PEOPLE or (led and led[-1] in OF_PEOPLE):
        return plain not in OF_PEOPLE | SMALL
    if FIRM.search(fold(" ".join(words))) or LEGAL.fullmatch(plain) or plain in PUBLIC:
        return True
    is_term = is_place(plain) or is_trade(plain)
    is_ours = plain in SMALL or is_common(plain) or (is_ordinary(plain) and not is_term)
    if word[:1].isdigit() or INITIALS.fullmatch(word):
        return True
    return (is_capital(word) and plain not in SMALL) or not is_ours


def _plain(word: str) -> str:
    return fold(word).strip(".,")


def _without_department(text: str) -> str:
    """Without the department, said in small letters behind the name."""
    found = TAIL.search(fold(text))
    is_tail = found and found.start() and not is_capital(text[found.start() :].strip(" ,"))
    return text[: found.start()] if found and is_tail else text


def _is_at_place(words: list[str], at: int) -> bool:
    """Whether the words behind "in" are a place, and what stands before it is a name."""
    is_named = not is_common(fold(words[0]))
    return is_named and any(is_place(" ".join(words[at + 1 : at + n])) for n in (2, 3, 4))


def _is_name(part: _Part) -> bool:  # noqa: PLR0911
    """Whether what stands there is the name of a firm."""
    name, plain = part.name, fold(part.name)
    words = [word.strip(".,") for word in plain.split() if word not in SMALL]
    if not words or len(words) > MOST_WORDS or not 2 <= len(name) <= LONGEST:
        return False
    if not re.search(r"[^\W\d_]", name) or is_at_random(plain):
        return False
    if LEGAL.search(plain) and len(words) > 1:
        return True
    is_title = _is_title(name)
    if (DESCRIBED.match(plain) or SAID.search(plain)) and not (is_title and is_firm(plain)):
        return False
    is_long = len(name.split()) > LONG
    is_term = any(not is_common(word) or is_trade(word) for word in words)
    if is_firm(plain) or (is_title and (is_long or is_term)):
        return True
    if is_skip(plain) or is_place(plain):
        return False
    if part.is_led:
        return _is_strange(name) or any(map(is_capital, name.split()))
    is_alone = part.is_whole or is_capital(name)
    return is_alone and _is_strange(name) and not any(map(is_common, words))


def is_firm(plain: str) -> bool:
    """Whether it has a word that firms have: behind or before a name, or alone."""
    if LEGAL.search(plain) or plain.removeprefix("de ").strip(".") in PUBLIC or KIND.match(plain):
        return True
    own = [word for word in plain.split() if word not in SMALL]  # "de bouw" is no firm
    return len(own) > 1 and FIRM.search(plain) is not None


def _without_signs(text: str) -> str:
    """Without the smileys and other signs that stand around a name."""
    return text.strip("".join({sign for sign in text if _is_sign(sign)}))


def _is_sign(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("So", "Mn", "Sk")


def _bare(name: str) -> str:
    name = name.strip(' ,:;"“”').removeprefix("- ")
    name = name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name
    return name if LEGAL.search(fold(name)) else name.rstrip(".")


def _is_title(name: str) -> bool:
    """Whether more words than the first begin with a capital, as in a name of several."""
    words = [word for word in name.split() if fold(word) not in SMALL and word[0].isalpha()]
    return not name.isupper() and len(words) > 1 and all(map(is_capital, words))


def _written(name: str) -> str:
    """A name with capitals where it was typed without; one that has them is left as it is."""
    words = [
        word.upper() if re.fullmatch("bv|nv|vof", word) or INITIALS.fullmatch(word) else word
        for word in name.split()
    ]
    is_small = name.islower()
    if is_small:
        words = [word if fold(word) in SMALL else _capital(word) for word in words]
    if words[0].islower() and (is_small or fold(words[0]) not in SMALL):
        words[0] = _capital(words[0])
    return re.sub(r"(?:\bB\.V|\bN\.V|\bV\.O\.F)$", r"\g<0>.", " ".join(words))


def _capital(word: str) -> str:
    return word.upper() if SHORT_FORM.fullmatch(word) else word[:1].upper() + word[1:]
