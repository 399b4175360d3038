"""What an answer to our question tells about the employer: wider than what is believed unasked."""

import re
from typing import Final

from bot.core.answers import consent
from bot.core.answers.employment import read_employment
from bot.core.answers.yes_no import OF_THEM, read_yes_no

NOT_ASKED: Final = re.compile(
    consent.NOT_ASKED.pattern
    + r"|\bover hebben\b|\bmet (?:hem|haar|hen|ze|de baas|mijn baas) (?:over )?hebben\b"
    r"|\b(?:moet|wil|ga|ik) (?:\w+ ){0,2}eerst\b(?! (?:zei|vond|was))|\bstiekem\b|\bgeheim\b|"
    r"\bdurf\b"
    r"|\bga (?:ik )?(?:het |dat )?(?:nog|morgen|maandag|volgende|straks|binnenkort|deze week)\b"
    r"|\bmag (?:het |dit |dat |er |nog |hij )*niet(?:s)? (?:van )?weten\b|\bnooit (?:over "
    r")?(?:gehad|"
    r"gevraagd|besproken|gepraat|gesproken)\b|\b(?:aan|over) (?:gedacht|nagedacht)\b"
    r"|(?<!ik )\b(?:weet|weten) (?:hij|ze|zij|hier|er|het|dat|dit|nog|van|natuurlijk|helemaal|"
    r"echt| )*"
    r"(?:niet|niks|niets)\b|\bniet op de hoogte\b|\bmoet (?:hem|haar|het|hun|dat) nog\b"
    r"|\b(?:vraag|bespreek|vertel|meld|zeg) (?:het |dat |ik |hem |haar |dit )*(?:nog|morgen|"
    r"maandag|"
    r"volgende|straks|binnenkort|vanavond|later|deze week)\b|\bnog (?:\w+ ){0,3}(?:gezegd|"
    r"praten|gesprek)\b|\bwacht (?:ik )?(?:nog )?op\b|\bnog geen\b|"
    r"\bgesprek (?:heb|is|staat) (?:ik )?(?:\w+ )?(?:gepland|morgen|volgende)"
)
REFUSED: Final = re.compile(
    consent.REFUSED.pattern
    + r"|\b(?:er ?op|fel|mordicus|helemaal|hier|niet|op) tegen\b|\bwerk\w* niet mee\b|^(?:is "
    r")?tegen$|\bboos\b|\bdwars\b|"
    r"\bgunt\b|\btoch niet\b|\b(?:vergeten|vergeet (?:het|dat|ik)|uitgesloten|verboden|verbiedt|"
    r"onbespreekbaar|"
    r"afwijzend|negatief|tegengehouden|afgeblazen|geweigerd|onmogelijk|njet)\b|\bgeen (?:denken|"
    r"sprake|haar|goed idee|fan|zin in|interesse|vrij)\b|\b(?:niet|moeilijk|slecht) missen\b|"
    r"\blaat (?:me|mij) niet\b|\bwijst (?:het )?af\b|\bhoudt (?:het|de boot|dit) af\b|"
    r"\b(?:wil|moet|willen|moeten) er (?:niks|niets) van\b|\bzie(?:t|n) (?:er|het|dat|hier) "
    r"(?:niks|"
    r"niets|niet)\b|\b(?:zonde|flauwekul|onnodig|te duur|belachelijk|tijdverspilling)\b|\bstaat "
    r"(?:het )?niet toe\b|\b(?:zegt|zei|zeggen|zeiden|gezegd)(?: van| dat)? nee\b|\bnee "
    r"(?:gezegd|"
    r"gekregen|verkocht)\b|\bniet (?:van|volgens) (?:de|mijn|hem|haar)\b|\b(?:lukt|kan|gaat) "
    r"niet\b|"
    r"\bvan zijn leven niet\b|\bniet (?:te )?(?:blij|enthousiast|gegeven|weg|meewerken)\b"
)
FAVOURS: Final = re.compile(
    r"\b(?:niks|niets|niet) (?:er ?)?(?:op )?(?:tegen|erg)\b|\bgeen (?:enkel )?(?:moeite|punt|"
    r"probleem|"
    r"bezwaar|bezwaren|problemen)\b|\bniet in de weg\b|\bniks mis mee\b|\bwaarom niet\b"
)
"""A denial of what stands against it."""

