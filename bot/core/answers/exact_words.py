"""The words and phrases of which a yes or a no that binds is made: see `exact`.

Each kind is written out: plain and polite words, how people talk and how they write formally.
What a question has of its own (aanmelden, wissen, intrekken) counts for that question alone.
Small words stand here as they are written ("niet", "dat is"): `text.plain_words` sees to that.
"""

import re
from itertools import chain, product
from typing import Final

TWICE: Final = re.compile(r"(.)\1+")

Phrase = tuple[str, ...]
Lists = tuple[frozenset[Phrase], ...]


def shortened(word: str) -> str:
    """A word however long it is drawn out: "jaaa", "neee", "akoord"."""
    return TWICE.sub(r"\1", word) if len(word) > 2 else word


def _all(*columns: str) -> frozenset[Phrase]:
    """Every phrase of one piece of each column; pieces are parted by "|", and one may be empty."""
    pieces = [
        [tuple(map(shortened, piece.split())) for piece in column.split("|")] for column in columns
    ]
    return frozenset(phrase for row in product(*pieces) if (phrase := tuple(chain(*row))))


IT: Final = "|dat|het|dit|alles|de gegevens|mijn gegevens|alle gegevens"
GOOD: Final = (
    "goed|prima|in orde|ok|oke|okee|akkoord|juist|correct|top|best|perfect|mooi|netjes|"
    "een goed idee|een goed plan|geen probleem|"
    "juist weergegeven|correct weergegeven|goed weergegeven"
)
WHOLLY: Final = "|helemaal|heel|wel|geheel|volledig|allemaal|precies"

