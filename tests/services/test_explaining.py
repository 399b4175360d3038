"""Why something was said can be asked afterwards, and nobody's name is seen for it."""

import pytest

from bot.core.dialogue.message import Meaning
from bot.core.errors import ConversationUnknown, RegistrationUnknown
from bot.core.turn import Noted, Said
from bot.services import conversation, explaining, knowledge, registration
from bot.services.records import Spoken
from tests.services.test_registration import candidate


@pytest.fixture
async def talk(ports, engine):
    """A conversation in which a name was asked, given and something else was asked."""
    name = (await conversation.start(ports, "web")).conversation
    engine.says = (Spoken("Hoe heet u?", key="utter_ask_name"),)
    engine.means = Meaning("register", 0.93, ("register",))
    await conversation.take_turn(ports, name, Said(text="ik wil me aanmelden"))
    engine.says = (Spoken("Dank u, ⟦name⟧. En uw e-mail?", key="utter_ask_email"),)
    engine.means = Meaning("inform")
    await conversation.take_turn(ports, name, Said(text="Jan de Vries"))
    await conversation.take_turn(ports, name, Said(text="stop"))
    return name


async def test_each_message_names_the_row_that_decided_and_what_was_read(ports, talk):
    _, register, named, stop = await explaining.explain(ports, talk)
    assert (register.decided.rule, register.decided.intent) == ("by_name", "register")
    assert register.decided.confidence == 0.93
    assert named.decided.rule == "answer" and named.noted == (Noted("name", "…"),)
    assert (stop.decided.rule, stop.decided.about) == ("way_out", "/cancel")


async def test_what_is_personal_is_masked_unless_somebody_says_so(ports, talk):
    masked = str([vars(each) for each in await explaining.explain(ports, talk)])
    assert "Jan" not in masked and "de Vries" not in masked
    shown = await explaining.explain(ports, talk, reveals=True)
    assert shown[2].said == "Jan de Vries" and shown[2].noted == (Noted("name", "Jan de Vries"),)


async def test_it_is_found_by_the_code_of_a_registration(ports):
    name = await candidate(ports)
    own = (await registration.register(ports, name)).registration
    assert len(await explaining.explain(ports, own.code)) == 1
    with pytest.raises(RegistrationUnknown):
        await explaining.explain(ports, "HT-00000000")
    with pytest.raises(ConversationUnknown):
        await explaining.explain(ports, "niemand")


async def test_a_turn_says_what_it_noted(ports, talk):
    history = await conversation.history(ports, talk)
    assert [each.reply.noted for each in history] == [(), (), (Noted("name", "Jan de Vries"),), ()]


async def test_what_is_known_is_there_for_the_visitor(ports, talk):
    known = await knowledge.known(ports, talk)
    assert known.known == {"name": "Jan de Vries"}
    assert (known.state, known.open, known.proposal) == ("registering", "email", None)


async def test_where_somebody_is_follows_what_he_told(ports):
    name = (await conversation.start(ports, "web")).conversation
    assert (await knowledge.known(ports, name)).state == "exploring"
    told = await candidate(ports)
    assert (await knowledge.known(ports, told)).state == "registering"
    await registration.register(ports, told)
    known = await knowledge.known(ports, told)
    assert (known.state, known.who) == ("registered", "candidate")
    assert known.known["sector"] and known.known["email"]
    await registration.withdraw(ports, told)
    assert (await knowledge.known(ports, told)).state == "withdrawn"
