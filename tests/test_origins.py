"""Sites that may embed the widget are named in full."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.mark.parametrize(
    "origins",
    ["*", "https://*.example.nl", "www.example.nl", "https://www.example.nl/", "HTTPS://A.NL"],
)
def test_a_star_or_half_an_address_is_refused(origins: str) -> None:
    with pytest.raises(ValidationError, match="INSTAP_ORIGINS"):
        Settings(_env_file=None, origins=f"https://a.example.nl,{origins}")


def test_names_in_full_are_taken() -> None:
    settings = Settings(_env_file=None, origins=" https://www.example.nl, http://127.0.0.1:8000 ")
    assert settings.origins == ("https://www.example.nl", "http://127.0.0.1:8000")
