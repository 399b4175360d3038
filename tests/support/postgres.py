"""A PostgreSQL of our own, in a temporary folder, on a free port of loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`, newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if folders:
        return folders[0].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def free_row(count: int) -> int:
    """The first of so many ports in a row that nobody listens on."""
    while True:
        first = free_port()
        with ExitStack() as probes:
            try:
                for port in range(first, first + count):
                    probe = probes.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError):
                continue
        return first


@dataclass
class Cluster:
    """A server with its data in one folder; it can end and come back."""

    programs: Path
    folder: Path
    port: int
    as_user: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"postgresql://instap@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Lay down an empty one."""
        options = ("--auth=trust", "--username=instap", "--encoding=UTF8", "--no-sync")
        self._call("initdb", *options)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off"
        self._call("pg_ctl", "-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def stop(self) -> None:
        """End it at once, as a power cut does."""
        self._call("pg_ctl", "-m", "immediate", "-w", "stop")

    def _call(self, program: str, *words: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *words]
        subprocess.run([*self.as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def running_cluster(bin_folder: Path) -> Iterator[Cluster]:
    """Start a cluster; stop and remove it."""
    cluster = Cluster(bin_folder, Path(tempfile.mkdtemp(prefix="instap-pg-")), free_port())
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(cluster.folder, owner.pw_uid, owner.pw_gid)
        ids = (f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}")
        cluster.as_user = ["setpriv", *ids, "--clear-groups"]
    cluster.make()
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(cluster.folder, ignore_errors=True)


@contextmanager
def running_postgres(bin_folder: Path) -> Iterator[str]:
    """The address of a cluster that runs until the end of this block."""
    with running_cluster(bin_folder) as cluster:
        yield cluster.url
