"""Who one is: digits mailed to the address of a registration, and never a word about another's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.retention import TOKENS
from bot.services import conversation, drafts, erasing, identity, registration, retention
from tests.services.test_registration import TOLD, candidate


async def other(ports):
    """Another conversation, of nobody knows whom."""
    return (await conversation.start(ports, "web")).conversation


async def waiting(ports):
    """The mails that wait to be sent, in order."""
    found = []
    now = ports.clock.now()
    while True:
        async with ports.work() as work:
            one = await work.mails.claim(now, now + timedelta(minutes=1))
            await work.commit()
        if one is None:
            return found
        found.append(one.mail)


@pytest.fixture
def texts_with_digits(ports):
    """Texts whose mail is just the digits."""

    class Digits(type(ports.texts)):
        def render(self, key, **arguments):
            words = super().render(key, **arguments)
            if key == "mail_digits":
                return type(words)(key, arguments["digits"])
            return words

    return replace(ports, texts=Digits())


async def test_the_mailed_digits_open_a_registration_elsewhere(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    assert await registration.of_conversation(ports, name) is None
    assert await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    assert mail.to == lead.email and len(mail.text) == 6
    assert await registration.of_conversation(ports, name) is None
    assert await identity.prove(ports, name, mail.text)
    proven = await registration.of_conversation(ports, name)
    assert proven == replace(lead, proven_at=ports.clock.now())
    assert await registration.of_conversation(ports, await other(ports)) is None


async def test_a_code_that_nobody_has_looks_the_same_and_mails_nothing(ports):
    name = await other(ports)
    assert await identity.ask(ports, name, "HT-00000000")
    assert await waiting(ports) == []
    assert not await identity.prove(ports, name, "123456")


async def test_digits_are_good_for_a_quarter_of_an_hour(texts_with_digits, clock):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    clock.moment += identity.VALID + timedelta(seconds=1)
    assert not await identity.prove(ports, name, mail.text)


async def test_after_five_guesses_the_right_digits_open_nothing(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    wrong = f"{(int(mail.text) + 1) % 10**6:06}"
    for _ in range(5):
        assert not await identity.prove(ports, name, wrong)
    assert not await identity.prove(ports, name, mail.text)


async def test_digits_of_one_conversation_open_nothing_in_another(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    assert not await identity.prove(ports, await other(ports), mail.text)


@pytest.mark.parametrize("is_real", [True, False])
async def test_from_many_conversations_one_hears_the_same_of_any_code(ports, is_real):
    """Bug: of a code that exists the fourth conversation heard that it was too often."""
    lead = (await registration.register(ports, await candidate(ports))).registration
    code = lead.code if is_real else "HT-00000000"
    asked = [await identity.ask(ports, await other(ports), code) for _ in range(30)]
    assert asked == [True] * 30


@pytest.mark.parametrize("is_real", [True, False])
async def test_in_one_conversation_it_is_said_when_it_was_too_often(ports, clock, is_real):
    lead = (await registration.register(ports, await candidate(ports))).registration
    code, name = lead.code if is_real else "HT-00000000", await other(ports)
    asked = [await identity.ask(ports, name, code) for _ in range(5)]
    assert asked == [True] * identity.AT_MOST + [False, False]
    clock.moment += timedelta(days=1, seconds=1)
    assert await identity.ask(ports, name, code)


async def test_nobodys_mailbox_is_filled(ports, clock):
    lead = (await registration.register(ports, await candidate(ports))).registration
    for _ in range(30):
        await identity.ask(ports, await other(ports), lead.code)
    assert len(await waiting(ports)) == identity.MAILS
    for _ in range(24 * 4):
        clock.moment += timedelta(minutes=15)
        for _ in range(6):
            await identity.ask(ports, await other(ports), lead.code)
    assert len(await waiting(ports)) <= identity.A_DAY


async def test_who_knows_a_code_does_not_lock_its_owner_out(texts_with_digits, clock):
    """Bug: three questions of anybody, and the owner got no digits for a day."""
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    for _ in range(identity.MAILS + 2):
        stranger = await other(ports)
        await identity.ask(ports, stranger, lead.code)
        assert not await identity.prove(ports, stranger, "000000")
        clock.moment += timedelta(seconds=1)
    owner = await other(ports)
    assert await identity.ask(ports, owner, lead.code)
    assert await identity.prove(ports, owner, (await waiting(ports))[-1].text)
    assert (await registration.of_conversation(ports, owner)).code == lead.code


async def test_an_hour_after_a_crowd_of_strangers_the_owner_gets_digits(texts_with_digits, clock):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    for _ in range(100):
        await identity.ask(ports, await other(ports), lead.code)
    await waiting(ports)
    clock.moment += identity.HOUR + timedelta(seconds=1)
    owner = await other(ports)
    await identity.ask(ports, owner, lead.code)
    assert await identity.prove(ports, owner, (await waiting(ports))[-1].text)


async def test_all_strangers_together_have_few_guesses(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    for _ in range(identity.MAILS + identity.SHARES):
        await identity.ask(ports, await other(ports), lead.code)
    late = await other(ports)
    assert await identity.ask(ports, late, lead.code)
    assert not any([await identity.prove(ports, late, mail.text) for mail in await waiting(ports)])


async def test_digits_that_were_mailed_first_and_arrive_last_are_good(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    await identity.ask(ports, name, lead.code)
    [first, _] = await waiting(ports)
    assert await identity.prove(ports, name, first.text)


async def test_who_proved_who_he_is_can_erase_everything_everywhere(texts_with_digits):
    ports = texts_with_digits
    first = await candidate(ports)
    lead = (await registration.register(ports, first)).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    await identity.prove(ports, name, mail.text)
    proof = await erasing.erase(ports, name, is_self=True)
    assert await registration.list_leads(ports) == []
    assert await drafts.recall(ports, first) == {} == await drafts.recall(ports, name)
    assert await conversation.history(ports, first) == []
    assert proof.code.startswith("W-")
    assert not any(str(TOLD[item]) in repr(proof) for item in ("name", "email", "phone"))
    assert not await identity.prove(ports, name, mail.text)


async def test_erasing_in_between_gives_nobody_more_mails_or_guesses(ports, clock):
    lead = (await registration.register(ports, await candidate(ports))).registration
    asked = []
    for _ in range(12):
        name = await other(ports)
        asked.append(await identity.ask(ports, name, lead.code))
        await erasing.erase(ports, name)
    assert asked == [True] * 12
    assert len(await waiting(ports)) == identity.MAILS
    clock.moment += TOKENS
    assert (await retention.purge(ports)).tokens == identity.MAILS + identity.SHARES


async def test_after_erasing_the_digits_open_nothing(texts_with_digits):
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    name = await other(ports)
    await identity.ask(ports, name, lead.code)
    [mail] = await waiting(ports)
    await erasing.erase(ports, name)
    assert not await identity.prove(ports, name, mail.text)


async def test_what_was_proven_somewhere_goes_not_along_when_staff_erase_there(texts_with_digits):
    """Bug: who proved another's code took that registration along, whoever erased."""
    ports = texts_with_digits
    lead = (await registration.register(ports, await candidate(ports))).registration
    place = await candidate(ports, email="ander@voorbeeld.nl")
    own = (await registration.register(ports, place)).registration
    await identity.ask(ports, place, lead.code)
    [mail] = [each for each in await waiting(ports) if each.text.isdigit()]
    assert await identity.prove(ports, place, mail.text)
    await erasing.erase_by_code(ports, own.code)
    assert [each.code for each in await registration.list_leads(ports)] == [lead.code]
