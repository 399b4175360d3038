"""Settings from the environment and `.env`: read once, typed, frozen, secrets out of `repr`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting is `INSTAP_<NAME>`; `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_prefix="INSTAP_",
        env_file=Path(__file__).parents[1] / ".env",
        extra="ignore",
        frozen=True,
    )

    env: Literal["development", "production"] = "development"
    var: Path = Path("var")
    port: int = Field(8080, ge=1, le=65535)
    host: str = "127.0.0.1"
    rasa_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    database_url: SecretStr | None = None
    tracker_url: SecretStr | None = None
    redis_url: SecretStr | None = None
    key_file: Path | None = None
    engine_secret: SecretStr | None = None
    engine_python: Path = Path(".venv-engine/bin/python")
    models: Path = Path("models")
    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    public_url: str | None = None
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    smtp_url: SecretStr | None = None
    now: datetime | None = None

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
        if self.telegram_mode == "webhook":
            raise ValueError("INSTAP_TELEGRAM_MODE=webhook does not work yet: use polling")
        return self

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
        ("postgres://", "postgresql+asyncpg://"),
        ("sqlite://", "sqlite+aiosqlite://"),
    ):
        if url.startswith(plain):
            return driver + url.removeprefix(plain)
    return url
