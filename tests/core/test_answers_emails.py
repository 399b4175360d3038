"""Addresses that look mistyped: which one was perhaps meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers import email_suggestion
from bot.core.answers.emails import DOMAINS, HOMES, ORDINARY, OTHERS

LETTERS = "abcdefghijklmnopqrstuvwxyz"
LOCALS = st.text(alphabet=LETTERS + "0123456789._+-", min_size=1, max_size=20)
SLIPPERY = [domain for domain in DOMAINS if domain.partition(".")[0] not in ORDINARY]


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.cm", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.comm", "gmail.com"),
        ("gmail.ocm", "gmail.com"),
        ("gmail.c0m", "gmail.com"),
        ("g.mail.com", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("gmail.nl", "gmail.com"),
        ("gmail.com.nl", "gmail.com"),
        ("gmail", "gmail.com"),
        ("icloud.nl", "icloud.com"),
        ("icluod.com", "icloud.com"),
        ("hotmial.nl", "hotmail.nl"),
        ("hotmail.nk", "hotmail.nl"),
        ("hotmail.n", "hotmail.nl"),
        ("hotmail.con", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("homtail.be", "hotmail.be"),
        ("hotmial.de", "hotmail.de"),
        ("outlok.com", "outlook.com"),
        ("otulook.com", "outlook.com"),
        ("outlook.ln", "outlook.nl"),
        ("live.ln", "live.nl"),
        ("live.nll", "live.nl"),
        ("live.cmo", "live.com"),
        ("yahooo.com", "yahoo.com"),
        ("ziggo.nk", "ziggo.nl"),
        ("ziggo.com", "ziggo.nl"),
        ("zigo.nl", "ziggo.nl"),
        ("kpnmail.n", "kpnmail.nl"),
        ("kpmmail.nl", "kpnmail.nl"),
        ("planet.ml", "planet.nl"),
        ("home.ln", "home.nl"),
        ("hetnte.nl", "hetnet.nl"),
        ("telnet.be", "telenet.be"),
        ("skynet.b", "skynet.be"),
        ("proximsu.be", "proximus.be"),
        ("gmx.ne", "gmx.net"),
        ("t-onlin.de", "t-online.de"),
        ("web.d", "web.de"),
    ],
)
def test_a_slip_of_a_well_known_domain_is_noticed(domain: str, meant: str) -> None:
    assert email_suggestion(f"kanarie@{domain}") == f"kanarie@{meant}"


@pytest.mark.parametrize(
    "domain",
    [
        *sorted(DOMAINS),
        *sorted(OTHERS),
        "voorbeeld.nl",
        "installatiebedrijf-kanarie.nl",
        "mail.nl",
        "email.nl",
        "mail.kanarie.nl",
        "hotmail.fr",
        "hotmail.no",
        "hotmail.co.uk",
        "live.fr",
        "live.de",
        "outlook.fr",
        "yahoo.fr",
        "gmx.at",
        "dive.nl",
        "rome.nl",
        "plant.nl",
        "inline.nl",
        "hello.nl",
        "telford.nl",
        "planet.com",
        "online.nu",
        "skynet.com",
        "kpn.com",
        "vodafoneziggo.com",
        "hotmail",
        "",
    ],
)
def test_a_domain_that_can_be_right_is_left_alone(domain: str) -> None:
    assert email_suggestion(f"kanarie@{domain}") is None


@pytest.mark.parametrize("text", ["", "@", "@gmial.com", "gmial.com", "[email]", "given"])
def test_what_is_no_address_suggests_nothing(text: str) -> None:
    assert email_suggestion(text) is None


def test_what_stands_before_the_at_sign_stays_as_it_was_typed() -> None:
    assert email_suggestion("Gmial.Con+x@GMIAL.com") == "Gmial.Con+x@gmail.com"


def test_the_exceptions_are_about_domains_that_are_known() -> None:
    assert set(HOMES) >= ORDINARY
    assert not set(DOMAINS) & OTHERS


@given(LOCALS, st.sampled_from(SLIPPERY), st.data())
def test_any_two_letters_swapped_in_a_name_are_noticed(
    local: str, domain: str, data: st.DataObject
) -> None:
    name, _, end = domain.partition(".")
    at = data.draw(st.integers(0, len(name) - 2))
    slipped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    expected = None if slipped == name else f"{local}@{domain}"
    assert email_suggestion(f"{local}@{slipped}.{end}") == expected


@given(LOCALS, st.sampled_from(DOMAINS), st.sampled_from(LETTERS))
def test_a_letter_too_many_at_the_end_is_noticed(local: str, domain: str, letter: str) -> None:
    meant = email_suggestion(f"{local}@{domain}{letter}") or ""
    assert meant.rpartition(".")[0] == f"{local}@{domain}".rpartition(".")[0]


@given(st.text(max_size=60) | st.builds("{}@{}".format, LOCALS, st.text(LETTERS + ".", max_size=9)))
def test_a_suggestion_is_a_well_known_address_and_suggests_nothing_more(text: str) -> None:
    meant = email_suggestion(text)
    if meant is not None:
        assert meant.rpartition("@")[0] == text.rpartition("@")[0]
        assert meant.rpartition("@")[2] in DOMAINS
        assert email_suggestion(meant) is None
