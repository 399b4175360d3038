"""Markup that somebody typed stays letters, wherever it is shown: page, file, mail, Telegram."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.channels.mail import SmtpMailer
from bot.channels.pages import text_page
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.turn import Said
from bot.services import conversation, drafts, my_data, outbox, registration
from bot.services.records import Spoken
from tests.services.test_registration import TOLD
from tests.support.corpus import MARKUP, SQL
from tests.support.fake_smtp import running_fake_smtp
from tests.support.fake_telegram import fake_telegram
from tests.support.telegram_door import opened, until

JAN = 7_000_000_601


class Tags(HTMLParser):
    """The names of all elements, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))


def tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = Tags()
    parser.feed(page)
    return parser.found


@pytest.fixture
def real(ports, clock):
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))


@pytest.mark.parametrize("value", MARKUP)
def test_a_page_has_the_same_elements_whatever_stands_in_it(value):
    assert tags(text_page(value, value, value)) == tags(text_page("a", "b", "c"))


@pytest.mark.parametrize("name", MARKUP)
async def test_a_mail_is_plain_text_with_the_name_as_it_is(real, name):
    with running_fake_smtp() as server:
        with_mail = replace(real, mailer=SmtpMailer(server.url(), real.clock))
        started = await conversation.start(with_mail, "web")
        await drafts.remember(with_mail, started.conversation, {**TOLD, "name": name})
        await registration.register(with_mail, started.conversation)
        await outbox.deliver(with_mail)
        [received] = server.received
    kinds = {part.get_content_type() for part in received.message.walk()}
    assert kinds == {"multipart/mixed", "text/plain", "text/calendar", "application/pdf"}
    assert name in received.text
    assert name not in str(received.message["Subject"])


@pytest.mark.parametrize("value", [*MARKUP, *SQL])
async def test_what_was_typed_comes_back_letter_for_letter(real, value):
    started = await conversation.start(real, "web")
    await conversation.take_turn(real, started.conversation, Said(text=value))
    shown = await conversation.history(real, started.conversation)
    assert [each.said for each in shown] == [None, value]
    file = await my_data.file_of(real, started.conversation)
    assert file.kind == "text/plain; charset=utf-8" and value in file.content.decode()
    assert await registration.list_leads(real) == []


async def test_telegram_is_never_asked_to_read_markup(ports, engine):
    engine.says = tuple(Spoken(value, key="utter_x") for value in MARKUP)
    async with fake_telegram() as api, opened(ports, api):
        await api.say(JAN, "hallo")
        await until(lambda: any(MARKUP[-1] in text for text in api.texts(JAN)), 20)
        assert all("parse_mode" not in call for call in api.called("sendMessage"))
        assert all(value in "\n".join(api.texts(JAN)) for value in MARKUP)
