"""Lets Rasa 3.6, made for Python 3.8 to 3.10, run on today's Python and libraries.

Each shim puts back one name that has gone from a library and that Rasa imports. Rasa 3.6 gets no
release any more, so a shim can go when the import that it serves is no longer reached, and all of
them with Rasa itself. `make newest` shows early when a newer library needs another one.
"""

import importlib.metadata
import importlib.resources
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

from bot.understanding.lean import leave_out_what_is_not_used


def let_rasa_run() -> None:
    """Once in a process, before Rasa is imported."""
    leave_out_what_is_not_used()
    _put_back_legacy_version()
    _put_back_pkg_resources()
    _put_back_numpy_warning()
    _put_in_place_of_dask()


def _put_back_legacy_version() -> None:
    """packaging 22 dropped LegacyVersion; Rasa asks of the version of a file whether it is one.

    Can go when `rasa.shared.utils.validation` is not imported any more: training data of ours are
    read by it.
    """
    import packaging.version

    if not hasattr(packaging.version, "LegacyVersion"):
        packaging.version.LegacyVersion = type("LegacyVersion", (), {})  # type: ignore[attr-defined]


def _put_back_pkg_resources() -> None:
    """setuptools 82 dropped pkg_resources; Rasa finds its schemas and some versions with it.

    Can go when nothing is validated by Rasa's schemas, and no version written into a model.
    """
    found = ModuleType("pkg_resources")

    def resource_filename(package: str, name: str) -> str:
        """Where a file of a package stands; `package` may be a module of it."""
        is_package = hasattr(sys.modules.get(package), "__path__")
        home = package if is_package else package.rpartition(".")[0]
        return str(importlib.resources.files(home).joinpath(name))

    def get_distribution(name: str) -> Any:
        """What is installed under this name, as far as Rasa asks: its version."""
        return SimpleNamespace(version=importlib.metadata.version(name))

    found.__dict__.update(resource_filename=resource_filename, get_distribution=get_distribution)
    sys.modules["pkg_resources"] = found


def _put_back_numpy_warning() -> None:
    """numpy 2 moved this warning.

    Can go when `rasa.utils.common` is not imported any more: it silences that warning.
    """
    import numpy as np

    if not hasattr(np, "VisibleDeprecationWarning"):
        np.VisibleDeprecationWarning = np.exceptions.VisibleDeprecationWarning  # type: ignore[attr-defined]


def _put_in_place_of_dask() -> None:
    """Rasa runs its graph of components with `dask.get`; newer ones find a cycle in that graph.

    Can go when the components are called without `rasa.engine.runner.dask`.
    """
    found = ModuleType("dask")
    found.__dict__.update(get=results_of)
    sys.modules["dask"] = found


def results_of(graph: Mapping[str, Any], wanted: Sequence[str]) -> list[Any]:
    """What the wanted nodes give: each node a function and the names of what it is called with."""
    done: dict[str, Any] = {}

    def result_of(name: str) -> Any:
        if name not in done:
            node = graph[name]
            is_call = isinstance(node, tuple) and callable(node[0])
            done[name] = node[0](*map(result_of, node[1:])) if is_call else node
        return done[name]

    return [result_of(name) for name in wanted]
