"""The words for each way of working: those that tell it unasked, and those that answer."""

from typing import Final

FORMS: Final = (
    (
        "retired",
        r"gepensioneerd\w*|gepensoneerd|(?:met|in) (?:vervroegd )?pensioen|met vut|de vut|"
        r"aow(?:'?er)?|"
        r"pensionado|prepensioen|rentenier|pensioengerechtigd",
    ),
    (
        "unemployed",
        r"werkl?oos|werkeloos|werkzoekende?|in de ww|ww(?:-uitkering)?|zonder werk|zonder baan|"
        r"geen werk|"
        r"geen baan|(?:heb|een|met) uitkering|uitkering|bijstand|arbeidsongeschikt|afgekeurd|"
        r"huisvrouw|huisman|wia|wao|wajong|ontslagen|"
        r"baan kwijt|tussen twee banen|"
        r"tussen (?:2|banen)(?: banen)?(?: in)?|op zoek naar (?:een )?(?:nieuwe )?(?:baan|werk)|"
        r"zoek(?:ende)? (?:naar )?(?:een )?(?:nieuwe )?"
        r"(?:werk|baan)|werk niet(?: meer)?$|niet aan het werk|niet werkzaam",
    ),
    (
        "student",
        r"studente?n?|student|scholier|studerende?|studeer(?: nog)?|leerling|"
        r"(?:zit|ga) nog op school|nog op school|stagiaire?|voltijd opleiding|in opleiding|"
        r"doe (?:nu )?een (?:studie|opleiding)",
    ),
    (
        "teacher",
        r"docente?|docent|leraar|lerares|leerkracht|instructeur|praktijkopleider|"
        r"onderwijsassistent|"
        r"onderwijs|techniekdocent|vakdocent|praktijkdocent|(?:sta|zit) (?:al )?voor de klas|"
        r"(?:geef|ik geef) al les|"
        r"werk (?:al )?(?:in|op) (?:het|een|de) (?:onderwijs|school|vmbo|mbo|roc)|geef (?:nu |"
        r"al )?les(?: op)?",
    ),
    (
        "self_employed",
        r"zzp(?:'?-?e?rs?)?|z\.z\.p\.?|zelfstandige?(?: ondernemer)?|zelfstandig ondernemer|"
        r"ondernemer|"
        r"(?:mijn |m'n )?eigen(?= (?:\w+ )?(?:\w*bedrijf(?:je)?|zaak|baas|onderneming|winkel|"
        r"toko|rekening|bv|firma)\b)|"
        r"eenmanszaak|freelance(?:r)?|free ?lance(?:r)?|dga|"
        r"eigenaar|mede-?eigenaar|vof|voor mezelf|voor mijzelf|voor me ?zelf|voor mij ?zelf|"
        r"directeur(?:-| )?(?:groot)?-?(?:aandeelhouder|eigenaar)|maatschap|werk zelfstandig",
    ),
    (
        "employee",
        r"(?:in )?loondienst|in dienst|werknemer|werkneemster|medewerker|"
        r"vaste? (?:dienst|baan|contract|aanstelling)|contract|vast|"
        r"tijdelijk|jaarcontract|fulltime|full time|parttime|part time|deeltijd|voltijd|"
        r"uitzendkracht|"
        r"uitzendbureau|uitzend|gedetacheerde?|detacheringsbureau|detachering|oproepkracht|"
        r"flexwerker|"
        r"(?:heb )?(?:gewoon )?een (?:vaste )?baan|gewoon werk|werkgever|(?:mijn|m'n|mn|de) baas|"
        r"(?:ik )?werk(?:zaam)?(?: nu| al| nog| gewoon| momenteel| \d+ \w+)* (?:bij|"
        r"voor)(?! eigen| mezelf| mijzelf| me ?zelf| mij ?zelf)|"
        r"aan het werk|werkend|werkzaam|bij een baas|werk \d+ uur|payroll|ja ik werk",
    ),
)

