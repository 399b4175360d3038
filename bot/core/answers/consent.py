"""Whether the employer knows and agrees, in the many ways in which people tell that."""

import re
from collections.abc import Iterator
from typing import Final

NOT_ASKED: Final = re.compile(
    r"\bnog (?:\w+ ){0,2}(?:vragen|overleggen|bespreken|afstemmen|aankaarten|voorleggen|melden|"
    r"vertellen|"
    r"gevraagd|besproken|overlegd|overleggen|doen|uitzoeken|praten|niets|niks|gesprek)\b"
    r"|\bnog (?:\w+ )?niet\b|\bniet (?:gevraagd|besproken|overlegd|verteld|gemeld|aangekaart|"
    r"over gehad|over gesproken)\b"
    r"|\b(?:ga|moet|zal|wil|kan)(?: ik)? (?:\w+ ){0,4}(?:vragen|overleggen|bespreken|afstemmen|"
    r"aankaarten|voorleggen|navragen|melden|vertellen)\b"
    r"|\bweet (?:er )?(?:nog )?(?:van )?(?:niets|niks)\b|\bweet (?:het|hier|er|"
    r"dit)? ?(?:nog )?niet (?:van|af)?\b"
    r"|\b(?:baas|bazin|werkgever|chef|hij|zij) weet(?: het| dit)?(?: nog)? niet\b"
    r"|\b(?:denk|verwacht|hoop|neem aan|ga (?:er)?van ?uit|gok)\b(?: van)?(?: wel| dat|$|"
    r" het wel| ik)"
    r"|\b(?:waarschijnlijk|vermoedelijk|vast) wel\b|\bgeen (?:gesprek|overleg)\b|"
    r"\bniet over gehad\b|\bin overleg\b"
    r"|\bmoet ik (?:nog )?(?:even )?(?:doen|na)\b|\bvraag ik (?:nog|morgen|volgende|eerst)\b|"
    r"\bnog geen\b"
    r"|\bnog (?:aan het|in) (?:overleg|bespreken|overleggen)\b|\bnog even\b"
)
REFUSED: Final = re.compile(
    r"\b(?:is|zijn|zegt|zei|was) (?:\w+ )?(?:tegen|erop tegen|niet voor|nee|niet blij|"
    r"niet mee eens|niet enthousiast)\b"
    r"|\b(?:wil|willen|mag|mocht)(?: \w+){0,3} niet\b|\bniet (?:goed|akkoord|mee eens|toestaan|"
    r"toegestaan|eens|zitten)\b"
    r"|\bgeen (?:toestemming|medewerking|goedkeuring|akkoord|steun|tijd)\b|\bweiger\w*|"
    r"\bziet (?:het|dat|er)? ?(?:niet|niks)\b"
    r"|\bvind\w* (?:het |dat |er |dit )?(?:maar )?(?:niks|niets|niet|geen goed|slecht|onzin|"
    r"lastig)\b|\bafgewezen\b|\bafgekeurd\b"
    r"|\bwerkt niet mee\b|\bhoudt (?:het )?tegen\b|\bmoeilijk over\b|\bniet achter\b|"
    r"\bhoeft (?:het )?niet te weten\b"
)
AGREED: Final = re.compile(
    r"\b(?:vind\w*|vint|vond\w*)(?: \w+){0,3} (?:goed|prima|ok|oke|okay|leuk|best|mooi|top|fijn|"
    r"geweldig|super|uitstekend|"
    r"interessant|geen probleem)\b|\b(?:gaat|ging|is|zijn|was|waren)(?: \w+){0,2} (?:akkoord|"
    r"eens|enthousiast|voor|mee eens|"
    r"positief|blij|goed|geregeld|rond|voorstander|op de hoogte|besproken|overlegd)\b|"
    r"\b(?:er)?achter\b|\bgoedgekeurd\b"
    r"|\b(?:toestemming|goedkeuring|groen licht|akkoord|steunt|stimuleert|medewerking)\b|"
    r"\bmag (?:van|het|wel|dat)\b|\bgeen (?:probleem|bezwaar)\b"
    r"|\b(?:weet|weten) (?:er|het|ervan|hiervan|dat)(?: van| al)?\b|\b(?:werkt|werken|doet|"
    r"doen) (?:\w+ )?mee\b"
    r"|\bvoorgesteld door\b|\bstuurt (?:me|mij)\b|\b(?:wel )?gevraagd en\b|\bgeregeld\b|"
    r"\b(?:positief|enthousiast)\b"
)
NO_EMPLOYER: Final = re.compile(
    r"\b(?:geen|zonder) (?:werkgever|baas|chef|leidinggevende)\b|\bnvt\b|"
    r"\bik ben (?:een )?(?:zzp\W?er|zzp|zelfstandige?)\b|\bn\.v\.t\b|"
    r"\bniet van toepassing\b"
    r"|\b(?:mijn |m'n |mn )?(?:eigen|zelf(?: de)?) (?:baas|werkgever)\b|"
    r"\bik ben (?:zelf )?de (?:baas|eigenaar|werkgever|directeur)\b"
)
EMPLOYER: Final = re.compile(
    r"\b(?:werkgever|baas|bazin|chef|leidinggevende|directie|directeur|manager|teamleider|"
    r"bedrijfsleider)\b"
)


def find_consent(clause: str) -> Iterator[tuple[str, int, int]]:
    """What a clause that names the employer states beyond doubt."""
    match = EMPLOYER.search(clause)
    if match is None or NO_EMPLOYER.search(clause):
        return
    for value, pattern in (("not_asked", NOT_ASKED), ("no", REFUSED), ("yes", AGREED)):
        told = pattern.search(clause)
        if told and (value != "yes" or "niet" not in clause):
            yield value, min(match.start(), told.start()), max(match.end(), told.end())
            return
