"""Who leaves the question for his company out: he has none to name, or would rather not."""

import re
from typing import Final

from bot.core.answers.names import PARTICLES, is_common
from bot.core.answers.text import fold, plain_words, squeeze

LONGEST: Final = 80
NOW: Final = r"(?: (?:nu|even|op het moment|op dit moment|momenteel|meer|nog|hoor|helaas|thuis))*"
NO_WORK: Final = (
    r"(?:werkloos|werkzoekend|gepensioneerd|in de (?:ww|bijstand|ziektewet)|met pensioen|student|"
    r"tussen (?:twee|2) banen|thuis|in de uitkering|afgestudeerd|zonder (?:werk|baan)|"
    r"ontslagen|gestopt met werken|huisvrouw|huisman|nog student|afgekeurd)"
)
SKIP: Final = re.compile(
    r"(?:(?:nee|nvt|n\.v\.t\.?|geen|overslaan|sla (?:maar |dit |deze |die |het )*over|skip|"
    r"volgende(?: vraag)?|ik studeer(?: nog)?|"
    r"(?:dat |dit )?(?:is )?niet van toepassing|liever niet|"
    r"niet zeggen|ik pas|pas|geen antwoord|"
    r"(?:dat )?(?:zeg|vertel|noem|geef|deel) ik (?:liever |nog |even )*niet(?: door)?|"
    r"(?:dat )?wil ik (?:liever |nog |even )*niet(?: (?:zeggen|delen|kwijt|noemen|geven|vertellen|"
    r"doorgeven|vermelden))?|(?:dat )?(?:zeg|noem) ik niet|niks|niets|niemand|"
    r"(?:ik heb )?(?:(?:nu|nog|momenteel|even) )*geen (?:bedrijf|werkgever|baas|baan|werk|"
    r"bedrijfsnaam|naam)" + NOW + r"|"
    r"(?:dat is |is )?(?:prive|vertrouwelijk|geheim)|-|x|zzp(?:'?er)?|"
    r"(?:ik ben )?(?:zzp(?:'?er)?|zelfstandige?|eigen baas|freelancer)|"
    r"(?:ik werk )?(?:voor|bij|van) (?:mezelf|mijzelf|mijn eigen)|"
    r"(?:ik (?:ben|zit) |ben |zit )?(?:(?:nu|momenteel|helaas|al \w+) )*" + NO_WORK + NOW + r"|"
    r"ik werk (?:nu |momenteel |nog )?niet(?: meer)?|liever niet zeggen|(?:dat )?doet er niet toe|"
    r"hoeft niet|laat maar(?: leeg| open| zitten| zo)?|leeg(?: laten)?|"
    r"(?:mag|kan|blijft|laat ik) leeg|"
    r"nee dank je|nee bedankt|geheim|doe maar niet|nee liever niet|nergens(?: meer)?|bij niemand|"
    r"geen zin|niet nodig|later|anoniem|nog niet|nu niet|niet van belang|"
    r"(?:dat )?gaat (?:jullie|je|u|niemand) (?:niks|niets|wat) aan|"
    r"(?:mijn |m'n )?(?:baas|werkgever|chef) (?:mag|hoeft) (?:dit |het |er )*(?:niks|niets|niet)"
    r"(?: te)?(?: van)? weten)[ ,.!]*)+"
)
LEFT_OUT: Final = re.compile(
    r"\bnaam (?:noem|zeg|geef) ik (?:liever )?niet\b|\bliever niet zeggen\b|"
    r"^(?:volgende vraag|nergens)\b|"
    r"\b(?:hou|houd) ik (?:\w+ ){0,3}voor (?:me|mij|mezelf)\b|\b(?:niks|niets|niet) (?:\w+ ){0,2}"
    r"kwijt\b|^mag ik (?:\w+ ){1,2}overslaan\b|^(?:dat |het )?(?:wil|zeg|vertel|noem) ik "
    r"(?:\w+ ){0,2}pas\b|"
    r"\bdoet er (?:toch |eigenlijk )?niet toe\b|\b(?:met|in) pensioen\b|\bzoekende?$|"
    r"[,.] (?:en |maar )?nu (?:\w+ )?(?:zonder werk|thuis|werkloos|niet meer|niks|nergens)$"
)
"""What leaves the question out wherever it stands, when no name is said beside it."""

MORE: Final = re.compile(r"[,.;:]|\s-\s|\b(?:want|omdat|maar)\b")
BARE_NO: Final = frozenset({"nee", "geen", "niks", "niets", "x", "-", "later"})
"""What is no refusal yet where more follows: "nee, Jansen"."""


def is_skip(text: str) -> bool:
    """Whether somebody leaves the question out, or has no company to name; a reason may follow."""
    told = plain_words(squeeze(fold(text)))
    if len(told) > LONGEST:
        return False
    if told.strip("\ufe0f ") in ("⏭", "⏩") or SKIP.fullmatch(told) or LEFT_OUT.search(told):
        return True
    first, *rest = (part.strip() for part in MORE.split(told, maxsplit=1))
    if not rest or first in BARE_NO or "?" in told or not SKIP.fullmatch(first):
        return False
    words = re.findall(r"[^\W\d_]+", rest[0])
    return bool(words) and all(is_common(word) or word in PARTICLES for word in words)
