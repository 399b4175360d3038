"""Keeps out of the engine what Rasa imports and we do not use.

TensorFlow is for components that stand in no pipeline of ours: eight seconds and 300 MB at every
start. The rest is for channels and stores that we do not have: code with known flaws, for nothing
(`requirements/accepted.yml`). Their place is taken by packages whose every name exists and does
nothing. A component that would really use one fails at once, by name, instead of giving nonsense.
"""

from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Optional, Sequence

LEARNING = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax"}
CHANNELS = {"aiogram", "twilio", "slack_sdk", "webexteamssdk", "fbmessenger"}
STORES = {"pymongo", "boto3", "botocore", "aio_pika", "aiormq"}
LEFT_OUT = LEARNING | CHANNELS | STORES | {"matplotlib", "sentry_sdk", "skops"}
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
        raise RuntimeError(f"{cls.__name__} needs TensorFlow, which this engine leaves out")


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
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        """A specification for what is left out; nothing for the rest."""
        if fullname.partition(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty module."""
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing stands in it."""


def leave_out_tensorflow() -> None:
    """From now on importing TensorFlow costs nothing and gives nothing."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _LeaveOut())
