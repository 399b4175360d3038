"""Gateway and action server write in one draft at the same time: nothing of it gets lost."""

import asyncio

from bot.core.turn import Said
from bot.services import conversation, drafts
from bot.services.ports import Ports

WRITERS = 24


async def test_what_many_tell_at_once_is_all_kept(ports: Ports) -> None:
    name = (await conversation.start(ports, "web")).conversation
    told = [{f"item_{number}": str(number)} for number in range(WRITERS)]
    await asyncio.gather(*(drafts.remember(ports, name, each) for each in told))
    expected = {key: value for each in told for key, value in each.items()}
    assert await drafts.recall(ports, name) == expected


async def test_what_the_gateway_masks_and_what_an_action_remembers_are_both_kept(
    ports: Ports,
) -> None:
    name = (await conversation.start(ports, "web")).conversation
    for number in range(8):
        said = Said(text=f"mijn mail is kanarie{number}@voorbeeld.nl")
        many = [drafts.remember(ports, name, {f"item_{number}_{n}": "1"}) for n in range(6)]
        await asyncio.gather(conversation.take_turn(ports, name, said), *many)
    draft = await drafts.recall(ports, name)
    assert draft["email"] == "kanarie7@voorbeeld.nl"
    assert len(draft) == 1 + 8 * 6
