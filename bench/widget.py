"""How heavy the widget is, and how long a visitor with a slow line waits for it.

The line and the machine are those of the comparison that the widget was chosen by: 1.6 Mbit/s,
150 ms, a processor that is four times slower; the whole house answers.
"""

import gzip
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.support.house import running_house

RESULT: Final = Path("bench/results/widget.json")
BUILT: Final = Path("bot/widget/dist/instap.js")
RUNS: Final = 5
SLOW: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 1.6e6 / 8,
}
SLOWER: Final = 4
READY: Final = "instap-chat >> .launcher"
LOG: Final = "instap-chat >> [role=log] .turn"
OTHERS: Final[Mapping[str, tuple[float, float, float]]] = {
    "own prototype": (2.8, 4.4, 1.1),
    "deep-chat": (124, 127, 1.7),
    "botframework-webchat": (483, 479, 5.9),
    "carbon ai-chat": (608, 608, 7.7),
}
"""KB of script, KB fetched, seconds until ready on the slow line; measured in November 2026."""


OF_OTHERS: Final = "(open panel: own prototype 0, deep-chat 2, botframework 0, carbon 1)"


def sizes() -> dict[str, int]:
    """Bytes of the one file, as it is and as it travels."""
    content = BUILT.read_bytes()
    return {"bytes": len(content), "gzip": len(gzip.compress(content, 9))}


@contextmanager
def opened(browser: Browser, *, slow: bool) -> Iterator[tuple[Page, CDPSession]]:
    """A page with nothing in its cache, on a slow line or not."""
    context = browser.new_context()
    page = context.new_page()
    inside = context.new_cdp_session(page)
    inside.send("Network.enable")
    if slow:
        inside.send("Network.emulateNetworkConditions", SLOW)
        inside.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield page, inside
    finally:
        context.close()


def visit(browser: Browser, url: str, *, slow: bool) -> dict[str, float]:
    """Seconds until the launcher is there and until the first words are; bytes for the widget."""
    with opened(browser, slow=slow) as (page, inside):
        fetched: dict[str, float] = {}
        addresses: dict[str, str] = {}
        inside.on(
            "Network.responseReceived",
            lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
        )
        inside.on(
            "Network.loadingFinished",
            lambda event: fetched.update({event["requestId"]: event["encodedDataLength"]}),
        )
        page.goto(url, wait_until="commit")
        page.locator(READY).wait_for()
        ready = page.evaluate("performance.now()") / 1000
        page.locator(READY).click()
        page.locator(LOG).first.wait_for()
        talks = page.evaluate("performance.now()") / 1000
        ours = ("/widget/instap.js", "/api/v1/")
        size = sum(
            fetched.get(name, 0)
            for name, address in addresses.items()
            if any(part in address for part in ours)
        )
    return {"ready_s": ready, "talks_s": talks, "fetched": size}


def median_of(visits: list[dict[str, float]]) -> dict[str, float]:
    """The middle of every figure."""
    return {name: round(statistics.median(v[name] for v in visits), 3) for name in visits[0]}


def accessibility() -> dict[str, int]:
    """How many states axe judged, and in how many it found something wrong."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "tests/widget/test_axe.py"], capture_output=True, text=True, check=False
    )
    return {
        "states": len(re.findall(r"axe, [^:]+: \d+ rules pass", done.stdout)),
        "states_with_violations": len(re.findall(r"^FAILED", done.stdout, re.MULTILINE)),
    }


def measure() -> dict[str, Any]:
    """Sizes, and visits on a fast and on a slow line."""
    found: dict[str, Any] = {"size": sizes(), "axe": accessibility()}
    chromium = shutil.which("chromium") or ""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder)) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for name, slow in (("loopback", False), ("slow_line", True)):
            visits = [visit(browser, house.url, slow=slow) for _ in range(RUNS)]
            found[name] = median_of(visits)
        browser.close()
    found["machine"] = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    return found


def main() -> None:
    """Measure, keep and print beside the others."""
    found = measure()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n")
    rows = {
        name: f"{script:8.1f} {fetched:8.1f} {ready:8.1f}"
        for name, (script, fetched, ready) in OTHERS.items()
    }
    ours = found["size"]["gzip"] / 1000, found["slow_line"]["fetched"] / 1000
    rows["Instap"] = f"{ours[0]:8.1f} {ours[1]:8.1f} {found['slow_line']['ready_s']:8.1f}"
    print(f"{'widget':24} {'KB gz':>8} {'fetched':>8} {'ready s':>8}  (1.6 Mbit/s, 150 ms, CPU 4x)")
    for name, row in rows.items():
        print(f"{name:24} {row}")
    axe = found["axe"]
    print(
        f"axe: violations in {axe['states_with_violations']} of {axe['states']} states {OF_OTHERS}"
    )


if __name__ == "__main__":
    main()
