"""Dutch towns and provinces, in the spellings that people use."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bot.core.answers.lexicon import Hit, Lexicon, read_rows
from bot.core.answers.text import key_of

PROVINCES: Final = (
    "Drenthe", "Flevoland", "Friesland", "Gelderland", "Groningen", "Limburg", "Noord-Brabant",
    "Noord-Holland", "Overijssel", "Utrecht", "Zeeland", "Zuid-Holland",
)  # fmt: skip
ORDINARY: Final = frozenset(
    """aalten akkers appel axel baak balk bant beek beers beets berg bergen best binnenstad blije
    bloemendaal bong born borne brand brink broek bunde buren burgh centrum dalem dalen dam de donk
    doorn dorp dorst duin duiven echt ede ee een eerde eind elst emmen enter epe erp etten geest
    geldrop glimmen goes goor graaf gracht graft grave groet groeten groesbeek haag haar halle ham
    hank haps haren heel heer heide heino hem hoek hoeven holz hooge hoorn hopel horst houten hout
    hulst ingen kerk keer klooster laar land langeraar laren leek leest leeuwen lent leur linne
    loo loon loven made malta markt meer meers meeuwen mill mook moer muiden nes nieuw noord nuis
    oost oosterhout oss oud ommen orden petten peel polder putte putten raam reek rijen rijswijk
    rips roden rolde rozenburg schans schijf sibbe sion slek sloot sloten sluis soest son spijk
    stad station stein stoof tiel thorn tivoli tuk veen veld velden velp ven vilt vlist vries
    vuren waarde waarden wedde weert well wezel wijk wilp winkel winsum wolf zand zeeland zegge
    zetten zuid vinken werken wonen bosch adam alphen capelle krimpen nieuwerkerk westland
    gooi polder depolder stadsveld kom kade 010 020 070 heikant berkel austerlitz
    partij erica oranje linden america amen ansen horn lies miste neer handel broek blokker baard
    gauw hall asch exel tuil spier marken kats rijs dewijk dehoef dehorst dewaal deklomp dekiel
    depunt demoer dewilgen denhout tzand tzandt twaar tharde basse velsen zurich overslag slag
    riel spanga welten rogat partij schore waarland noorden mol geel peer lier boom bree balen
    menen brecht duffel lille asse as achel wezel goch rees leer emden bunde""".split()  # noqa: SIM905
)
"""Names of places that are also ordinary words: believed only after "woon in" and the like."""

CUE: Final = re.compile(
    r"(?:\b(?:woon|wonen|wonend|woonachtig|woont|gevestigd|wonende|zit|"
    r"zitten)\b(?: \w+){0,3}? (?:in|te|op|bij|rond|vlakbij)|\bverhuisd naar|\bbedoel(?:de)?"
    r"|\bkom(?:t|en)? uit|^uit|\bomgeving(?: van)?|\bregio|\bbuurt van|\bvanuit|\bnabij|"
    r"\bvlakbij|\bdichtbij|"
    r"\bwoonplaats(?: is)?:?"
    r"|\bplaats(?: is)?:?|\bgemeente|\bstad|\bdorp)\s+(?:de |het |regio |stad |gemeente |"
    r"omgeving |plaats )*$"
)
ANSWER_CUE: Final = re.compile(
    r"(?:^|[,:] ?|\b(?:in|te|op|bij|uit|rond|om|is|van|woon|wonen)\s+(?:de |het )?)$"
)
NO_NOUN: Final = re.compile(r"\s*(?:$|[,.;:!()]|(?:en|of|maar|dus|werk|met|bij|in|ik)\b)")
BOTH: Final = ("Utrecht", "Groningen")
"""Provinces with a town of their name."""
SHORT: Final = 3
PROVINCE_CUE: Final = re.compile(r"\b(?:provincie|prov\.?)\s+$")
WORKS: Final = re.compile(r"\b(?:werk|werkt|werkzaam|bedrijf|baan|klus|project)\b(?!.*\bwoon)")
NO_PLACE: Final = re.compile(r"\b(?:van|meneer|mevrouw|heer|firma|fa|familie|de)\s+$")
LEAD: Final = re.compile(
    r"^(?:(?:ik|we|wij|woon|wonen|kom|kom uit|uit|in|te|bij|de|het|regio|omgeving|omstreken|"
    r"stad|gemeente|"
    r"provincie|vlakbij|nabij|buurt|van|nu|momenteel|zelf|ergens|dat|is|mijn|woonplaats|plaats|"
    r"rond|"
    r"midden|hartje|gewoon|nou|eh|oh|ja)[ ,:]+)+"
)
DENIED: Final = re.compile(r"\b(?:niet|nooit|geen)(?: \w+)? (?:in|uit|te|naar|bij)\s+$")


POSTCODE: Final = re.compile(r"\b\d{4} ?[a-z]{2}\b[ ,]*")
BEHIND: Final = re.compile(
    r"[ ,(]+(?:n[-. ]?h|z[-. ]?h|n[-. ]?b|z[-. ]?l|lb|limb?|ov|gld|gd|ut|utr|frl?|fl|dr|"
    r"gr|gron|zld|zl)\.?\)?$"
)
"""A province in a few letters, behind a town: "Hoorn NH"."""

ABROAD: Final = re.compile(
    r"(?P<town>[a-z][a-z' -]{2,30}?),? (?:in |\()?(?:belgie|vlaanderen|duitsland)\)?"
)
NO_TOWN: Final = frozenset({"noorden", "het noorden", "in het noorden"})
AT_HOME: Final = re.compile(
    r"\b(?:woon\w*|wonen|woning|huis|thuis|nu nog|nu|slaap|zelf|verhuisd naar)\b[^,]{0,20}$"
)
AWAY: Final = re.compile(
    r"\b(?:werk\w*|baas|chef|zaak|kantoor|baan|bedrijf|klus\w*|project\w*|geboren|getogen|opgegroeid|oorspronkelijk|"
    r"verhuizen naar|verhuis naar)\b[^,]{0,20}$"
)
TWO_HOMES: Final = re.compile(r"\bweekend\w*|\bdoor ?de ?weeks?\b")
OR: Final = re.compile(r"\bof\b")
BESIDE: Final = re.compile(r"\b(?:tussen|onder|boven|richting)\b[^,:]*$")
"""Before places that somebody lives near, where his own is named as well."""


@cache
def _provinces() -> dict[str, frozenset[str]]:
    """Each town with the provinces in which a town of that name lies."""
    found: dict[str, set[str]] = {}
    for town, province in (*read_rows("places.tsv"), *read_rows("places_added.tsv")):
        found.setdefault(town, set()).add(province)
    return {town: frozenset(provinces) for town, provinces in found.items()}


@cache
def _places() -> Lexicon:
    """Towns, provinces and regions by every spelling; a town goes before a province of its name."""
    terms = {province: province for province in PROVINCES}
    for name, place in ((row[0], row[1]) for row in read_rows("place_aliases.tsv")):
        terms[name] = place
    for town, _country in read_rows("places_abroad.tsv"):
        terms.setdefault(town, town)
    for town in _provinces():
        if town not in PROVINCES:
            terms[town] = town
        for long, short in (
            ("Sint ", "St "),
            ("Sint-", "St "),
            (" aan den ", " a d "),
            (" aan de ", " a d "),
        ):
            if long in town:
                terms[town.replace(long, short)] = town
    return Lexicon(terms, longest=6, loose=False)


def province_of(town: str) -> str | None:
    """The province of a town or province; None when unknown, or when there are several."""
    if town in PROVINCES:
        return town
    provinces = _provinces().get(town, frozenset())
    return next(iter(provinces)) if len(provinces) == 1 else None


def located(region: str) -> dict[str, str | None]:
    """What the answer to where somebody lives says: the town, where one was told, and province.

    A name that is both is taken for the town: there most people of that name live.
    """
    is_town = region not in PROVINCES or region in BOTH
    return {"city": region if is_town else None, "province": province_of(region)}


def is_place(text: str) -> bool:
    """Whether a text is exactly the name of a place."""
    return _places().get(text) is not None


def read_region(clause: str) -> str | None:
    """The town, else the province, told in an answer."""
    places = _places()
    clause = POSTCODE.sub("", clause).strip(" ,")
    rest = LEAD.sub("", clause).strip(" .,")
    if rest in NO_TOWN or clause in NO_TOWN:
        return None
    if exact := places.get(clause) or places.get(rest) or places.get(BEHIND.sub("", rest)):
        return exact
    hits = [
        hit
        for hit in places.find(clause)
        if not DENIED.search(clause[max(0, hit.start - 30) : hit.start])
    ]
    towns = [hit for hit in hits if hit.value not in PROVINCES]
    told = [
        hit
        for hit in (*towns, *hits)
        if hit.key not in ORDINARY or _stands_alone(clause, hit, ANSWER_CUE)
    ]
    if len({hit.value for hit in towns}) > 1 and TWO_HOMES.search(clause):
        return None
    if told:
        return _home_of(clause, told)
    if abroad := ABROAD.fullmatch(rest):
        return abroad["town"].title()
    return places.closest(rest, cutoff=0.88) if len(rest.split()) <= 4 else None


def _home_of(clause: str, told: list[Hit]) -> str | None:
    """Where somebody lives, of the places that he names; None when he only works there."""
    before: dict[Hit, str] = {}
    ends = sorted(hit.end for hit in told)
    for hit in told:
        last = max((end for end in ends if end <= hit.start), default=0)
        before[hit] = clause[max(last, hit.start - 40) : hit.start]
    homes = [hit for hit in told if AT_HOME.search(before[hit])]
    if homes:
        return homes[0].value
    near = [hit for hit in told if not AWAY.search(before[hit])]
    near = [hit for hit in near if not BESIDE.search(clause[: hit.start])] or near
    if len({hit.value for hit in near}) > 1 and OR.search(clause):
        return None
    return near[0].value if near else None


def find_places(clause: str) -> Iterator[tuple[str, str, int, int]]:
    """Towns and provinces that a clause names beyond doubt: entity, value and span."""
    for hit in _places().find(clause):
        before = clause[: hit.start][-40:]
        if DENIED.search(before) or WORKS.search(before):
            continue
        named = hit.value in PROVINCES and key_of(hit.value) != hit.key
        if hit.value in PROVINCES and (
            named or PROVINCE_CUE.search(before) or hit.value not in BOTH
        ):
            short = len(clause.split()) <= SHORT and hit.key not in ORDINARY
            if short or CUE.search(before) or PROVINCE_CUE.search(before):
                yield "province", hit.value, hit.start, hit.end
        elif _is_certain(clause, hit, before):
            yield "city", hit.value, hit.start, hit.end


def _is_certain(clause: str, hit: Hit, before: str) -> bool:
    if hit.key in ORDINARY or len(hit.key) < 5:
        return _stands_alone(clause, hit, CUE)
    if re.match(r" of \w", clause[hit.end :]) or before.endswith(" of "):
        return False
    short = len(clause.split()) <= SHORT and not NO_PLACE.search(before)
    return short or bool(CUE.search(before))


def _stands_alone(clause: str, hit: Hit, cue: re.Pattern[str]) -> bool:
    """Whether an ordinary word is used as a place: after a cue, with no noun behind it."""
    before = clause[max(0, hit.start - 40) : hit.start]
    return bool(cue.search(before) and NO_NOUN.match(clause, hit.end))
