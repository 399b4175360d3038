"""Keeps out of the engine what Rasa imports and we do not use.

TensorFlow and its kind are for components that stand in no pipeline of ours, the rest for channels,
stores, a server and a talk on the terminal that we do not have: a hundred packages and two
gigabytes, none of which is installed for the engine. Their place is taken by packages whose every
name exists and does nothing. Who would really use one fails at once, by name, instead of getting
nonsense.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LEARNING = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax"}
CHANNELS = {"aiogram", "twilio", "slack_sdk", "webexteamssdk", "fbmessenger", "requests"}
CHANNELS |= {"mattermostwrapper", "rocketchat_API", "socketio", "google", "cachecontrol", "jwt"}
STORES = {"pymongo", "boto3", "botocore", "aio_pika", "aiormq", "redis", "confluent_kafka"}
TERMINAL = {"prompt_toolkit", "questionary", "terminaltables", "colorclass", "coloredlogs"}
SERVER = {"sanic", "sanic_cors", "sanic_jwt", "apscheduler", "pytz", "portalocker"}
OTHERS = {"matplotlib", "sentry_sdk", "structlog_sentry", "skops", "safetensors", "regex"}
OTHERS |= {"randomname", "colorhash", "rfc3987_syntax"}
LEFT_OUT = LEARNING | CHANNELS | STORES | TERMINAL | SERVER | OTHERS
"""Some are installed for others: sanic and redis for the app, rfc3987_syntax for developers; where
that is, jsonschema takes three seconds of every start for it."""

ERRORS = ("Error", "Exception", "Failure")


class _Nothing(type):
    """The class of names that exist and do nothing: any attribute is another such name."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing(name, (Absent,), {})

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """As a decorator it leaves a function as it is; anything else is real use."""
        if "Absent" in {base.__name__ for base in cls.__bases__} and cls.__module__ == __name__:
            if len(args) == 1 and callable(args[0]) and not kwargs:
                return args[0]
            return lambda decorated: decorated
        raise RuntimeError(f"{cls.__name__} is of a package that this engine leaves out")


class Absent(metaclass=_Nothing):
    """A name of a package that was left out."""


class _EmptyModule(ModuleType):
    """A module that has every name."""

    __path__: Sequence[str] = ()
    __version__ = "2.12.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name.endswith(ERRORS):  # an `except` with this name has to work
            return type(name, (Exception,), {})
        return _Nothing(name, (Absent,), {})


class _LeaveOut(MetaPathFinder, Loader):
    """Finds every module of the packages that are left out, and loads an empty one."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A specification for what is left out; nothing for the rest."""
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module."""
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing stands in it."""


def leave_out_what_is_not_used() -> None:
    """From now on importing any of that costs nothing and gives nothing."""
    if not any(isinstance(finder, _LeaveOut) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LeaveOut())
