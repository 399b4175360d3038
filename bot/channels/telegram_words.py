"""What somebody said with a message, whatever hangs on it."""

from collections.abc import Iterable

from telegram import Message, Update

from bot.channels.telegram_commands import phone_number
from bot.core.turn import Said


def said_with(message: Message) -> Said | None:
    """What somebody typed, also under a photo or a file, or his own number that he shared."""
    contact, sender, place = message.contact, message.from_user, message.message_id
    if contact is not None and sender is not None and contact.user_id == sender.id:
        return Said(text=phone_number(contact.phone_number), place=place)
    if message.text is not None:
        return Said(text=message.text, place=place, answers=_answered(message))
    if message.caption and message.caption.strip():
        return Said(message.caption, place=place, has_file=True, answers=_answered(message))
    return None


def _answered(message: Message) -> int | None:
    """The message of ours that this is a reply to."""
    before = message.reply_to_message
    is_ours = before is not None and before.from_user is not None and before.from_user.is_bot
    return before.message_id if before is not None and is_ours else None


def says_more(album: str, waiting: Iterable[Update]) -> bool:
    """Whether words come under another picture of the same album."""
    return any(
        each.message is not None
        and each.message.media_group_id == album
        and said_with(each.message) is not None
        for each in waiting
    )


def title_of(message: Message, button: str | None) -> str | None:
    """What stands on a button of a message."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return next((each.text for row in rows for each in row if each.callback_data == button), None)
