"""The shims do what Rasa asks of what they stand for; what is left out says so when it is used."""

import importlib
import importlib.metadata
import sys
from pathlib import Path

import pytest

from bot.understanding.lean import LEFT_OUT
from bot.understanding.modern import let_rasa_run, results_of


def test_a_graph_is_worked_out_each_node_once_and_in_order():
    calls = []

    def add(name, *parts):
        calls.append(name)
        return (name, *parts)

    graph = {
        "message": "wat kost het",
        "facts": (lambda message: add("facts", message), "message"),
        "topic": (lambda facts: add("topic", facts), "facts"),
        "end": (lambda facts, topic: add("end", facts, topic), "facts", "topic"),
        "unused": (lambda: add("unused"),),
    }
    facts = ("facts", "wat kost het")
    assert results_of(graph, ["end", "facts"]) == [("end", facts, ("topic", facts)), facts]
    assert calls == ["facts", "topic", "end"]


def test_the_files_and_versions_that_rasa_looks_up_are_found():
    import pkg_resources
    import rasa.shared.utils.validation

    found = pkg_resources.resource_filename(rasa.shared.utils.validation.__name__, "x.yml")
    assert Path(found) == Path(rasa.shared.utils.validation.__file__).with_name("x.yml")
    assert pkg_resources.get_distribution("rasa").version == importlib.metadata.version("rasa")


def test_asked_twice_it_is_done_once():
    before = list(sys.meta_path)
    let_rasa_run()
    assert sys.meta_path == before


@pytest.mark.parametrize("name", sorted(LEFT_OUT))
def test_what_is_left_out_exists_and_does_nothing(name: str):
    module = importlib.import_module(name)
    assert getattr(module, "__file__", None) is None

    class Mine(module.Thing):
        """As Rasa's classes are derived from it."""

    assert issubclass(module.SomeError, Exception)
    with pytest.raises(RuntimeError, match="leaves out"):
        Mine()
