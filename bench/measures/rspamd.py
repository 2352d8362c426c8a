"""rspamd as a peer: its own server, local rules only, its CPU time taken from the kernel's books."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from bench.pairs import FailedError, Job, Used, run
from bench.setting import Setting, which

SWITCHED_OFF = (
    "rbl surbl spf dmarc arc asn fuzzy_check neural greylist ratelimit history_redis dkim dkim_signing "
    "mx_check phishing replies url_redirector antivirus reputation clickhouse elastic mid "
    "milter_headers once_received emails forged_recipients hfilter p0f rspamd_update spamtrap dcc "
    "metadata_exporter"
)
"""What asks the network or keeps a memory: it would measure the wire instead of the judging."""

PATIENCE = 180  # seconds until it answers: it reads all its rules first
WARM_UP = 30  # seconds more until its patterns are compiled
TICKS = os.sysconf("SC_CLK_TCK")


def _configured(folder: Path, port: int) -> list[str]:
    """Copy the system's configuration, switch off what is named above, and return the command."""
    conf = folder / "conf"
    shutil.copytree("/etc/rspamd", conf, dirs_exist_ok=True)
    local = conf / "local.d"
    local.mkdir(exist_ok=True)
    for name in SWITCHED_OFF.split():
        (local / f"{name}.conf").write_text("enabled = false;\n", encoding="utf-8")
    (local / "options.inc").write_text(
        'dns { nameserver = ["127.0.0.1:1:1"]; timeout = 0.05s; retransmits = 1; }\n'
        "disable_monitoring = true;\n"
        f'control_socket = "{folder}/control.sock mode=0600";\n',
        encoding="utf-8",
    )
    worker = f'bind_socket = "127.0.0.1:{port}";\ncount = 1;\n'
    (local / "worker-normal.inc").write_text(worker, encoding="utf-8")
    for name in ("worker-controller.inc", "worker-proxy.inc", "worker-fuzzy.inc"):
        (local / name).write_text("enabled = false;\n", encoding="utf-8")
    (conf / "statistic.conf").write_text("", encoding="utf-8")
    for name in ("db", "run", "log"):
        (folder / name).mkdir(exist_ok=True)
    user = ["-u", "_rspamd", "-g", "_rspamd"] if os.geteuid() == 0 else []
    places = {"CONFDIR": conf, "LOCAL_CONFDIR": conf, "DBDIR": folder / "db", "RUNDIR": folder / "run"}
    places["LOGDIR"] = folder / "log"
    options = [f"--var={name}={path}" for name, path in places.items()]
    return [which("rspamd") or "rspamd", "-f", "-i", *user, "-c", str(conf / "rspamd.conf"), *options]


@contextmanager
def _server(bench: Setting) -> Iterator[tuple[int, int]]:
    """Run rspamd; yield its port and the pid of the process we started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    folder = Path(mkdtemp(prefix="rspamd-", dir=bench.scratch))
    command = _configured(folder, port)
    if os.geteuid() == 0:
        bench.scratch.chmod(0o711)
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "_rspamd", "_rspamd")
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(server, port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(10)


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until rspamd answers, and then for its compiling helper; it must not end meanwhile."""
    for second in range(PATIENCE):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        with suppress(subprocess.TimeoutExpired):
            raise FailedError(f"rspamd ended with {server.wait(1)} after {second} s")
    else:
        raise FailedError(f"rspamd did not answer within {PATIENCE} s")
    time.sleep(WARM_UP)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and all its children, as the kernel counts them."""
    fields = (
        Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    )
    own = (int(fields[11]) + int(fields[12])) / TICKS
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own + sum(cpu_of(int(child)) for child in children)


@contextmanager
def serving(bench: Setting, folder: Path) -> Iterator[Callable[[], Used]]:
    """Run rspamd; yield what lets it judge all mails of a folder once."""
    with _server(bench) as (port, pid):
        client = which("rspamc") or "rspamc"
        ask = Job("rspamc", [client, "-h", f"127.0.0.1:{port}", "-n", "8", "symbols", folder])

        def judge() -> Used:
            begin = cpu_of(pid)
            asked = run(ask)
            return Used(cpu_of(pid) - begin, asked.wall, 0)

        yield judge