YES_WORDS: Final = _all(
    "ja|jawel|jazeker|jahoor|jep|jup|jap|joa|jao|jow|jaak|joak|jaoj|joat|jaat|jes|yep|yes|yup|yeah|"
    "ya|yess sir|yes sir|ok|oke|okay|okey|oki|okido|okidoki|k|akkoord|accoord|prima|top|goed|graag|"
    "gaarne|zeker|zekers|natuurlijk|tuurlijk|uiteraard|absoluut|inderdaad|idd|precies|exact|juist|"
    "correct|klopt|uitstekend|perfect|afgesproken|vanzelfsprekend|sure|deal|mag|doen|bevestigd|"
    "eens|jawohl|affirmatief|roger|"
    "jha|jja|jaj|jah|hja|aj|jz|js|jaq|jaz|graga|garag|gragg|zekr|zekre|zeket|"
    "klpt|kolpt|klotp|klopr|klopy"
)
YES_PHRASES: Final = _all(
    "zeker weten|zeker te weten|heel graag|heel goed|met plezier|met alle plezier|met liefde|"
    "van harte|in orde|dik in orde|helemaal in orde|zo is het|zo is dat|dat is zo|dat bedoel ik|"
    "dat bedoelde ik|mij best|goed idee|goed plan|goed zo|mooi zo|wat mij betreft|"
    "wat mij betreft wel|voor mij wel|alles goed|mee eens|helemaal mee eens|prima zo|oke zo|"
    "zo klopt het|yes please|graag zelfs|heel graag zelfs|"
    "laat maar zo|zo laten|dat ben ik|of course|van mij wel|heel zeker|ik weet het zeker|"
    "dat weet ik zeker|weet ik zeker|ik ben er zeker van|ja wel|zeker wel|natuurlijk wel|"
    "klopt wel|mag wel|mag gerust|toe maar|ja zeker weten|reken maar|allez ja|kom maar op|"
    "daar is niets mis mee|daar is niks mis mee|niets op aan te merken|niks op aan te merken|"
    "niets aan te merken|niks mis mee|niets mis mee|bij deze|go|go ahead|gas erop"
) | _all(
    "|ik heb|daar heb ik|nee|nee hoor|ik heb er|er is|ik heb daar",
    "geen",
    "|enkel",
    "probleem|bezwaar|bezwaren|punt",
    "|mee|tegen",
)
IT_IS_SO: Final = (
    _all(IT, "klopt|kloppen", "|zo", "|helemaal|allemaal|precies|wel|als een bus|gewoon")
    | _all("zo", "klopt|kloppen|is|staat", "|het|alles|dat", "|helemaal|wel|goed|prima|juist")
    | _all(
        "|dat|het|dit|alles|zo",
        "is|staat|lijkt me|lijkt mij|klinkt|vind ik",
        WHOLLY,
        GOOD,
        "|zo",
    )
    | _all("de gegevens|mijn gegevens|alle gegevens", "zijn|staan", WHOLLY, GOOD)
    | _all(
        "dat|het|dit|alles",
        "is",
        "wat mij betreft|naar mijn mening|voor mij|mij",
        WHOLLY,
        GOOD,
    )
    | _all("dat|het|alles", "|is|staat", "allemaal|helemaal", GOOD)
    | _all(IT, "is|staat|staan|zijn", "er", WHOLLY, "goed|prima|juist|correct|netjes", "|in|op|bij")
    | _all(IT, "ziet|zien", "er", WHOLLY, "goed|prima|netjes|mooi|top|perfect|in orde", "|uit")
    | _all("helemaal|geheel|volledig|heel|allemaal|precies|alles", GOOD, "|zo")
    | _all("goed|prima|perfect|mooi|top", "zo")
    | _all("zo", "is|mag|kan", "|het|dat|ie|hij", "|wel|goed|prima|helemaal goed")
    | _all("alles", "|is", "naar wens")
    | _all("niks|niets", "meer aan", "|te", "doen|veranderen|wijzigen")
    | _all("wat mij betreft", "|is", "|dat|het|dit|alles", WHOLLY, GOOD)
    | _all("|ik", "vind", "dat|het|dit|alles", "|wel|helemaal", GOOD)
)
AGREED: Final = (
    _all(
        "|ik",
        "ga|ben",
        "|er|het er|het|hier|daar|hiermee|daarmee|ermee|het ermee|het hiermee|het daarmee",
        "|mee|helemaal|hierbij|volledig",
        "akkoord|eens",
        "|mee|hiermee|daarmee|ermee",
    )
    | _all("daar|hier|hiermee|daarmee", "ga|ben", "ik", "|het", "|mee", "|helemaal", "akkoord|eens")
    | _all("|ik|hierbij", "bevestig", "|ik|het|dit|dat|alles", "|hierbij")
    | _all("|ik|hierbij", "bevestig", "|ik", "dat", "het|dit|dat|alles", "|zo", "klopt")
    | _all("hierbij|bij deze|daarvoor|hiervoor", "geef|verleen", "ik", "|mijn|u", "toestemming")
    | _all("akkoord", "met alles")
    | _all("akkoord", "mee|hiermee|daarmee|ermee")
    | _all(
        "|ik",
        "geef|verleen",
        "|hierbij|u|jullie|bij deze|u hierbij|daarvoor|hiervoor",
        "|mijn|graag",
        "toestemming|akkoord",
        "|daarvoor|hiervoor",
    )
    | _all("|hierbij|bij deze|mijn|hiervoor", "toestemming", "|gegeven|verleend|hebt u|heeft u")
    | _all("u|je|jullie", "hebt|heeft|hebben", "mijn", "toestemming|zegen|akkoord")
    | _all("ik stem toe|ik stem in|ik stem daarmee in|ik sta het toe|ik sta dat toe")
)
ALLOWED: Final = (
    _all("dat|het|", "mag|mogen", "|u|je|jullie|van mij", "|wel|gerust|zeker|allemaal")
    | _all("van mij mag", "|het|dat")
    | _all("natuurlijk|tuurlijk|uiteraard|zeker|absoluut", "mag", "dat|het|je dat|u dat|jullie dat")
    | _all("u|je|jullie", "mag|mogen", "|dat|het", "|gerust|wel|best")
    | _all("doe", "|dat|het", "|dan|gerust", "maar|ik|we|gerust")
    | _all("doen we|gewoon doen|graag doen|laten we dat doen|gaan we doen|dat doen we")
    | _all("ga|gaat", "|u|je", "|gerust|vooral", "|maar", "uw gang|je gang", "|maar|gerust")
    | _all("ga|gaat", "|u|je", "door|maar|maar door|verder|maar verder|gerust verder|vooral door")
    | _all("|ik", "wil", "dat|het|dit", "|graag|wel|graag wel")
    | _all("dat|het", "wil ik", "|graag|wel|heel graag")
)
YES: Final = YES_WORDS | YES_PHRASES | IT_IS_SO | AGREED | ALLOWED
"""What means yes, whatever the question."""

