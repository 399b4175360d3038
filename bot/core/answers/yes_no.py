"""Reads a yes or a no about the employer, in the many ways in which people put it.

It binds nobody to anything: what does is read by `exact` alone.
"""

import re
from typing import Final

SIGNS_YES: Final = "👍👌✅✔☑🆗💯🙋"
SIGNS_NO: Final = "👎❌🚫✖⛔🙅"
YES: Final = re.compile(
    r"(?:j+a+h*|joa|jha|jazker|akoord|sure|met plezier|reken maar|kom maar op|zo is het|"
    r"sla maar op|zeg maar ja|goed plan|goed idee|voor mij wel|allez ja|eigenlijk wel ja|jaa+|"
    r"jep|jup|yep|yes|yess|yup|yeah|jawel|jazeker|jahoor|jaja|jo|joh|ja+hoor|"
    r"jaheur|jao|si|okido|okidoki|"
    r"ok|oke|okay|okee|okey|oki|k|kk|akkoord|ak?koort|accoord|prima|top|goed|mooi|uitstekend|"
    r"perfect|super|graag|"
    r"zeker|zekers|zeker weten|natuurlijk|tuurlijk|uiteraard|absoluut|helemaal|inderdaad|idd|"
    r"precies|exact|"
    r"juist|correct|klopt|kloptt|klop|zeer zeker|vanzelfsprekend|vooruit|deal|afgesproken|best|"
    r"fijn|mag|"
    r"jazekerweten|yess|ja ja|jawohl|yes sir|accepteer|accepteren|bevestig|bevestigd|"
    r"aanmelden maar|doen)"
)
YES_PHRASE: Final = re.compile(
    r"(?:dat |het |dit |alles |de gegevens |mijn gegevens |die |ze |zo )?(?:is|zijn|lijkt|"
    r"lijkt me|klinkt|staat|staan) "
    r"(?:(?!niet|geen)\w+ )?(?:helemaal |allemaal |zo |wel |hartstikke |mij |me )*(?:goed|prima|"
    r"ok|oke|okay|"
    r"akkoord|in orde|orde|juist|correct|top|best|fijn|geen probleem|"
    r"oké|mooi|geregeld|waar|zo)(?: zo| hoor| voor mij)?"
    r"|(?:dat |het |dit |alles |alle gegevens |zo )?klop(?:t|pen)(?: zo| hoor| helemaal|"
    r" allemaal| als een bus| wel| het zo| alles| dat)*"
    r"|alles klopt|(?:dat |het )?mag(?: dat| het| wel| gerust| zeker| hoor| u| je| van mij)*|"
    r"doe(?:n)?(?: dat| het)?(?: maar| we)(?: hoor)?|"
    r"doen we|ga (?:uw|je) gang|ga (?:maar )?door|"
    r"ga maar|(?:ik )?(?:ga|ben)(?: hiermee| daarmee| ermee| er mee|"
    r" hier mee)? akkoord(?: mee)?(?: hiermee| daarmee)?|"
    r"(?:ik )?geef (?:hierbij |u |jullie )?(?:mijn )?toestemming|toestemming(?: gegeven)?|"
    r"(?:ik )?vind (?:het |dat |ik )?(?:wel |helemaal )?(?:goed|prima|ok|oke|best)|"
    r"vind ik (?:wel |helemaal )?(?:goed|prima|ok|oke|best)|geen (?:enkel |enkele )?(?:bezwaar|"
    r"bezwaren|probleem)|mij best|van mij (?:mag|wel)(?: het| dat)?|"
    r"(?:ik )?wil (?:ik )?(?:me |mij |mezelf )?(?:dat |het )?(?:graag |"
    r"wel )(?:\w+ )?(?:aanmelden|inschrijven)?|meld (?:me|mij)(?: maar)?(?: aan)?|schrijf (?:me|"
    r"mij) (?:maar )?in|"
    r"stuur (?:maar )?(?:door|in|op)|verstuur (?:maar)?|(?:ik )?doe (?:ik|mee)(?: mee)?|aub|"
    r"alstublieft|als het kan|wat mij betreft(?: wel| goed| prima)?|"
    r"gaat u gang|gaan we doen|laten we dat doen|toe maar|komt goed|"
    r"ben ik (?:het )?(?:mee )?(?:eens|akkoord)|mee eens|eens|lijkt me (?:een )?(?:goed|"
    r"prima) (?:idee|plan)|daar ga ik mee akkoord|helemaal (?:goed|prima|mee eens|"
    r"akkoord)|"
    r"heel graag|ja graag|graag ja|in orde|vooruit dan(?: maar)?|nou vooruit|ik stem toe|"
    r"(?:dat )?vind ik (?:wel )?(?:goed|prima|best|ok|oke)|graag (?:aanmelden|inschrijven)|"
    r"ja hoor|jazeker wel|zeker wel|wel|jawel hoor|"
    r"natuurlijk wel|van harte|met alle plezier|het is goed|mag je doen|mag u doen"
)
NO: Final = re.compile(
    r"(?:ne+e+|nee+n|neej|neen|nein|nah|neu[jh]|nope|nop|no|neu|nee hoor|liever niet|niet|nooit|"
    r"geenszins|nee dank\w*|absoluut niet|"
    r"zeker niet|echt niet|tuurlijk niet|natuurlijk niet|beslist niet|weiger|fout|onjuist|"
    r"incorrect|nog niet|nu niet|niks|neen dank\w*|"
    r"helaas niet|niet nu|helemaal niet|toch niet|toch maar niet|nee bedankt|nee joh|neuh|nie|"
    r"ik niet|nou nee|beter van niet|helaas nee|eerder nee|bah nee|verkeerd|lieve niet|"
    r"wat mij betreft niet|daar ga ik niet mee akkoord|sla maar niet op|bedankt maar nee|"
    r"geen toestemming|niet akkoord)"
)
NO_PHRASE: Final = re.compile(
    r"(?:(?:ik |dat |het |dit |er |alles |dan |de gegevens )?(?:wil|hoeft|mag|doe|ga|vind|klopt|"
    r"kloppen|is|zijn|lijkt|hoef|gaat|kan|geef|heb|ben|zie|hoeven)\b"
    r"(?: (?!gevraagd)\w+){0,4}? (?:niet|geen|niks|nee)\b(?: \w+){0,5})|(?:doe|"
    r"doen)(?: dat)? (?:maar )?niet(?: hoor)?|"
    r"geen (?:zin|interesse|behoefte|toestemming|akkoord)(?: \w+)*|(?:daar )?ben ik tegen|"
    r"ik weiger(?: \w+)*|niet mee eens|laat maar(?: zitten)?|"
    r"(?:liever|voorlopig|vandaag|nu|toch|even|eigenlijk|dan|dat|zo|nog|maar)(?: maar| even|"
    r" nog)? (?:niet|liever niet)(?: hoor| nu| meer)?|wil ik niet|mag niet|hoeft niet|"
    r"niet (?:goed|akkoord|doen|juist|correct|nodig|helemaal|opslaan|bewaren|mee eens|aanmelden|"
    r"zo)(?: \w+)?"
)
START_YES: Final = re.compile(rf"(?:{YES.pattern})(?=[\s,]|$)")
START_NO: Final = re.compile(rf"(?:{NO.pattern})(?=[\s,]|$)")
DOUBT: Final = re.compile(
    r"\b(?:misschien|mss|wellicht|weet (?:ik )?(?:het )?niet|twijfel\w*|geen idee|niet zeggen|"
    r"niet uit|nagedacht|zal|hoop\w*|verstand van|niet op komen|antwoord|mits|tenzij|"
    r"alleen als|op voorwaarde|denk|"
    r"later|eerst|waarschijnlijk|hangt ervan|ligt eraan|soms|ja of nee|ja en nee|ja nee|ja/nee|"
    r"nee ja|maar als)\b"
)
OF_THEM: Final = re.compile(
    r"\b(?:werkgever|baas|bazin|chef|leidinggevende|directie|directeur|manager|teamleider|"
    r"bedrijfsleider|hij|zij|ze|die|hem|haar|hun|besproken|gevraagd|overlegd|"
    r"verteld|gemeld)\b"
)
"""What a longer yes about the employer speaks of; else it is a yes to something else."""

