"""Understands a message that leaves out its question: "wat kost het?", then "en voor zzp'ers?".

Only what stands wholly in the table counts; an unknown word, or two things at once, does not.
"""

import re
from typing import Final

from bot.core.answers.clauses import ASKING
from bot.core.answers.lexicon import Lexicon
from bot.core.answers.places import ORDINARY, PROVINCES, is_place, read_region
from bot.core.answers.sectors import is_trade, read_sector
from bot.core.answers.text import WORD, fold, key_of, squeeze

REQUESTS: Final = frozenset({"check_eligibility", "register"})
COURSE: Final = "about_program curriculum duration study_load schedule start_dates locations cost"
WHO: Final = "audience requirements sectors self_employed other_situations about_program"
JOIN: Final = "check_eligibility register registration_process registration_deadline places"
WORK: Final = (
    "about_hybrid_trainer after_program alternatives benefits combine_with_job employer_benefits "
    "employer_role salary schools two_employers certificate teaching_practice"
)
GLUE: Final = (
    "en, maar, ook, dan, of, voor, vr, bij, in, op, per, van, met, naast, als, als ik, als je, "
    "de, het, t, een, n, mijn, m'n, me, onze, je, uw, zo'n, toch, nog, ongeveer, precies, daarmee, "
    "kleine, grote, groep, iemand, mensen, in de buurt, regio, omgeving, hoe zit het, hoe zit dat, "
    "hoe zit het met, geldt dat, kan dat, is dat, mag dat"
)
PLACE: Final = "provincie, hier, dichtbij, bij mij in de buurt, bergen op zoom, wijk bij duurstede"
TRADE: Final = "branche, sector"
NO_TECHNIQUE: Final = "horeca, zorg"
TABLE: Final = {
    GLUE: "",
    "werkgever, baas, bazen, chef, directeur, bedrijf, bedrijven, zaak, firma, onderneming":
        "same: cost results privacy two_employers employer_role; employer_benefits: benefits "
        f"employer_benefits; employer_role: requirements combine_with_job study_load {JOIN}",
    "hij niet wil, hij nee zegt, hij weigert": "same: employer_role",
    "school, scholen":
        "teacher_shortage: benefits employer_benefits teacher_shortage; same: cost results "
        "privacy two_employers combine_with_job guidance schools teaching_practice",
    "mij, mij zelf, me zelf, ik":
        f"same: cost salary; benefits: employer_benefits benefits; check_eligibility: {WHO}",
    "baan, werk": f"same: two_employers after_program; combine_with_job: {COURSE} {WORK}",
    "zzp, zzp'er, zzp'ers, zelfstandige, ondernemer, freelance, freelancer, eenmanszaak, "
    "eigen bedrijf, eigen zaak, eigen baas": f"self_employed: {COURSE} {WHO} {JOIN} {WORK}",
    "werkloos, werklozen, werkzoekende, ww, uitkering, bijstand, wia, zonder baan, zonder werk, "
    "geen baan, geen werk, geen werkgever, zonder werkgever, gepensioneerd, met pensioen, student, "
    "aow, buitenland, buitenlands diploma": f"same: cost; other_situations: {COURSE} {WHO} {JOIN}",
    TRADE: f"same: cost organizers teacher_shortage; sectors: {COURSE} {WHO} {JOIN}",
    NO_TECHNIQUE: f"sectors: {WHO}",
    "mbo 9, mbo niveau 9, niveau 9, mbo 9 diploma, hbo, havo diploma, vmbo diploma, alleen vmbo, "
    "zonder diploma, geen diploma, ervaring, zonder ervaring, geen ervaring, 9 jaar ervaring, "
    "9 plus, 9 plussers, als ik 9, iemand van 9, boven de 9": f"requirements: {WHO} {JOIN}",
    "mbo, vmbo, mbo school, vmbo school, roc, roc's, havo, basisschool, praktijkschool":
        "same: salary combine_with_job certificate teaching_practice alternatives; "
        "schools: schools about_hybrid_trainer about_program after_program",
    "'s avonds, avond, overdag, 's middags, middag, ochtend, weekend, maandag, dinsdag, woensdag, "
    "donderdag, vrijdag, zaterdag, doordeweeks, vakantie, schoolvakantie, online, thuis, "
    "eigen tempo, hoe laat, welke dag": f"same: combine_with_job; schedule: {COURSE} {WHO}",
    "januari, jan, februari, feb, maart, april, mei, juni, juli, augustus, september, sept, "
    "oktober, okt, november, nov, december, dec, voorjaar, najaar, herfst, winter, "
    "na de zomer": f"same: registration_deadline places; start_dates: {COURSE} {WHO} {JOIN}",
    "volgend jaar, dit jaar": "same: start_dates places; start_dates: locations register",
    PLACE: f"same: cost certificate schools places; locations: {COURSE} {WHO} {JOIN}",
    "geld, bruto, netto, per jaar, per maand, per uur, hoeveel per uur": "same: cost salary",
    "week, uur, hoeveel uur, hoeveel per week, hoeveel uur per week":
        "same: salary combine_with_job teaching_practice; study_load: duration study_load schedule",
    "hoeveel": "same: cost salary study_load combine_with_job places teaching_practice",
    "hoe vaak": "same: start_dates guidance combine_with_job; study_load: schedule study_load",
    "hoe lang": f"same: privacy teaching_practice; duration: {COURSE}",
    "waar": "same: schools teaching_practice contact alternatives; schools: after_program "
        f"about_hybrid_trainer combine_with_job; locations: {COURSE} places",
    "wanneer, wnr, vanaf wanneer":
        f"same: schedule registration_deadline registration_process; start_dates: {COURSE} places",
    "tot wanneer": f"same: privacy duration; registration_deadline: start_dates locations {JOIN}",
    "wie, door wie, met wie": "same: cost guidance organizers contact audience privacy",
    "voor wie": "same: audience",
    "ervaringen": "same: results",
    "welke, zoals": "same: sectors locations schools alternatives organizers requirements",
    "hoe dan": "same: schools registration_process; registration_process: register",
    "na afloop, hierna": f"same: guidance after_program; after_program: {COURSE} certificate",
    "daarna, en dan, en verder":
        "registration_process: register registration_process; same: guidance privacy start_dates "
        "after_program; after_program: about_program curriculum duration certificate",
}  # fmt: skip
"""Words for one thing, and what is meant by them after which topics; the first that fits."""
LEXICON: Final = Lexicon(
    {word: meanings for words, meanings in TABLE.items() for word in words.split(", ")}, 5, False
)
COMMON: Final = ORDINARY - {key_of(province) for province in PROVINCES}
OPENING: Final = re.compile(
    r"^(?:(?:oke?|okay|top|duidelijk|helder|prima|ja|nee|bedankt|dank (?:je|u))[ ,.!]+)+(?=en\b)"
)
ELLIPTICAL: Final = re.compile(r"^(?:en|ook (?:voor|als)|(?:geldt|kan) dat)\b|\b(?:ook|dan)$")
"""How it begins or ends without a question mark; after a request that would be an answer."""
PLAIN: Final = (
    (re.compile(r"\b(als (?:ik|je) .+?) (?:ben|bent|heb|hebt|zit|woon|werk)\b"), r"\1"),
    (re.compile(r"(?<!\bin) 20\d\d\b"), ""),
    (re.compile(r"\d+"), "9"),
    (re.compile(r"dag(avond|middag|ochtend)"), r"dag \1"),
)