WHEN_ASKED: Final = (
    (
        "retired",
        r"(?:met|in|op) (?:(?:vervroegd|pre|mijn) ?)?pensioen|brugpensioen|pensioen|vut|"
        r"pensionaris|vutter|"
        r"op rust|rustend|pensioenleeftijd|uitgewerkt|(?:6[5-9]|7[0-9])(?: jaar)? en gestopt|"
        r"gestopt met werken(?=.{0,20}\b(?:6[0-9]|7[0-9]|zestig|zeventig|pensioen|aow)\b)",
    ),
    (
        "unemployed",
        r"huismoeder|wga|(?:in |op )?den? dop|doppen|stempelen|(?:geen|zonder) (?:job|contract|"
        r"dienstverband)|contract (?:is |werd )?(?:niet verlengd|afgelopen|verlopen|beeindigd|"
        r"gestopt)|"
        r"contract loopt niet door|zit (?:nu |al |weer )?(?:thuis|zonder)|re-?integratie\w*|"
        r"participatiewet|faillissement|failliet(?= gegaan)?|niet (?:meer )?(?:aan het werk|"
        r"werkend)|"
        r"werk ik niet|werkte? niet meer|solliciteren|in between jobs|doe (?:nu |momenteel "
        r")?niks|"
        r"niks momenteel|zonder (?:vast )?werk",
    ),
    (
        "student",
        r"stage|schoolbanken|(?:zit|ga) (?:nu |nog )?op school|bol-?(?:student|leerling|er)?|"
        r"studerend|(?:mbo|"
        r"hbo|hts|bbl|vmbo|roc)-?(?:student|"
        r"leerling)|bbl(?:'?-?er)?|leer-?werk\w*|(?:volg|doe|zit op|zit in) (?:nu |nog )?(?:een |"
        r"de |het |"
        r"mijn )?(?:studie|opleiding|mbo|hbo|roc|hts|universiteit|hogeschool)|studie|bij te "
        r"scholen|"
        r"omscholing",
    ),
    (
        "teacher",
        r"meester (?:op|bij|van|in)|juf|juffrouw|schoolmeester|zij-?instromer|lio-?er|"
        r"vakleerkracht|"
        r"\w{3,}(?:docent|leraar|leerkracht)|lesgever|geef (?:ik )?(?:nu |al |ook |zelf "
        r")?les(?:sen)?",
    ),
    (
        "self_employed",
        r"zz'?er|voor (?:mijn|m'n) eigen|baas van (?:mijn |m'n )?eigen \w+|zpp'?er|zelfst|"
        r"eenpitter|1-?pitter|bijberoep|hoofdberoep|(?:een|n) (?:bv|firma)|"
        r"vennoot|compagnon|kvk|(?:mijn |m'n )?eigen(?= (?:\w+ )?(?:business|klussen|klanten|"
        r"tent|garage|"
        r"werkplaats|atelier|bus)\b)|(?:heb|run|leid) (?:\w+ )?(?:een |n )?(?:klein "
        r")?(?:\w*bedrijf(?:je)?|"
        r"zaak|onderneming)|(?:met|\d+ (?:man|mensen)) (?:man )?(?:eigen )?personeel|klussen "
        r"voor (?:mensen|"
        r"particulieren)",
    ),
    (
        "employee",
        r"flexkracht|interim(?:kracht)?|dagcontract\w*|(?:nul|0)-?uren\w*|min-?max\w*|"
        r"(?:rijks)?ambtenaar|"
        r"statutair|kaderlid|bediende|arbeider|loonlijst|detacheerder|gedetacheerd|"
        r"(?:on)?bepaalde tijd|"
        r"proeftijd|jaarcontracten|uitzend\w+|(?:nog )?(?:gewoon )?een baas|ploegendienst|bij "
        r"den baas|"
        r"in vaste dienst|cao|ww-?er niet|parttimer|fulltimer|invalkracht|seizoen\w+|\w+contract",
    ),
)
"""What counts as the answer to our question, and is too loose to believe of who was not asked."""
