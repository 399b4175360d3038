"""Many at the very same moment: one row for one person, one place for one place, one mail each."""

import asyncio
from dataclasses import replace

from sqlalchemy import text

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.dialogue.message import Meaning
from bot.core.errors import StorageUnavailable
from bot.core.registration import Status
from bot.core.turn import Said
from bot.services import conversation, identity, intakes, registration
from bot.services.records import Spoken
from tests.services.test_registration import candidate

SUBMITS = 50
CROWD = 100


class Post:
    """A mail server that is only there: what goes is the outbox's business."""

    async def send(self, mail):
        raise AssertionError

    async def check(self):
        return None


def with_mail(ports):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, ports.clock), mailer=Post())


async def mails(database) -> int:
    async with database.connect() as connection:
        return (await connection.execute(text("select count(*) from mails"))).scalar_one()


async def until_told(ports, name) -> tuple[registration.Registered, int]:
    """As a visitor who hears that it does not work now and sends it again; with the tries."""
    for tries in range(1, 500):  # on a busy machine each waits long for the one file
        try:
            return await registration.register(ports, name), tries
        except StorageUnavailable:
            continue
    raise AssertionError("never told")


async def test_fifty_submits_of_one_person_are_one_row_with_one_mail(ports, database):
    name = await candidate(ports)
    one_by_mail = with_mail(ports)
    done = await asyncio.gather(*(until_told(one_by_mail, name) for _ in range(SUBMITS)))
    [lead] = await registration.list_leads(ports)
    assert {told.registration.code for told, _ in done} == {lead.code}
    assert await mails(database) == 1


async def test_fifty_times_the_same_message_is_one_turn(ports, engine, patient):
    name = (await conversation.start(ports, "web")).conversation
    said = Said(text="ja, meld mij aan")
    turns = await asyncio.gather(
        *(conversation.take_turn(ports, name, said, "dubbelklik") for _ in range(SUBMITS))
    )
    assert all(turn == turns[0] for turn in turns)
    assert len(engine.heard) == 1
    assert len(await conversation.history(ports, name)) == 2


async def proven(ports, code) -> None:
    """As who types the digits that were mailed, again when it does not work now."""
    for _ in range(500):
        try:
            async with ports.work() as work:
                await identity.keep_proof(ports, work, code)
                await work.commit()
            return
        except StorageUnavailable:
            continue


async def test_of_a_hundred_at_once_one_gets_the_one_place_and_all_are_on_the_list(
    ports, database, figure
):
    """A place is for who shows that the address is theirs: they are as many, and as quick."""
    await intakes.set_intake(ports, "2027-11", capacity=1)
    crowded = with_mail(ports)
    names = [await candidate(ports, email=f"{each}@voorbeeld.nl") for each in range(CROWD)]
    done = await asyncio.gather(*(until_told(crowded, name) for name in names))
    refused = sum(tries - 1 for _, tries in done)
    figure(f"{CROWD} at once on {database.dialect.name}: told to try again {refused} times")
    codes = [each.registration.code for each, _ in done]
    await asyncio.gather(*(proven(crowded, code) for code in codes))
    found = [each.status for each in await registration.list_leads(ports)]
    assert found.count(Status.REGISTERED) == 1
    assert found.count(Status.WAITING_LIST) == CROWD - 1
    assert await mails(database) == CROWD
    codes = {lead.code for lead in await registration.list_leads(ports)}
    assert len(codes) == CROWD


class Slow:
    """An engine that repeats, and takes another while for each."""

    def __init__(self):
        self.heard: dict[str, list[str]] = {}

    async def read(self, _conversation, _text):
        return Meaning("chitchat", 1.0, ("chitchat",))

    async def take_turn(self, asked):
        self.heard.setdefault(asked.conversation, []).append(asked.turn)
        await asyncio.sleep((hash((asked.conversation, asked.turn)) % 7) / 1000)
        return (Spoken(f"Over {asked.text}.", key="utter_faq/cost"),)

    async def check(self):
        return None


async def test_twenty_conversations_of_five_messages_at_once_keep_their_order(ports, patient):
    slow = Slow()
    busy = replace(ports, engine=slow)
    names = [(await conversation.start(busy, "web")).conversation for _ in range(20)]
    said = [(name, f"bericht {number}") for number in range(5) for name in names]
    turns = await asyncio.gather(
        *(conversation.take_turn(busy, name, Said(text=words), words) for name, words in said)
    )
    assert [turn.messages[0].text for turn in turns] == [f"Over {words}." for _, words in said]
    for name in names:
        kept = [each for each in await conversation.history(busy, name) if each.said]
        assert [each.said for each in kept] == [f"bericht {number}" for number in range(5)]
        assert all(each.reply.messages[0].text == f"Over {each.said}." for each in kept)
        assert slow.heard[name] == [str(each.id) for each in kept]


async def test_the_same_id_with_other_words_gives_the_first_answer_and_does_nothing(ports, engine):
    """Not 409: a client that repeats an id repeats a message (docs/adr/0017)."""
    name = (await conversation.start(ports, "web")).conversation
    first = await conversation.take_turn(ports, name, Said(text="wat kost het?"), "een")
    again = await conversation.take_turn(ports, name, Said(text="meld mij aan"), "een")
    assert again == first and len(engine.heard) == 1
    assert [each.said for each in await conversation.history(ports, name)] == [
        None,
        "wat kost het?",
    ]