KNOWS: Final = re.compile(
    r"(?:(?:ja|maar|nou|hij|zij|ze|de|den|mijn|m'n|mijne) ?)*(?:\w+ )?(?:weet|weten|is|zijn) "
    r"(?:\w+ )?(?:het|er|ervan|er "
    r"van|hiervan|dat|op de hoogte|besproken|overlegd|gemeld|verteld)(?: wel| al| allang| van| "
    r"ook| nu)*"
)
"""That the employer knows says nothing about what he thinks of it."""

AGREED: Final = re.compile(
    r"\b(?:vind\w*|vint|vond\w*)(?: \w+){0,3} (?:goed|prima|ok|oke|okay|leuk|best|mooi|top|fijn|"
    r"geweldig|super|uitstekend|"
    r"interessant|geen probleem)\b|\b(?:gaat|ging|is|zijn|was|waren)(?: \w+){0,2} (?:akkoord|"
    r"eens|enthousiast|voor|mee eens|"
    r"positief|blij|goed|geregeld|rond|voorstander|oke?|prima)\b|"
    r"\b(?:er)?achter\b|\bgoedgekeurd\b"
    r"|\b(?:toestemming|goedkeuring|groen licht|akkoord|steunt|stimuleert|medewerking)\b|"
    r"\bmag (?:van|het|wel|dat)\b|\bgeen (?:probleem|bezwaar)\b"
    r"|\b(?:werkt|werken|doet|"
    r"doen) (?:\w+ )?mee\b"
    r"|\bmocht\b|\bdat (?:het|ik|dat) mag\b|\b(?:zelf|ook) (?:voorgesteld|geopperd|bedacht)\b"
    r"|\bkrijg\w* .{0,20}\bvrij\b|\bgeeft (?:me|mij) (?:alle |de )?(?:ruimte|tijd|vrijheid)\b"
    r"|\b(?:baas|bazin|werkgever|chef|hij|die) (?:zeker )?wel(?: hoor| gelukkig)?$"
    r"|\bvoorgesteld door\b|\bstuurt (?:me|mij)\b|\b(?:wel )?gevraagd en\b|\bgeregeld\b|"
    r"\b(?:positief|enthousiast)\b"
    r"|\b(?:gestuurd|opgegeven|aangemeld|aangemoedigd|gevraagd|getipt) door\b|\b(?:heeft|hebben) "
    r"(?:me|mij) "
    r"(?:\w+ )?(?:gestuurd|opgegeven|aangemeld|gevraagd|getipt|gewezen|aangemoedigd)\b|\b(?:zijn|"
    r"haar|hun|zn) "
    r"(?:eigen )?(?:idee|voorstel|initiatief|plan)\b|\b(?:idee|voorstel|initiatief|verzoek) van "
    r"(?:de|mijn|hem|"
    r"haar|hun)\b|\b(?:kwam|komt) (?:hij|ze|zij|er) zelf mee\b|\b(?:moedigt|juicht|steunt|"
    r"sponsort|betaalt|"
    r"betalen|vergoedt|ondersteunt|faciliteert|regelt)\b|\bzie(?:t|n) (?:het|dat|er|dit) (?:\w+ "
    r"){0,2}(?:zitten|"
    r"wat in|iets in|brood in)\b|\bopen voor\b|\bvoor open\b|\b(?:goed|prima|leuk|mooi|doen|"
    r"top)\b.{0,12} (?:zei|zegt) (?:hij|ze|zij)\b|\bvrij (?:voor|gekregen|krijg)\b|\bvoor vrij\b|"
    r"\bkrijg (?:ik )?"
    r"(?:er )?(?:een dag |tijd |de ruimte |vrij )|\b(?:zegt|zei|zeggen|zeiden)(?: van)?(?: \w+)? "
    r"?(?:ja|goed|doen?|"
    r"prima|oke?|is goed|leuk|mooi|top|gaan|ga je gang)\b|\b(?:toegezegd|toegestemd|ingestemd|"
    r"stemt in|stemde toe|"
    r"fiat|zegen|getekend|ondertekend)\b|\bjuist graag\b|\bwil(?:len)? (?:het |dit |dat )graag\b|"
    r"\bwil(?:len)? dat ik\b|\bmag (?:er|gewoon|"
    r"best|ik)\b(?!.*\?)|"
    r"\b(?:baas|bazin|werkgever|chef|directie|hij|zij|ze|leidinggevende|teamleider|manager)(?: "
    r"is)?"
    r"(?: heel| erg| wel| helemaal| ook)? (?:blij|enthousiast|positief|akkoord|goed|prima|oke?|"
    r"voor|ja|mee eens|om)\b|"
    r"\b(?:vind\w*|vond\w*|lijkt)(?: \w+){0,3} (?:goed idee|mooi plan|goed plan|wel wat|niet erg|"
    r"een kans)\b"
)
NOT_NEEDED: Final = re.compile(
    r"(?:dat |is )?(?:niet|nergens voor) nodig|(?:ik )?denk(?: ik)?(?: het)? wel"
)
NO_EMPLOYER: Final = re.compile(
    r"\b(?:geen|zonder) (?:\w+ )?(?:werkgever|baas|chef|leidinggevende|directeur|"
    r"dienstverband)\b|"
    r"\bwelke (?:baas|werkgever|chef)\b|\bniet in dienst\b|\bniemand (?:te |om te |boven|iets )|"
    r"\bnvt\b|"
    r"\bik ben (?:een )?(?:zzp\W?er|zzp|zelfstandige?)\b|\bn\.v\.t\b|"
    r"\bniet van toepassing\b"
    r"|\b(?:mijn |m'n |mn )?(?:eigen|zelf(?: de)?) (?:baas|werkgever)\b|"
    r"\bik ben (?:zelf )?de (?:baas|eigenaar|werkgever|directeur)\b"
)
OF_ANOTHER: Final = re.compile(
    rf"{consent.EMPLOYER.pattern}|\b(?:hij|zij|ze|goedgekeurd|afgekeurd)\b"
)
EMPLOYED: Final = frozenset({"employee", "teacher", "student"})
"""Who may have an employer to ask."""

