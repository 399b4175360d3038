"""What the table of security requirements says of the proxy."""

import re
from pathlib import Path

PROXY = (Path(__file__).parents[2] / "ops/nginx/instap.conf").read_text()


def test_the_proxy_says_to_come_by_https_only() -> None:
    found = re.findall(r'Strict-Transport-Security "max-age=(\d+)" always', PROXY)
    assert found and min(map(int, found)) >= 31_536_000
    versions = re.findall(r"ssl_protocols ([^;]+);", PROXY)
    assert versions and set(" ".join(versions).split()) <= {"TLSv1.2", "TLSv1.3"}
    assert re.search(r"return 30[18] https://", PROXY)
