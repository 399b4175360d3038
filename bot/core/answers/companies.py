"""The name of a company, as the answer to "bij welk bedrijf werkt u?"."""

import re
import unicodedata
from typing import Final

from bot.core.answers.clauses import Clause
from bot.core.answers.companies_skipped import is_skip
from bot.core.answers.names import is_capital, is_common
from bot.core.answers.places import is_place
from bot.core.answers.put_right import put_right
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import Folded, fold, squeeze

__all__ = ["LEGAL", "is_skip", "looks_like_company", "read_company"]

LONGEST: Final = 80
LONGEST_ANSWER: Final = 200
MOST_WORDS: Final = 9
EMPLOYER: Final = (
    r"(?:werkgever|bedrijf|bedrijfje|zaak|bedrijfsnaam|firma|"
    r"naam (?:van )?(?:het |mijn )?bedrijf)"
)
LEAD: Final = re.compile(
    r"(?:(?:nou|tja|e+h*m*|oh|ja|ok|oke|hoi|nog|ik bedoel(?:de)?|dat is|dit is|het is|is|ik|we|"
    r"wij|werk|werken|werkt|werkzaam|kvk\W?naam|bedrijfsnaam|net begonnen|"
    r"ben|zit|in dienst|in loondienst|loondienst|nu|al \w+ jaar|momenteel|sinds \w+|op dit moment|"
    r"gedetacheerd|ingehuurd|uitgezonden|zzp|zzp'er|zelfstandig|"
    rf"(?:mijn|m'n|mn|onze|ons|de|het|huidige) (?:\w+ )?{EMPLOYER}(?: is| heet| van| =|:)?|"
    rf"{EMPLOYER} ?(?:is|heet|[:=])|(?:heb )?(?:een )?eigen {EMPLOYER}:?|heb een {EMPLOYER}|"
    r"zijn|nee(?=,)|wij heten|we heten|het heet|heet|naam:|bij|voor|via|door|eenmanszaak|"
    r"de firma|firma|"
    r"(?:nou|ja) gewoon|gewoon)[ ,:.=]+)+"
)
IS_A_LEAD: Final = re.compile(
    rf"\b(?:bij|voor|via|{EMPLOYER}|heet|heten|eenmanszaak|ik|dienst|nee|wij)\b"
)
SURE_LEAD: Final = re.compile(
    r"\b(?:(?:werk\w*|dienst|loondienst|gedetacheerd) (?:\w+ ){0,3}?(?:bij|voor|via)|firma|"
    r"eenmanszaak|"
    r"bedrijfsnaam|heten|(?:bedrijf|werkgever|zaak) ?(?:is|heet|[:=])) $"
)
"""After these comes a name, also when it is an ordinary word: "ik werk bij bosch"."""

AT: Final = re.compile(
    r"(?:ik (?:ben|werk) )?(?:als )?(?:een )?(?P<trade>[a-z-]+) (?:werkzaam )?(?:bij|voor) (?=\w)"
)
"""With none of these such words may begin a name: "Nu Energie", "Dit is Dak"."""

CALLED: Final = re.compile(
    r"^.*\b(?:(?:dat|die|wat)(?= \S.* heet$)|genaamd|met (?:de|als) naam|dat heet|die heet|"
    r"heet|heten) (?P<name>(?!(?:het|dat)(?: bedrijf)?$)\S.*?)(?: heet)?$"
)
BOSS_NAMED: Final = re.compile(r"\b(?:baas|bazin|chef|directeur) heet ")
BOSS: Final = re.compile(r"\b(?:baas|bazin|chef|directeur|ik)\b")
JOBS: Final = ("monteur", "technicus", "medewerker", "leerling", "chauffeur", "voorman")
TAIL: Final = re.compile(
    r"[ ,(]+(?:(?:al|sinds|ruim|nu al|nu|bijna) (?:\w+ ){0,3}(?:jaar|jaren|maanden?|\d{4})\b.*|"
    r"(?:op de |de )?(?:afdeling|afd\.?|vestiging|locatie|filiaal) .*|als (?:een )?[a-z]+|dus|"
    r"hoor|via .*|bij (?:een|de|hun|klanten)\b.*|werk ik|heet het(?: bedrijf)?|"
    r"is (?:mijn|m'n) (?:baas|werkgever)|in de (?:buurt|omgeving) .*|dacht ik|geloof ik)$"
)
CUE: Final = re.compile(
    r"(?:\b(?:werk\w*|zit\w*|(?:loon)?dienst|gedetacheerd|ingehuurd|begonnen|baan)\b"
    r"(?: [\w']+){0,6}? (?:bij|bie|voor|van)|^(?:bij|bie)"
    r"|\bmaar (?:ik )?(?:werk )?(?:nu )?(?:bij|bie)"
    r"|\b(?:handelsnaam|bedrijf|zaak|werkgever)(?: (?:is|heet|wordt)(?: (?:nu|voortaan))?|:)"
    r"|\bheet(?! het$)(?: het)?"
    r"|\b(?:overgestapt|overstap) naar|\b(?:verander|wijzig)\w*(?: \w+){0,3}? (?:in|naar)"
    r"|(?<=\w[,.]) (?:en |maar )?(?:nu|tegenwoordig|inmiddels)(?: (?:bij|is het|heet het))?) (?=\S)"
)
"""Behind the last words with which people say where they work, anywhere in a sentence."""