YES_FILLERS: Final = _all(
    "vooruit|hoor|heur|hor|horr|"
    "zunne|zulle|zenne|alstublieft|alsjeblieft|aub|svp|please|graag gedaan|"
    "dank u|dank u wel|dank je|dank je wel|dankuwel|dankjewel|bedankt|alvast bedankt|thanks|thx|"
    "meneer|mevrouw|mijnheer|joh|man|maat|jongens|mensen|team|allemaal|helemaal|echt|dan|"
    "wat mij betreft|voor mij|van mij|van mijn kant|naar mijn mening|bij deze|hierbij|"
    "dat zeg ik toch|dat zei ik toch|dat zei ik al|zeg ik toch|zei ik toch|"
    "2x|3x|driewerf|100 procent|100|honderd procent"
)
KEEP: Final = (
    _all(
        "dat|die|ze|het|mijn gegevens",
        "mag|mogen",
        "|u|je|jullie",
        "|gerust|wel",
        "bewaren|opslaan|bewaard|opgeslagen",
        "|worden",
    )
    | _all(
        "u|je|jullie",
        "mag|mogen|kan|kunt",
        "|dat|het|ze|die|alles|mijn gegevens|deze gegevens|de gegevens",
        "|gerust|wel|best",
        "bewaren|opslaan|gebruiken|hebben|vastleggen",
    )
    | _all(
        "u|je|jullie",
        "mag|mogen",
        "ze|die|alles|mijn gegevens|deze gegevens|de gegevens",
        "|gerust|wel|best",
    )
    | _all("bewaar", "|ze|het|alles|mijn gegevens|die", "|maar|gerust")
    | _all("sla", "|ze|het|alles|mijn gegevens|die", "|maar|gerust", "op")
)
"""A yes to keeping what somebody told; to erasing it, these would be a no."""

