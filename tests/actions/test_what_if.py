"""A what-if question is answered from the rules of today, and nothing of it is kept."""

from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.eligibility import CheckEligibility
from actions.speaking import Events
from actions.what_if import WhatIf
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.questions import ELIGIBILITY
from bot.services import conversation, drafts
from bot.services.ports import Ports
from bot.services.records import Draft
from tests.support.decided import decided

FITS: Draft = {
    "sector": "bouw",
    "employment": "employee",
    "education_level": "mbo4",
    "years_experience": 10,
    "employer_consent": "yes",
    "school_type": "mbo",
}
MBO_4 = "en als ik volgend jaar mijn mbo-4 heb?"
BOSS = "en als mijn baas het niet goed vindt?"


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With the words and the facts that visitors get."""
    return replace(ports, texts=TextsFromFiles(FactsFromFiles(), ports.clock))


async def begin(ports: Ports, draft: Draft) -> str:
    """A conversation in which this was told."""
    name = (await conversation.start(ports, "web")).conversation
    await drafts.remember(ports, name, draft)
    return name


def tracker(
    name: str, text: str, draft: Draft, topics: tuple[str, ...] = (), asks: str | None = None
) -> Tracker:
    """What Rasa hands over; with an open question the form of eligibility is open."""
    slots: dict[str, Any] = {item: draft.get(item) for item in ELIGIBILITY}
    intent = {"name": topics[0] if topics else "nlu_fallback"}
    message = {"text": text, "intent": intent, "entities": [], "topics": list(topics)}
    message = decided(message, asks, draft)
    loop = {"name": "eligibility_form"} if asks else {}
    return Tracker(
        name, {**slots, "requested_slot": asks}, message, [], False, None, loop, "action_listen"
    )


def said(ports: Ports, dispatcher: CollectingDispatcher) -> tuple[list[str], str]:
    """The names of the texts, and all the words as a visitor reads them."""
    named = [each for each in dispatcher.messages if each.get("response")]
    quiet = {"image", "json_message", "custom", "attachment", "elements", "buttons", "text"}
    words = [
        ports.texts.render(
            each["response"],
            **{key: value for key, value in each.items() if key not in {*quiet, "response"}},
        ).text
        for each in named
    ]
    return [each["response"] for each in named], "\n".join(words)


async def ask(
    ports: Ports, text: str, draft: Draft, asks: str | None = None
) -> tuple[list[str], str, Events]:
    """What the action says to a question, having been told this."""
    name = await begin(ports, draft)
    dispatcher = CollectingDispatcher()
    events = await WhatIf(ports).act(dispatcher, tracker(name, text, draft, asks=asks))
    assert await drafts.recall(ports, name) == draft
    return (*said(ports, dispatcher), events)


async def test_a_diploma_that_is_still_to_come_would_make_it_fit(ports: Ports) -> None:
    keys, words, _ = await ask(ports, MBO_4, {**FITS, "education_level": "mbo3"})
    assert keys == ["utter_what_if_eligible"]
    assert "Stel: mbo niveau 4." in words
    assert "✓ Uw diploma is mbo-4 of hoger." in words


async def test_an_employer_who_is_against_it_would_be_a_doubt(ports: Ports) -> None:
    keys, words, _ = await ask(ports, BOSS, FITS)
    assert keys == ["utter_what_if_review"]
    assert "? Uw werkgever vindt het niet goed" in words


async def test_a_doubt_that_would_stay_is_named_too(ports: Ports) -> None:
    keys, words, _ = await ask(ports, BOSS, {**FITS, "education_level": "mbo3"})
    assert keys == ["utter_what_if_review"]
    assert "? Uw diploma is lager" in words


async def test_another_school_would_not_fit(ports: Ports) -> None:
    keys, words, _ = await ask(ports, "en als ik op een havo wil lesgeven?", FITS)
    assert keys == ["utter_what_if_not_eligible"]
    assert "✗" in words


async def test_work_at_a_company_would_leave_the_question_what_it_thinks(ports: Ports) -> None:
    draft = {**FITS, "employment": "unemployed", "employer_consent": "not_applicable"}
    text = "stel dat ik bij een metaalbedrijf ga werken, mag het dan wel?"
    keys, words, _ = await ask(ports, text, draft)
    assert keys == ["utter_what_if_open"]
    assert "Stel: metaalbewerking, in loondienst." in words


async def test_who_would_be_of_age_is_told_so(ports: Ports) -> None:
    keys, words, _ = await ask(ports, "en als ik 18 ben?", {**FITS, "adult": False})
    assert keys == ["utter_what_if_eligible"]
    assert "Stel: 18 jaar of ouder." in words
    assert "✗" not in words


async def test_after_it_the_open_question_comes_back(ports: Ports) -> None:
    _, _, events = await ask(ports, BOSS, {"sector": "bouw"}, asks="employment")
    assert [each["name"] for each in events] == ["eligibility_form"]


async def test_whether_one_qualifies_if_is_answered_and_then_asked_on(ports: Ports) -> None:
    dispatcher = CollectingDispatcher()
    heard = tracker(
        await begin(ports, {}),
        "kom ik in aanmerking als ik mbo 3 heb?",
        {},
        topics=("check_eligibility",),
    )
    events = await CheckEligibility(ports).act(dispatcher, heard)
    keys, _ = said(ports, dispatcher)
    assert keys == ["utter_what_if_review", "utter_eligibility_intro"]
    assert events[-1]["name"] == "eligibility_form"


async def test_the_receipt_has_every_criterion_the_change_and_the_source(ports: Ports) -> None:
    draft = {**FITS, "education_level": "mbo3", "employer_consent": "not_asked"}
    dispatcher = CollectingDispatcher()
    heard = tracker(await begin(ports, draft), "mbo", draft, topics=("inform",))
    await CheckEligibility(ports).act(dispatcher, heard)
    keys, words = said(ports, dispatcher)
    assert keys == ["utter_eligibility_review"]
    assert [line[0] for line in words.splitlines()[1:7]] == ["✓", "✓", "?", "✓", "•", "✓"]
    assert "→ mbo niveau 4, hbo of universiteit" in words
    assert words.count("bron van") == 1


# ── When it is one ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "draft", "topics", "asks"),
    [
        (MBO_4, FITS, (), None),
        (MBO_4, FITS, ("faq/requirements",), None),
        (BOSS, FITS, ("faq/employer_role",), None),
        (BOSS, FITS, ("deny",), None),
        (BOSS, {}, (), "sector"),
        (MBO_4, {}, ("check_eligibility",), None),
    ],
)
def test_it_is_one(text: str, draft: Draft, topics: tuple[str, ...], asks: str | None) -> None:
    assert tracker("c", text, draft, topics, asks).latest_message["supposed"]


@pytest.mark.parametrize(
    ("text", "draft", "topics"),
    [
        ("hoeveel kost het als ik zzp'er ben?", FITS, ("faq/cost",)),
        (BOSS, {}, ("faq/employer_role",)),
        (MBO_4, {}, ()),
        ("ik heb mbo 4", FITS, ("inform",)),
        ('/inform{"education_level": "mbo4"}', FITS, ("inform",)),
        ("als ik me aanmeld, wanneer hoor ik dan iets?", FITS, ()),
    ],
)
def test_it_is_none(text: str, draft: Draft, topics: tuple[str, ...]) -> None:
    assert tracker("c", text, draft, topics).latest_message["supposed"] == {}