FEW: Final = 5
ARTICLE: Final = re.compile(r"^(?:de|het) ")
PARTS: Final = re.compile(r":\s+|,\s+| maar ")
"""What the parts of a sentence stand between: "staat op mijn busje: Kemkens"."""

PLACE: Final = re.compile(r"[ ,(]+(?:in|te|uit|vestiging|regio) (?P<place>[a-z' -]+?)\)?$")
FORM: Final = r"bv|b\.v\.?|nv|n\.v\.?|vof|v\.o\.f\.?"
IN_LAW: Final = re.compile(rf"\b(?:{FORM})(?!\w)")
LEGAL: Final = re.compile(rf"\b(?:{FORM}|holding|groep|group)(?!\w)")
FIRM: Final = re.compile(
    r"(?:techni(?:ek|cs)|tech|ele[kc]tro|metaal|staal|installaties?|installatiebedrijf|bedrijf|bouw|"
    r"services?|diensten|storingsdienst|koeling|klimaat|laswerk(?:en)?|warmtepompen|verwarming|"
    r"liften|ventilatie|montage|onderhoud|beheer|energie|energy|systemen|systems|infra|solar|"
    r"dakwerken|dakdekkers|constructies?|machines|machinefabriek|fabriek|automatisering|"
    r"beveiliging|logistiek|transport|sanitair|interieur|timmerwerken|schilderwerken|"
    r"grondwerken|wegenbouw|zonnepanelen|kozijnen|industrie|engineering|projecten|advies|"
    r"netwerken|uitzendbureau|detachering|& zoon|& zonen|& zn|en zonen|en zoon)\.?$"
)
"""What the name of a firm ends in: with it any words may stand before."""

KIND: Final = re.compile(
    r"(?:stichting|vereniging|gemeente|provincie|waterschap|ziekenhuis|roc|garage|restaurant|hotel|"
    r"school|winkel|fabriek|woningcorporatie|cooperatie|\w+bedrijf) "
    r"(?!(?:in|bij|van|uit|die|dat|waar|met|voor|is|als|op|te|en|of|dus)\b)\w"
)
"""What the name of an employer stands behind: "gemeente Zwolle"."""

PUBLIC: Final = frozenset(
    """defensie politie gemeente provincie rijk rijksoverheid overheid brandweer ziekenhuis
    waterschap belastingdienst leger marine landmacht luchtmacht marechaussee rijkswaterstaat
    prorail woningcorporatie woningbouw universiteit
    ns klm kpn asml randstad uwv roc tno ggd vdl""".split()  # noqa: SIM905
)
"""Employers that are called by what they are."""

SOMEBODY: Final = re.compile(
    r"^(?:(?:een|n|geen|mijn|m'n|mn|onze|hun)\b|(?:me|mezelf|mijzelf|hem|haar|familie)(?:$|,))"
)
DESCRIBED: Final = re.compile(
    r"^(?:(?:eigen|groot|grote|kleine?|middelgrote?|lokale?|plaatselijke?|diverse|verschillende|"
    r"meerdere|ander|andere)\b|in\b|er\b|de volgende\b)|\bof\b|\ben (?:ook|soms|in het|bij|voor)\b"
)
"""A description is no name: "een groot concern", "bij mijn vader"."""

UNKNOWN: Final = re.compile(
    r"\b(?:weet|snap|begrijp|bedoelt?|zeg ik|geen idee|waarom|stop|stoppen|annuleren|kan ik|"
    r"wil ik|moet ik|vraag|mens|medewerker spreken|terug)\b"
)
OF_SENTENCES: Final = re.compile(
    r"^in\b|\bis het\b|\b(?:woont?|trouwens|schiet|\w*verdomme|wilt?|mijn|me|mij|je|jij|jou|"
    r"jullie|u|uw|niet|geen|graag|nog|dit|dat|bent?|heb|"
    r"hebt|heeft|kan|kun|moet|mag|zijn|verwijder|wis|do|you)\b"
)
"""Words of somebody who says something, and not of a company's name."""