REGISTER: Final = (
    _all("meld|schrijf", "|me|mij", "|maar|er maar|dan maar|gerust|nu|meteen", "aan|in", "|maar")
    | _all("stuur|verstuur|dien|verwerk", "|het|ze|alles", "maar", "|door|in|op")
    | _all(
        "zet|schrijf|teken",
        "me|mij",
        "|er|hem er",
        "|maar",
        "op|bij|in|erop|erbij|op de lijst",
        "|maar",
    )
    | _all("registreer", "me|mij", "|maar")
    | _all(
        "u|je|jullie", "mag|mogen|kan|kunt|kunnen", "me|mij", "|nu|gerust", "aanmelden|inschrijven"
    )
    | _all(
        "|ik|dus ik",
        "verzoek|vraag",
        "u|jullie",
        "|vriendelijk|hierbij|beleefd",
        "|om",
        "me|mij",
        "|nu",
        "aan te melden|in te schrijven|te registreren",
    )
)
REGISTER_BESIDE: Final = (
    _all(
        "|ik",
        "wil|meld|schrijf",
        "|me|mij",
        "|graag|nu|bij deze|hierbij",
        "aan|in|aanmelden|inschrijven|meedoen",
    )
    | _all("aanmelden|inschrijven|registreren|versturen|verzenden|indienen", "|maar|graag")
    | _all("ik doe mee|dat zijn mijn gegevens|alles staat er goed in")
)
KEEP_BESIDE: Final = (
    _all("opslaan|bewaren|vastleggen", "|maar|graag")
    | _all(
        "|om|voor",
        "|ze|die|deze|mijn|mijn gegevens|de gegevens|deze gegevens|alles|dat",
        "te",
        "bewaren|slaan|gebruiken",
    )
    | _all(
        "dat|met",
        "|u|jullie|je",
        "ze|alles|mijn gegevens|de gegevens|deze gegevens|mijn data",
        "|worden",
        "bewaart|bewaren|opslaat|opslaan|gebruikt|gebruiken|bewaard|opgeslagen",
        "|worden",
    )
    | _all("voor|met", "het", "bewaren|opslaan|gebruik", "van", "mijn|de|deze", "gegevens")
)
ERASE: Final = _all("wis|verwijder|haal|gooi", "|het|ze|dat|alles", "maar", "|weg|alles")
ERASE_BESIDE: Final = _all(
    "wis|verwijder", "|het|ze|dat|alles|dit|dit gesprek|mijn gegevens|alle gegevens"
) | _all("|alles|het", "wissen|verwijderen|weg|weg ermee|mag weg|kan weg", "|maar")
REGRET: Final = "|ik vind het jammer|ik vind het echt jammer|ik vind het erg jammer|helaas"
"""What may come behind the wish itself; beside a mere yes it may be meant the other way."""
WITHDRAW: Final = _all(
    "trek|schrijf|meld", "|hem|het|die|me|mij", "maar", "in|terug|uit|af", REGRET
)
WITHDRAW_BESIDE: Final = (
    _all("ik trek", "me|mij|hem|het", "in|terug")
    | _all(
        "trek|schrijf|meld",
        "|hem|het|die|me|mij|mijn aanmelding|de aanmelding",
        "|maar",
        "in|terug|uit|af",
        REGRET,
    )
    | _all("intrekken|terugtrekken|afmelden|uitschrijven", "|maar")
)
CHANGE: Final = _all("verander|wijzig", "|het|dat|hem|die", "|maar", "|graag") | _all(
    "pas", "het|dat|hem|die", "|maar", "aan", "|graag"
)
CHANGE_BESIDE: Final = _all(
    "|die|het|dat|dit|mijn|de|deze",
    "nieuwe|nummer|adres|mailadres|nieuwe nummer|nieuwe adres|nieuwe mailadres",
    "is goed|klopt|is juist|is het|is nu goed|moet het zijn|moet het worden|heb ik nu",
)
ALSO: Final = {
    "consent": (REGISTER | KEEP, REGISTER_BESIDE | KEEP_BESIDE),
    "confirm": (REGISTER | KEEP, REGISTER_BESIDE),
    "delete_my_data": (ERASE, ERASE_BESIDE),
    "withdraw_registration": (WITHDRAW, WITHDRAW_BESIDE),
    "change_registration": (CHANGE, CHANGE_BESIDE),
}
"""What means yes to one question only; and what does beside a yes, but alone is the wish itself."""

NO: Final = _all(
    "nee|neen|nein|nope|noppes|njet|no|neej|nou nee|neuh|neu|nah|ne|nwe|nooit|niet|geen|niks|niets|"
    "weiger|oneens|no way|geenszins|uitgesloten|nogmaals nee|nog eens nee|niet meer|"
    "liever niet|toch niet|toch maar niet|maar niet|doe maar niet|beter niet|beter van niet|"
    "laat maar|laat maar zitten|laat staan|laat zitten|even niet|nu even niet|vergeet het|"
    "vergeet het maar|geen denken aan|geen sprake van|in geen geval|onder geen beding|"
    "onder geen enkele voorwaarde|mooi niet|dacht het niet|ben je gek|over mijn lijk|"
    "ik bedank|ik ben tegen|ben ik tegen|ik zie er van af|ik zie ervan af|ik zie er vanaf|"
    "zie ik van af|ik hoef niet meer|"
    "zeker niet|van gedachten veranderd|"
    "van mijn leven niet|"
    "nooit van mijn leven|geen haar op mijn hoofd|"
    "ik heb bezwaar|ik maak bezwaar|"
    "blijf af|blijf er af|blijf eraf|afblijven|handen af|handen thuis"
) | _all(
    "blijf",
    "|met je|met jullie|met uw",
    "|tengels|vingers|poten|handen",
    "er|van mijn gegevens|van mijn data|van mijn spullen",
    "af",
)
NO_FILLERS: Final = YES_FILLERS | _all(
    "ik|wil|dat|het|dit|is|liever|u|je|joh|jullie|wij|mijn|gegevens|data|bewaren|bewaart|bewaar|"
    "bewaard|opslaan|opgeslagen|op|slaan|sla|vastleggen|"
    "aanmelden|aangemeld|inschrijven|ingeschreven|meedoen|meld|schrijf|aan|in|"
    "mij|me|doen|doe|hoeft|hoef|mag|mogen|geef|toestemming|akkoord|willen|wens|worden|"
    "ga|gaan|interesse|zin|behoefte|daar|hier|hiermee|daarmee|ermee|mee|eens|nu|nog|"
    "vandaag|voorlopig|gewoon|"
    "absoluut|beslist|hebben|iets|geen interesse meer|geen zin meer|ervoor|voor nodig|"
    "daarvoor|hiervoor|heb|hebt|"
    "natuurlijk|tuurlijk|helaas|toch|ben|er|ze|die|nodig|sorry|"
    "zeg|zeg ik|zei ik|bij nader inzien|jammer|"
    "wissen|verwijderen|intrekken|terugtrekken"
)
NOT_BUT_RIGHT: Final = _all(
    IT, "klopt|kloppen|is goed|is juist|is prima", "|wel|allemaal|helemaal", "maar"
)
"""Before a no to the summary: that what stands there is right, and still he does not want it."""