POLITE: Final = re.compile(
    r"(?:[ ,]+|^)(?:hoor|dank je wel|dank u wel|dank je|dank u|dankjewel|dankuwel|bedankt|"
    r"alstublieft|aub|alsjeblieft|graag gedaan|"
    r"meneer|mevrouw|he|hè|toch|lijkt me|dan|"
    r"(?:dat )?(?:zei|schreef|typte) ik (?:al|net|toch)(?: al| net)?|"
    r"(?:dat )?(?:heb|had) ik (?:toch )?(?:al|net) (?:gezegd|geschreven|verteld)|"
    r"zoals (?:ik )?(?:al |net )?(?:zei|gezegd|schreef))(?=$|[ ,])"
)
NO_BUT_YES: Final = re.compile(
    r"(?:ne+e+[ ,]+(?:hoor[ ,]+)?)?geen (?:enkel |enkele )?(?:bezwaar|bezwaren|probleem)(?: "
    r"hoor| mee)?"
)


def read_yes_no(clause: str) -> str | None:
    """ "yes", "no", or None for anything that is neither beyond doubt; `clause` is folded."""
    sign = _sign(clause)
    plain = " ".join(re.sub(r"[^\w '/-]+", " ", clause).split())
    if not plain:
        return sign
    if DOUBT.search(plain):
        return None
    if NO_BUT_YES.fullmatch(plain):
        return "yes"
    polite = POLITE.sub("", plain).strip() or plain
    for text in (plain, polite):
        yes = bool(YES.fullmatch(text) or YES_PHRASE.fullmatch(text))
        no = bool(NO.fullmatch(text) or NO_PHRASE.fullmatch(text))
        if yes is not no:
            return "yes" if yes else "no"
    return _from_start(plain) or _from_start(polite)


def _sign(clause: str) -> str | None:
    yes = any(sign in clause for sign in SIGNS_YES)
    no = any(sign in clause for sign in SIGNS_NO)
    return None if yes is no else "yes" if yes else "no"


def _from_start(plain: str) -> str | None:
    """What a longer reply starts with, unless the rest takes it back."""
    no = START_NO.match(plain)
    if no:
        rest = plain[no.end() :].strip()
        return None if rest and _is(rest, YES, YES_PHRASE) else "no"
    yes = START_YES.match(plain)
    if yes is None:
        return None
    rest = plain[yes.end() :].strip()
    if re.search(r"\b(?:niet|geen|nee)\b", rest) and not re.search(
        r"geen (?:bezwaar|probleem)", rest
    ):
        return None
    speaks = OF_THEM.search(rest) is not None
    firm = speaks and plain[: yes.end()] in (
        "ja",
        "jaa",
        "jazeker",
        "jawel",
        "akkoord",
        "yes",
        "jep",
        "prima",
    )
    return "yes" if firm or _is(rest, YES, YES_PHRASE) else None


def _is(text: str, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(text) for pattern in patterns)