TO_US: Final = re.compile(r"^(?:rot|hou|houd|kap|donder|flikker|fuck|weet ik niet|zo is|ja|nee)\b")
SMALL: Final = frozenset(
    "en is van de der den het 't in op aan te ter ten voor bij und and of la le von zn".split()  # noqa: SIM905
)
DOTTED: Final = re.compile(r"(?:\bB\.V|\bN\.V|\bV\.O\.F)$")
IN_CAPITALS: Final = re.compile(
    r"(?:bv|nv|vof|b\.v\.?|n\.v\.?|v\.o\.f\.?|hvac|ict|cv|"
    r"ns|klm|kpn|asml|uwv|roc|tno|ggd|vdl)"
)


def read_skip(text: str) -> str | None:
    """ "skip" of who leaves the question out; a company itself is taken out of the text before."""
    return "skip" if is_skip(text) else None


def read_company(text: str) -> str | None:
    """The company told in an answer; None for a refusal, a question or ordinary words."""
    told = squeeze(
        re.split(
            r"[!;\n]|\?|, (?:en|maar) |(?<=\w\w)(?<!\binstall)(?<!\bfa)\.\s+(?=[a-z]{2,} )",
            _without_signs(text),
            maxsplit=1,
        )[0]
    )
    asked = "?" in text and told == squeeze(text.partition("?")[0])
    if asked or len(told) > LONGEST_ANSWER or is_skip(told):
        return None
    folded = Folded.of(told)
    if (right := put_right(folded.text)) is not None:
        told = told[folded.places[right[1]] :]
    if Clause(fold(told), 0, False).is_question and not _is_title(told):
        return None
    if (name := _behind_a_cue(told) or _company(told)) is not None:
        return _written(name)
    parts = [part for part in PARTS.split(told) if part.strip()] if PARTS.search(told) else []
    names = (_company(part) for part in parts if not is_skip(part) and _stands_alone(part))
    return next((_written(name) for name in names if name is not None), None)


def _behind_a_cue(told: str) -> str | None:
    """The name behind the last word that leads to one; there it may be an ordinary word."""
    folded = Folded.of(told)
    cues = list(CUE.finditer(folded.text))
    if not cues or BOSS_NAMED.search(folded.text[: cues[-1].end()]):
        return None
    part = told[folded.places[cues[-1].end()] :].partition(",")[0]
    name = _without_stop(ARTICLE.sub("", _bare(_without_tail(part))))
    plain = fold(name)
    is_none = (SOMEBODY, DESCRIBED, UNKNOWN, OF_SENTENCES, TO_US)
    if not 0 < len(name.split()) <= FEW or any(each.search(plain) for each in is_none):
        return None
    is_kind = FIRM.fullmatch(plain) is not None
    return None if is_kind or is_skip(plain) or not _is_letters(plain) else name


def _is_letters(plain: str) -> bool:
    return re.search(r"[^\W\d_]", plain) is not None


def _company(told: str) -> str | None:
    name = _name_in(told)
    is_long_enough = 2 <= len(name) <= LONGEST and not is_skip(name)
    return name if is_long_enough and _can_be_company(name) else None


def _stands_alone(part: str) -> bool:
    """Whether a part of a sentence is surely a name: by its capitals, or a word that firms have."""
    name = _name_in(part)
    return bool(name) and (name[0].isupper() or name[0].isdigit() or _is_named(fold(name)))


def looks_like_company(text: str) -> bool:
    """Whether an answer is a firm's name by its form: its capitals, or a word that firms have."""
    told = squeeze(_without_signs(text)) if len(text) <= LONGEST_ANSWER else ""
    name = _name_in(told)
    folded = fold(name)
    if not name or is_skip(text) or SOMEBODY.match(folded) or TO_US.match(folded):
        return False
    if _is_title(name):
        return True
    if Clause(fold(told), 0, False).is_question or DESCRIBED.search(folded):
        return False
    is_led = SURE_LEAD.search(fold(told)[: fold(told).find(folded)]) is not None
    is_own = folded.split()[0] not in SMALL and not any(map(is_common, folded.split()))
    return _is_named(folded) or (is_led and (is_own or "firma" in fold(told)))