WRONG: Final = _all(
    "klopt niet|kloppen niet|klopt iets niet|klopt er niet|niet goed|niet juist|niet correct|fout|"
    "onjuist|incorrect|verkeerd|niet in orde|klopt nog niet|klopt niet helemaal|"
    "klopt niks|klopt niets|klopt niks van|klopt niets van|klopt geen bal van|klopt weinig van"
)
WRONG_FILLERS: Final = YES_FILLERS | _all("nee|neen|dat|het|dit|er|daar|is|zijn|iets|alles|zo|nog")


UNKNOWN: Final = _all(
    "|dat|het|ik", "weet", "|ik", "|het|dat", "|nog|eigenlijk|echt|zo|gewoon", "niet"
) | _all("geen idee|geen flauw idee|ik heb geen idee|zou ik niet weten|zou het niet weten")
UNKNOWN_FILLERS: Final = YES_FILLERS | _all("nee|sorry|eh|uh|nou|hmm|tja|dat|daarvan")
RESTART: Final = (
    _all("|ik wil|wil|laten we|laat me", "|graag|liever", "|helemaal|weer", "opnieuw", "beginnen")
    | _all("begin|start", "|maar|helemaal|weer", "opnieuw|overnieuw")
    | _all("opnieuw|overnieuw|helemaal opnieuw|overnieuw beginnen|opnieuw starten")
)
AS_IT_IS: Final = (
    _all(
        "mijn adres|mijn mailadres|het adres|dit adres|zoals ik het schreef",
        "klopt|is goed",
        "|zo|wel",
    ),
    _all(
        "|dat|het|dit|wat ik schreef", "klopt|is goed|is juist|staat goed", "|zo|wel|gewoon|precies"
    ),
)
"""What means no to "bedoelt u misschien ...?", and what only does so beside a no."""

ALONE: Final = {"j": "ja", "y": "ja", "k": "ok", "n": "nee"}
"""What is a yes or a no as the whole answer to a question that shows these two."""

SLIPS: Final = tuple(
    word
    for (word,) in _all(
        "akkoord|prima|jazeker|natuurlijk|tuurlijk|uiteraard|absoluut|inderdaad|precies|correct|"
        "toestemming|helemaal|allemaal|gegevens|aanmelden|inschrijven|uitstekend|perfect|"
        "alstublieft|alsjeblieft|bedankt|liever"
    )
)
"""Words of which a slip of the finger still is that word: it looks like no other."""

SHORTEST_SLIP: Final = 5

AND: Final = "en"
KNOWN: Final = frozenset(
    word
    for phrases in (
        {(AND,)},
        *(YES, YES_FILLERS, NO, NO_FILLERS, WRONG, WRONG_FILLERS, UNKNOWN, UNKNOWN_FILLERS),
        *(RESTART, *AS_IT_IS, *(each for pair in ALSO.values() for each in pair)),
    )
    for phrase in phrases
    for word in phrase
)