OF_US: Final = re.compile(
    r"\b(?:antwoord\w*|uitleg|assistent|chatbot)\b"
    r"|\bik (?:liever )?niet (?:zeggen|vertellen|kwijt)\b"
)
"""What somebody speaks of who praises the assistant, or refuses to tell of an employer."""


HEDGED: Final = re.compile(r"\b(?:vast|hopelijk|zal|zou|zullen)\b")
"""What is expected of an employer who was not asked."""

CONDITION: Final = re.compile(r"\b(?:mits|tenzij|zolang|op voorwaarde|behalve)\b")
SHORT: Final = 12
"""Words; what is longer and names nobody is no answer about an employer."""

WAYS: Final = (("yes", FAVOURS), ("not_asked", NOT_ASKED), ("no", REFUSED), ("yes", AGREED))
TOLD: Final = (
    ("not_asked", consent.NOT_ASKED),
    ("no", consent.REFUSED),
    ("yes", consent.AGREED),
)


def read_consent(clause: str) -> str | None:
    """What an answer tells about the employer."""
    if NO_EMPLOYER.search(clause) or _works_for_nobody(clause):
        return "not_applicable"
    if NOT_NEEDED.fullmatch(clause) or OF_US.search(clause):
        return None
    for value, pattern in WAYS if _is_of_employer(clause) else TOLD:
        if pattern.search(clause) and not (
            value == "yes" and pattern is not FAVOURS and "niet" in clause
        ):
            is_hedged = value == "yes" and HEDGED.search(clause)
            is_open = value == "yes" and CONDITION.search(clause)
            return None if is_open else "not_asked" if is_hedged else value
    return None if KNOWS.fullmatch(clause) and "ja" not in clause else read_yes_no(clause)


def _is_of_employer(clause: str) -> bool:
    """Whether a clause speaks of the employer, or is as short as an answer."""
    return clause.count(" ") < SHORT or OF_THEM.search(clause) is not None


def _works_for_nobody(clause: str) -> bool:
    """Whether somebody says of himself that he works in a way that has no employer."""
    if OF_ANOTHER.search(clause):
        return False
    return (read_employment(clause) or "employee") not in EMPLOYED
