"""What the model has no topic for is not answered as another one."""

import pytest

from bot.core.answers.asides import aside_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ik heb een klacht", "complaint"),
        ("Goedemorgen, waar kan ik een klacht indienen?", "complaint"),
        ("houd mij op de hoogte", "keep_informed"),
        ("kunt u mij een berichtje sturen als de datum bekend is?", "keep_informed"),
        ("laat me weten zodra de datum er is", "keep_informed"),
        ("laat me weten wanneer het begint", None),
        ("wanneer is de voorlichtingsavond?", "info_evening"),
        ("is er een open dag?", "info_evening"),
        ("ik wil mijn diploma opsturen", "send_documents"),
        ("ik heb een klacht. wat kost het traject?", None),
        ("is mijn diploma genoeg?", None),
        ("wanneer start de groep?", None),
        ("een open vraag", None),
    ],
)
def test_it_is_recognised_when_a_text_is_about_nothing_else(text: str, name: str | None) -> None:
    assert aside_in(text) == name
