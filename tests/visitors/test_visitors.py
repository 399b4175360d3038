"""The visitors get what they came for as often as was published, or more often."""

import pytest

from bench.visitors import fallen, figures, in_process, published
from tests.visitors.script import people


@pytest.mark.long
@pytest.mark.engine
def test_the_visitors_do_no_worse_than_was_published() -> None:
    assert not fallen(figures(in_process(people())), published())
