"""The name of a company, as the answer to "bij welk bedrijf werkt u?"."""

import re
from typing import Final

from bot.core.answers.clauses import Clause
from bot.core.answers.names import is_common
from bot.core.answers.sectors import is_trade
from bot.core.answers.text import fold, squeeze

LONGEST: Final = 80
LEAD: Final = re.compile(
    r"(?:(?:nou|eh|oh|ja|ok|oke|dat is|dit is|het is|is|ik|werk|werkzaam|ben|zit|in dienst|nu|"
    r"al \w+ jaar|momenteel|"
    r"(?:mijn|m'n|mn|onze|de|het|huidige) (?:\w+ )?(?:werkgever|bedrijf|baas|zaak|"
    r"bedrijfsnaam)(?: is| heet|:)?|bedrijf(?:snaam)?:|werkgever:|"
    r"wij heten|we heten|het heet|heet|naam:|bij|voor|de firma|firma|bij de firma)[ ,]+)+"
)
SKIP: Final = re.compile(
    r"(?:(?:nee|nvt|n\.v\.t\.?|geen|overslaan|sla (?:maar |dit |deze |die )*over|skip|volgende|"
    r"(?:dat |dit )?(?:is )?niet van toepassing|liever niet|"
    r"niet zeggen|"
    r"zeg ik (?:liever )?niet|dat zeg ik (?:liever )?niet|wil ik (?:liever )?niet (?:zeggen|"
    r"delen|kwijt)|niks|niets|geen bedrijf|geen werkgever|"
    r"prive|dat is prive|-|x|zzp(?:'?er)?|(?:ik ben )?(?:zzp(?:'?er)?|zelfstandige?|eigen baas|"
    r"freelancer)|ik werk voor (?:mezelf|mijzelf)|"
    r"voor (?:mezelf|mijzelf)|werkloos|werkzoekend|gepensioneerd|geen baan|geen werk|"
    r"ik heb geen (?:bedrijf|werkgever|baan|werk)|"
    r"ik werk niet|liever niet zeggen|dat doet er niet toe|hoeft niet|laat maar|nee dank je|"
    r"nee bedankt|geheim|doe maar niet|"
    r"nee liever niet|nergens|bij niemand|geen zin|niet nodig|later|anoniem|"
    r"ik (?:ben|zit) (?:\w+ )?(?:werkloos|werkzoekend|gepensioneerd|in de ww|met pensioen|"
    r"student))[ ,.!]*)+"
)
FORM: Final = r"bv|b\.v\.?|nv|n\.v\.?|vof|v\.o\.f\.?"
IN_LAW: Final = re.compile(rf"\b(?:{FORM})(?!\w)")
LEGAL: Final = re.compile(rf"\b(?:{FORM}|holding|groep|group)(?!\w)")
UNKNOWN: Final = re.compile(
    r"\b(?:weet|snap|begrijp|bedoelt?|zeg ik|geen idee|waarom|stop|stoppen|annuleren|kan ik|"
    r"wil ik|moet ik|vraag|"
    r"mens|medewerker spreken|terug)\b"
)
OF_SENTENCES: Final = re.compile(
    r"^in\b|\bis het\b|\b(?:woont?|trouwens|schiet|\w*verdomme|wilt?|mijn|me|mij|je|jij|jou|"
    r"jullie|u|uw|niet|geen|graag|nog|dit|dat|bent?|heb|"
    r"hebt|heeft|kan|kun|moet|mag|zijn|verwijder|wis|do|you)\b"
)
"""Words of somebody who says something, and not of a company's name."""

MOST_WORDS: Final = 9


def is_skip(text: str) -> bool:
    """Whether somebody leaves the question out, or has no company to name."""
    told = squeeze(fold(text))
    return len(told) <= LONGEST and bool(SKIP.fullmatch(told))


def read_skip(text: str) -> str | None:
    """ "skip" of who leaves the question out; a company itself is taken out of the text before."""
    return "skip" if is_skip(text) else None


def read_company(text: str) -> str | None:
    """The company told in an answer; None for a refusal, a question or ordinary words."""
    told = squeeze(
        re.split(
            r"[!;\n]|\?|, (?:en|maar) |(?<=\w\w)\.\s+(?=[a-z]{2,} )", text.strip(), maxsplit=1
        )[0]
    )
    asked = "?" in text and told == squeeze(text.partition("?")[0])
    lead = LEAD.match(fold(told)) if len(fold(told)) == len(told) else None
    name = (told[lead.end() :] if lead else told).strip(" ,:;\"'“”")
    name = name if LEGAL.search(fold(name)) else name.rstrip(".")
    if not 2 <= len(name) <= LONGEST or asked or is_skip(told) or not _can_be_company(name):
        return None
    return name


def _can_be_company(name: str) -> bool:
    folded = fold(name)
    words = re.findall(r"[^\W\d_][\w'&.-]*", folded)
    if not words or len(words) > MOST_WORDS or name.startswith("/") or "@" in name:
        return False
    if Clause(folded, 0, False).is_question or UNKNOWN.search(folded):
        return False
    if words[0] in ("een", "n") and not LEGAL.search(folded):
        return False
    if OF_SENTENCES.search(folded) and not IN_LAW.search(folded):
        return False
    if len(words) == 1 and name.islower() and is_trade(folded):
        return False
    return any(not is_common(word) for word in words)
