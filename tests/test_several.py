"""How many of each there are is set in one place, and refused where it cannot work."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from bot.cli import cli
from bot.settings import Settings
from bot.supervisor import processes

POSTGRES = "postgresql://instap@127.0.0.1/instap"


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


def test_one_of_each_unless_more_are_asked_for():
    names = [each.name for each in processes(settings(), Path("model"))]
    assert names == ["engine", "actions", "gateway"]


def test_every_process_has_its_own_number_port_and_log():
    chosen = settings(gateways=2, shards=3, database_url=POSTGRES)
    found = {each.name: each for each in processes(chosen, Path("model"))}
    assert set(found) == {"engine", "engine-1", "engine-2", "actions", "gateway", "gateway-1"}
    assert list(found["engine"].command[-2:]) == ["model", "5005"]
    assert list(found["engine-2"].command[-3:]) == ["model", "5007", "2"]
    assert list(found["gateway-1"].command[-2:]) == ["gateway", "1"]
    assert len({each.log_file for each in found.values()}) == len(found)
    assert "INSTAP_DATABASE_URL" not in found["engine-2"].environment


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"gateways": 2}, "INSTAP_DATABASE_URL"),
        ({"gateways": 2, "database_url": "sqlite:///een.db"}, "INSTAP_DATABASE_URL"),
        ({"gateways": 0}, "gateways"),
        ({"shards": 17}, "shards"),
        ({"shards": 2, "rasa_port": 5054}, "5055"),
        ({"shards": 2, "rasa_port": 65535}, "65536"),
        ({"redis_url": "127.0.0.1:6379"}, "INSTAP_REDIS_URL"),
    ],
)
def test_what_cannot_work_is_said_at_the_start(given: dict[str, Any], names: str):
    with pytest.raises(ValidationError, match=names):
        settings(**given)


def test_the_password_of_redis_is_not_shown():
    chosen = settings(redis_url="redis://:geheim@127.0.0.1:6379/0")
    assert "geheim" not in repr(chosen)
    with pytest.raises(ValidationError) as refused:
        settings(redis_url="http://:geheim@127.0.0.1:6379/0")
    assert "geheim" not in str(refused.value)


def test_a_gateway_too_many_does_not_start():
    done = CliRunner().invoke(cli, ["serve", "gateway", "1"])
    assert done.exit_code == 2
    assert "INSTAP_GATEWAYS" in done.output
