"""Everything that can go wrong in a way that we can name.

IntakeError
+ FactUnknown             nobody has published this value for that day
+ TextUnknown             no text has that name
+ ConversationUnknown     no conversation belongs to that token
+ PassageUnknown          this link to another door is old, used or made up
+ ButtonUnknown           this conversation never showed that button
+ RegistrationUnknown     no such registration
  + Withdrawn             who took themselves off the list gets no place and no decision
+ RegistrationIncomplete  something that a registration needs was not given
+ UnderAge                nobody under age registers: a person helps instead
+ SomebodyElse            this may be another on the list: a person has to say that it is not
+ ValueUnclear            this text gives no value for that item
+ AddressTaken            somebody else in this intake has that e-mail address
+ IntakeUnknown           no such intake
+ DayUnlikely             no day on which that group can start or close
+ ControllerUnknown       nobody is named as responsible for personal data
+ NotSure                 this would erase or move people: a person says first that he is sure
+ IntakeClosed            the leave that was given is for a group that takes nobody any more
+ IntakeFull              every place in the group is taken
+ CallbackUnknown         no such call-back request
  + CallbackClosed        it is done or taken back: nobody would use what is changed there
+ EngineUnavailable       Rasa did not answer (down, slow, broken reply)
+ MailRefused             this mail will never arrive
+ MailUnavailable         this mail may go later
+ ChatClosed              nobody reads messages in this chat any more
+ MessageRefused          this message will never arrive in its chat
+ MessageUnavailable      this message may go to its chat later
+ StorageUnavailable      the database did not take it (down, locked, full)
  + StorageUnreadable     a value that none of our keys opens
  + KeySpoilt             the file of the keys is there and holds none
  + OtherKey              the keys open nothing of what is in the database
"""


class IntakeError(Exception):
    """The root: catch this at an edge, translate it once."""


class FactUnknown(IntakeError):
    """Nobody has published this value for that day."""


class TextUnknown(IntakeError):
    """No text has that name."""


class ConversationUnknown(IntakeError):
    """No conversation belongs to that token."""


class PassageUnknown(IntakeError):
    """This link to another door is old, was used already, or is made up."""


class ButtonUnknown(IntakeError):
    """This conversation never showed that button."""


class RegistrationUnknown(IntakeError):
    """No such registration."""


class RegistrationIncomplete(IntakeError):
    """Something that a registration needs was not given; the message names the items."""


class UnderAge(IntakeError):
    """Nobody under age registers, nor is asked for personal data."""


class SomebodyElse(IntakeError):
    """This may be another on the list; the message names the two codes."""


class Withdrawn(RegistrationUnknown):
    """Who took themselves off the list gets no place and no decision; the message is the code."""


class ValueUnclear(IntakeError):
    """This text gives no value for that item; the message names the item."""


class AddressTaken(IntakeError):
    """Somebody else in this intake has that e-mail address."""


class IntakeUnknown(IntakeError):
    """No such intake."""


class DayUnlikely(IntakeError):
    """No day on which that group can start or close."""


class ControllerUnknown(IntakeError):
    """Nobody is named as responsible for personal data, so nobody can agree to anything."""


class NotSure(IntakeError):
    """This would erase or move people; `ends` and `moves` say whom, and nothing was done."""

    def __init__(self, ends: int, moves: tuple[str, str] | None) -> None:
        super().__init__("a person says first that he is sure")
        self.ends = ends
        self.moves = moves


class IntakeClosed(IntakeError):
    """The leave that was given is for a group that takes nobody any more; the message names it."""


class IntakeFull(IntakeError):
    """Every place in the group is taken."""


class CallbackUnknown(IntakeError):
    """No such call-back request."""


class CallbackClosed(CallbackUnknown):
    """It is done or taken back: nobody would use what is changed there."""


class EngineUnavailable(IntakeError):
    """Rasa did not answer in time, or not in a way that can be told to a visitor."""


class MailRefused(IntakeError):
    """This mail will never arrive: its address or its content is wrong."""


class MailUnavailable(IntakeError):
    """This mail may go later: the server is down, slow, busy or does not trust us."""


class ChatClosed(IntakeError):
    """Nobody reads messages in this chat any more: we were blocked, or it is gone."""


class MessageRefused(IntakeError):
    """This message will never arrive in its chat: there is something wrong with it."""


class MessageUnavailable(IntakeError):
    """This message may go to its chat later, not before `seconds` have passed if that is known."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class StorageUnavailable(IntakeError):
    """The database did not take it: down, locked or full."""


class StorageUnreadable(StorageUnavailable):
    """A value that none of our keys opens where it stands; all others are as they were."""


class KeySpoilt(StorageUnavailable):
    """The file of the keys is there and holds none; the message names it."""


class OtherKey(StorageUnavailable):
    """The keys open nothing of what is in the database: they belong to another."""