def _without_signs(text: str) -> str:
    """Without the smileys and other signs that stand around a name."""
    start, end = 0, len(text)
    while start < end and _is_sign(text[start]):
        start += 1
    while start < end and _is_sign(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_sign(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("So", "Mn", "Sk")


def _name_in(told: str) -> str:
    """The words of an answer that are the name, without those around it."""
    folded = Folded.of(told)
    if called := CALLED.match(folded.text):
        head = folded.text[: called.start("name")]
        return "" if BOSS.search(head) else _bare(told[slice(*folded.span(*called.span("name")))])
    lead = LEAD.match(folded.text)
    if lead and _is_lead(told[: folded.places[lead.end()]], told):
        told = told[folded.places[lead.end()] :]
    at = AT.match(fold(told)) if len(fold(told)) == len(told) else None
    if at and (is_trade(at["trade"]) or at["trade"].endswith(JOBS)):
        told = told[at.end() :]
    return _without_stop(_bare(_without_tail(told)))


def _without_stop(name: str) -> str:
    return name if LEGAL.search(fold(name)) else name.rstrip(".")


def _is_lead(lead: str, told: str) -> bool:
    """Whether words before a name are none of it: "Nu Energie" and "Het Bedrijf Van Nu" are."""
    words = [word for word in lead.split() if fold(word) not in SMALL]
    if not _is_title(told):
        return True
    return bool(IS_A_LEAD.search(fold(lead))) and not (words and all(map(is_capital, words)))


def _bare(name: str) -> str:
    name = name.strip(' ,:;"“”')
    name = name.removeprefix("- ")
    return name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name


def _without_tail(told: str) -> str:
    """Without since when, which department and where, said in small letters behind the name."""
    for _ in range(2):
        folded = Folded.of(told)
        found = TAIL.search(folded.text)
        if found and found.start() and not is_capital(told[folded.places[found.start()] :].strip()):
            told = told[: folded.places[found.start()]]
            continue
        found = PLACE.search(folded.text)
        if found and found.start() and is_place(found["place"]):
            rest = told[: folded.places[found.start()]]
            told = rest if not is_common(fold(rest.split()[0])) else told
    return told


def _is_title(name: str) -> bool:
    """Whether more words than the first begin with a capital, as in a name of several."""
    words = [word for word in name.split() if fold(word) not in SMALL and word[0].isalpha()]
    return not name.isupper() and len(words) > 1 and all(map(is_capital, words))


def _can_be_company(name: str) -> bool:
    folded = fold(name)
    words = re.findall(r"\d?[^\W\d_][\w'&.-]*", folded)
    is_odd = name[0] == "/" or "@" in name or re.search(r" (?:of|maar) ", name)
    if not 0 < len(words) <= MOST_WORDS or is_odd:
        return False
    if IN_LAW.search(folded):
        return True
    if SOMEBODY.match(folded) or TO_US.match(folded):
        return False
    is_title, is_question = _is_title(name), Clause(folded, 0, False).is_question
    if not is_title and DESCRIBED.search(folded):
        return False
    if _is_named(folded):
        return is_title or not is_question
    return not is_question and (is_title or _has_own_word(name, folded, words))


def _is_named(folded: str) -> bool:
    """Whether it has a word that firms have: behind or before a name, or alone."""
    if LEGAL.search(folded) or ARTICLE.sub("", folded).strip(".") in PUBLIC or KIND.match(folded):
        return True
    own = [word for word in folded.split() if word not in SMALL]  # "de bouw" is no firm
    return len(own) > 1 and FIRM.search(folded) is not None


def _has_own_word(name: str, folded: str, words: list[str]) -> bool:
    """Whether words in small letters hold a name, and are no sentence and no trade."""
    if UNKNOWN.search(folded) or (OF_SENTENCES.search(folded) and not IN_LAW.search(folded)):
        return False
    own = [word for word in words if word not in SMALL]
    if name.islower() and all(is_trade(word) or FIRM.fullmatch(word) for word in own):
        return False
    return any(not is_common(word) for word in words)


def _written(name: str) -> str:
    """A name with capitals where it was typed without; one that has them is left as it is."""
    words = name.split()
    if name.islower():
        words = [_capital(word) if word not in SMALL else word for word in words]
    first = words[0]
    if first.islower() and (name.islower() or fold(first) not in SMALL):
        words[0] = _capital(first)
    return DOTTED.sub(r"\g<0>.", " ".join(words))


def _capital(word: str) -> str:
    return word.upper() if IN_CAPITALS.fullmatch(word) else word[:1].upper() + word[1:]