def is_elliptical(text: str) -> bool:
    """Whether a text goes on from what was said before ("en in zwolle?")."""
    return bool(ELLIPTICAL.search(OPENING.sub("", squeeze(fold(text))).rstrip(" .!?")))


def follow_up(text: str, before: str) -> str | None:
    """The catalogue name that a text without a question of its own means after `before`."""
    if len(text) > 80 or not before.startswith("faq/") and before not in REQUESTS:
        return None
    said = OPENING.sub("", squeeze(fold(text)))
    if "?" not in said and (before in REQUESTS or not ELLIPTICAL.search(said.rstrip(" .!"))):
        return None
    parts = _parts(said)
    things = set(parts) - {""}
    bare = "" not in parts and not re.match(rf"en\b|{ASKING}", said)
    meanings = things.pop() if len(things) == 1 else None
    name = _meant(meanings or "", before.removeprefix("faq/"), bare)
    return f"faq/{name}" if name and name not in REQUESTS else name


def _meant(meanings: str, before: str, bare: bool) -> str | None:
    """What is meant after a topic; a bare noun counts only for the topic that it belongs to."""
    rules = [rule.split(": ") for rule in meanings.split("; ") if rule]
    homes = {topic for topic, _ in rules} - {"same"}
    if bare and homes and before not in homes:
        return None
    found = next((topic for topic, after in rules if before in after.split()), None)
    return before if found == "same" else found


def _parts(said: str) -> list[str | None]:
    """The meanings of each part of a text: "" for glue, None for what is unknown."""
    for form, plain in PLAIN:
        said = form.sub(plain, said)
    hits = list(LEXICON.find(said))
    ends, starts = [0, *(hit.end for hit in hits)], [*(hit.start for hit in hits), len(said)]
    gaps = (WORD.findall(said[end:start]) for end, start in zip(ends, starts, strict=True))
    unlisted = (part for gap in gaps if gap for part in _unlisted(" ".join(gap), said))
    return [*(hit.value for hit in hits), *unlisted]


def _unlisted(words: str, said: str) -> list[str | None]:
    """The same for what is no word of the table: a town, a trade, or a slip of the finger."""
    near = re.search(rf"\b(?:in|bij|rond|regio|omgeving) {words}\b", said)
    exact = key_of(words) not in COMMON and (is_place(words) or is_place(f"de {words}"))
    if exact or near and read_region(words):
        return [TABLE[PLACE]]
    known = is_trade(words) or is_trade(words.removesuffix("s"))
    close = [LEXICON.closest(word) for word in words.split()]
    sector = read_sector(words) if known or close == [None] else None
    if sector == "not_technical":
        return [TABLE[NO_TECHNIQUE] if known else None]
    return [TABLE[TRADE]] if sector else [*close]
