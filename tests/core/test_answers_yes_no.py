"""A yes is a yes, a no is a no, and anything in between is neither."""

import pytest

from bot.core.answers.reading import answer_to

YES = """joa;sure;met plezier;zo is het;lijkt me een goed idee;daar ga ik mee akkoord;sla maar op;
doe ik;dat vind ik goed;graag aanmelden;
ja;Ja.;ja!;jaa;jaaa;ja hoor;jahoor;jawel;jazeker;ja zeker;jep;jup;yes;yep;ok;oke;
oké;okay;okee;oki;k;akkoord;ik ga akkoord;ga akkoord;prima;is prima;top;goed;
is goed;dat is goed;het is goed;lijkt me goed;graag;ja graag;heel graag;zeker;
zeker weten;natuurlijk;tuurlijk;uiteraard;absoluut;inderdaad;idd;klopt;dat klopt;
het klopt;alles klopt;klopt helemaal;ja klopt;ja dat klopt;juist;correct;doe maar;
doe dat maar;doen;ga uw gang;ga je gang;mag;dat mag;ja dat mag;mag wel;
geen probleem;geen bezwaar;nee hoor, geen bezwaar;mij best;vind ik goed;
ik vind het prima;helemaal goed;ja, meld mij aan;meld me maar aan;👍;👍🏽;✅;ja 👍;
ja dank u;
ik geef toestemming;in orde;is in orde;wat mij betreft wel;JA;  ja  ;jao"""
NO = """nee joh;neuh;nou nee;nooit;beter van niet;helaas nee;
nee;Nee.;neee;nee hoor;nee dank je;nee bedankt;nee, bedankt;neen;no;nope;
liever niet;nee liever niet;niet;ik wil niet;dat wil ik niet;wil ik niet;
nee dat wil ik niet;nog niet;nee nog niet;nu niet;niet akkoord;ik ga niet akkoord;
geen toestemming;mag niet;dat mag niet;doe maar niet;absoluut niet;zeker niet;
helemaal niet;echt niet;geen zin;geen interesse;laat maar;toch maar niet;👎;❌;
ik doe het niet;voorlopig niet;hoeft niet;NEE"""
NEITHER = """vooruit dan maar;ja, en wat kost het dan?;ja. hoe lang duurt het?;vooruit;1;2;
ja hoor, waarom niet;nee, waarom zou ik?;nee. wat gebeurt er met mijn gegevens?;
nee nooit gedaan;dat is niet goed;klopt niet;dat klopt niet;nee dat klopt niet;fout;niet goed;
kan ik nu niet zeggen;ik ben er nog niet uit;nog niet over nagedacht;
misschien;weet ik niet;ik weet het niet;geen idee;waarom?;waarom wilt u dat weten;
wat kost het;wat gebeurt er met mijn gegevens?;mag ik nog iets vragen?;hallo;stop;
help;ja en nee;ja of nee;ja, maar mijn naam klopt niet;
ja, als het niet gedeeld wordt;alleen als het veilig is;ik denk het;later;
eerst iets vragen;is dat goed?;klopt dat?;moet dat?;mijn naam is verkeerd;
Jan de Vries;15;mbo 4;jan;jas;noot;neef;🤔;;?"""


def rows(table: str) -> list[str]:
    return [row.strip("\n") for row in table.split(";")]


@pytest.mark.parametrize("item", ["consent", "confirm"])
@pytest.mark.parametrize("text", rows(YES))
def test_yes(item: str, text: str) -> None:
    assert answer_to(item, text) == "yes"


@pytest.mark.parametrize("item", ["consent", "confirm"])
@pytest.mark.parametrize("text", rows(NO))
def test_no(item: str, text: str) -> None:
    assert answer_to(item, text) == "no"


@pytest.mark.parametrize("item", ["consent", "confirm"])
@pytest.mark.parametrize("text", rows(NEITHER))
def test_neither(item: str, text: str) -> None:
    assert answer_to(item, text) is None


@pytest.mark.parametrize("text", ["dank u wel", "dank je wel", "dankjewel", "bedankt hoor"])
@pytest.mark.parametrize("item", ["employer_consent", "consent", "confirm"])
def test_thanks_alone_agree_to_nothing(item: str, text: str) -> None:
    assert answer_to(item, text) is None
    assert answer_to(item, f"ja {text}") == "yes"
    assert answer_to(item, f"nee {text}") == "no"
