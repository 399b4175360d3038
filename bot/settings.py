"""Settings from the environment and `.env`: read once, typed, frozen, secrets out of `repr`."""

import re
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import EmailStr, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PORTS_OF_TELEGRAM: Final = (None, 443, 80, 88, 8443)
"""The ports to which Telegram brings things."""
LAST_PORT: Final = 65535
PROJECT: Final = Path(__file__).parents[1]
"""What a relative path begins at, wherever a command is given: its data are the same."""
ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?")
"""A site as a browser names it: no path, no slash at the end, no star for everybody."""
REDIS: Final = ("redis://", "rediss://")


class Settings(BaseSettings):
    """Every setting is `INSTAP_<NAME>`; `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_prefix="INSTAP_",
        env_file=PROJECT / ".env",
        extra="ignore",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,  # an error about a setting would show its password
    )

    env: Literal["development", "production"] = "development"
    var: Path = Path("var")
    port: int = Field(8080, ge=1, le=65535)
    host: str = "127.0.0.1"
    rasa_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    gateways: int = Field(1, ge=1, le=16)
    shards: int = Field(1, ge=1, le=16)
    database_url: SecretStr | None = None
    tracker_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    key_file: Path | None = None
    engine_secret: SecretStr | None = None
    models: Path = Path("models")
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    public_url: str | None = None
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxy: str = "127.0.0.1"
    smtp_url: SecretStr | None = None
    coordinator_email: EmailStr | None = None
    now: datetime | None = None
    now_since: datetime | None = None

    @model_validator(mode="before")
    @classmethod
    def _split_and_drop_empty(cls, values: dict[str, object]) -> dict[str, object]:
        """An empty setting is a setting that is not there; origins are a comma-separated list."""
        kept = {name: value for name, value in values.items() if value != ""}
        origins = kept.get("origins")
        if isinstance(origins, str):
            kept["origins"] = tuple(part.strip() for part in origins.split(",") if part.strip())
        return kept

    @model_validator(mode="after")
    def _check(self) -> "Settings":
        if self.now is not None and self.env == "production":
            raise ValueError("INSTAP_NOW is for tests and demonstrations, not for production")
        if self.now is not None and self.now.tzinfo is None:
            raise ValueError("INSTAP_NOW needs a time zone, like 2026-11-23T12:00:00+01:00")
        if self.telegram_mode == "webhook" and not self._telegram_can_come():
            raise ValueError(
                "INSTAP_TELEGRAM_MODE=webhook needs INSTAP_PUBLIC_URL, like https://bot.example.nl "
                "(https, on port 443, 80, 88 or 8443)"
            )
        if self.redis_url and not self.redis_url.get_secret_value().startswith(REDIS):
            raise ValueError("INSTAP_REDIS_URL is like redis://:password@host:6379/0, or rediss://")
        if self.gateways > 1 and not self.database().startswith("postgresql"):
            raise ValueError("INSTAP_GATEWAYS above 1 needs PostgreSQL: set INSTAP_DATABASE_URL")
        if wrong := [each for each in self.origins if not ORIGIN.fullmatch(each)]:
            raise ValueError(f"INSTAP_ORIGINS names sites, like https://www.example.nl: {wrong}")
        ports = [*self.gateway_ports(), *self.engine_ports(), self.actions_port]
        if len(set(ports)) < len(ports) or max(ports) > LAST_PORT:
            raise ValueError(f"these ports are not free for all of us: {sorted(ports)}")
        return self

    @field_validator("var", "key_file", "models")
    @classmethod
    def _in_the_project(cls, value: Path | None) -> Path | None:
        return None if value is None else PROJECT / value.expanduser()

    @field_validator("trusted_proxy")
    @classmethod
    def _is_somewhere(cls, value: str) -> str:
        """One address or network; a star or the whole world would believe any visitor."""
        try:
            is_narrow = ip_network(value).prefixlen > 0
        except ValueError:
            is_narrow = False
        if not is_narrow:
            raise ValueError("INSTAP_TRUSTED_PROXY is one address or network, like 172.30.80.1")
        return value

    @model_validator(mode="after")
    def _key_lies_apart(self) -> "Settings":
        """Who gets hold of the data folder may not have the key of it as well."""
        is_inside = self.key_path().resolve().is_relative_to(self.var.resolve())
        if self.env == "production" and is_inside:
            raise ValueError(
                "INSTAP_KEY_FILE: in productie ligt de sleutel buiten INSTAP_VAR, "
                "niet bij de gegevens die ermee gesloten zijn"
            )
        return self

    def gateway_ports(self) -> range:
        """The ports of the gateways, one after another."""
        return range(self.port, self.port + self.gateways)

    def engine_ports(self) -> range:
        """The ports of the engines by shard, one after another."""
        return range(self.rasa_port, self.rasa_port + self.shards)

    def _telegram_can_come(self) -> bool:
        """Whether the public address is one that Telegram takes; plain http only for trying out."""
        parts = urlsplit(self.public_url or "")
        if parts.scheme == "http":
            return self.env == "development" and parts.hostname == "127.0.0.1"
        is_there = parts.scheme == "https" and bool(parts.hostname)
        return is_there and parts.port in PORTS_OF_TELEGRAM

    def website(self) -> str | None:
        """Where visitors find the website; on a machine of one's own that is the gateway itself."""
        if self.public_url is None and self.env == "development":
            return f"http://{self.host}:{self.port}"
        return self.public_url

    def telegram_address(self) -> str | None:
        """Where Telegram brings what people send; None when we ask for it."""
        return self.public_url if self.telegram_mode == "webhook" else None

    def database(self) -> str:
        """The address of the leads database, for an asynchronous driver."""
        if self.database_url is None:
            return f"sqlite+aiosqlite:///{self.var.resolve() / 'instap.db'}"
        return async_url(self.database_url.get_secret_value())

    def tracker(self) -> str:
        """The address of the engine's own store of conversations (no personal data in it)."""
        if self.tracker_url is None:
            return f"sqlite:///{self.var.resolve() / 'tracker.db'}"
        return self.tracker_url.get_secret_value()

    def key_path(self) -> Path:
        """Where the key of the personal data lies."""
        return self.key_file or self.var / "instap.key"


def async_url(url: str) -> str:
    """The same database, reached through an asynchronous driver."""
    for plain, driver in (
        ("postgresql://", "postgresql+asyncpg://"),
        ("postgresql+psycopg2://", "postgresql+asyncpg://"),
        ("postgres://", "postgresql+asyncpg://"),
        ("sqlite://", "sqlite+aiosqlite://"),
    ):
        if url.startswith(plain):
            return driver + url.removeprefix(plain)
    return url
