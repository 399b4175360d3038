"""Which of the things that we ask a text speaks of: "mijn nummer klopt niet" is about `phone`."""

import re
from typing import Final

from bot.core.answers.text import fold

WORDS: Final = {
    "name": r"(?:voor|achter)?naam|hoe ik heet|heet ik",
    "email": r"e-?mail(?:adres)?|mail(?:adres|tje)?",
    "phone": r"(?:telefoon|mobiele? |06-?)?nummer|telefoon|mobiel|tel",
    "region": r"woonplaats|plaats|stad|provincie|waar ik woon|verhuisd|verhuis|adres",
    "company": r"bedrijf(?:snaam)?|firma|zaak",
    "sector": r"sector|branche|vakgebied|beroep|vak",
    "education_level": r"diploma|niveau|vooropleiding|opleidingsniveau|papieren",
    "years_experience": r"ervaring|werkervaring|aantal jaren|jaren",
    "employment": r"loondienst|dienstverband|werksituatie|zzp",
    "school_type": r"soort school|schooltype|vmbo of mbo",
}
MENTIONS: Final = {
    item: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])") for item, words in WORDS.items()
}


def items_in(text: str) -> tuple[str, ...]:
    """The items that a text names, in the order of asking; "mailadres" is no place."""
    folded = fold(text)
    return tuple(item for item, words in MENTIONS.items() if words.search(folded))
