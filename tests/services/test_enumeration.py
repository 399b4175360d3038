"""Nobody learns from us who is on the list: not by an address, a code, a link or a token."""

import pytest

from bot.core.errors import ConversationUnknown, PassageUnknown
from bot.core.registration import new_code
from bot.services import conversation, identity, passages, registration
from tests.services.test_registration import candidate


async def test_the_address_of_another_shows_nothing_of_him(ports):
    """He can guess that it stands there (docs/adr/0011); no code, name, number or answer."""
    await registration.register(ports, await candidate(ports))
    stranger = await candidate(ports, name="Iemand Anders", phone="+31698765432")
    done = await registration.register(ports, stranger)
    assert done.registration.name == "Iemand Anders" and not done.elsewhere
    assert await registration.of_conversation(ports, stranger) == done.registration
    same = await candidate(ports)
    done = await registration.register(ports, same)
    assert (done.registration, done.elsewhere, done.intake) == (None, True, "2027-11")
    assert await registration.of_conversation(ports, same) is None


@pytest.mark.parametrize("email", ["jan@voorbeeld.nl", "JAN@voorbeeld.nl", "jan@VOORBEELD.NL"])
async def test_no_spelling_of_an_address_makes_a_second_row(ports, email):
    await registration.register(ports, await candidate(ports))
    done = await registration.register(ports, await candidate(ports, email=email))
    assert done.elsewhere and len(await registration.list_leads(ports)) == 1


async def test_a_code_that_exists_and_one_that_does_not_are_answered_alike(ports):
    await registration.register(ports, await candidate(ports))
    [lead] = await registration.list_leads(ports)
    answers = []
    for code in (lead.code, new_code(), "", "x" * 500, lead.code[:-1]):
        name = (await conversation.start(ports, "web")).conversation
        asked = [await identity.ask(ports, name, code) for _ in range(identity.AT_MOST)]
        proven = [await identity.prove(ports, name, f"{number:06}") for number in range(6)]
        answers.append((asked, proven))
    assert all(each == answers[0] for each in answers)


async def test_a_hundred_guesses_open_nothing(ports):
    await registration.register(ports, await candidate(ports))
    stranger = (await conversation.start(ports, "web")).conversation
    for _ in range(100):
        await identity.ask(ports, stranger, new_code())
        with pytest.raises(ConversationUnknown):
            await conversation.find(ports, new_code())
        with pytest.raises(PassageUnknown):
            await passages.enter_website(ports, passages.MARK + new_code())
    assert await registration.of_conversation(ports, stranger) is None


async def test_the_name_of_a_conversation_is_not_its_key(ports):
    """Who sees the one in a log or a backup cannot open it with that."""
    started = await conversation.start(ports, "web")
    assert await conversation.find(ports, started.token) == started.conversation
    with pytest.raises(ConversationUnknown):
        await conversation.find(ports, started.conversation)
