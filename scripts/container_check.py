"""Does the steps of deploy/Containerfile where no container engine is: in bare root file systems, as root.

python scripts/container_check.py FOLDER [MIRROR]

FOLDER gets a Debian (by debootstrap, once) and the two stages; needs root, 3 GB and a network. Then the
program runs as the container would run it: another user, a root that nobody can write to, one volume; and
is asked whether it lives, and for what it must not be able to do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUITE = "bookworm"
_OURS = re.compile(r"PIP_(?!CONFIG)\w+|\w+_proxy|\w+_PROXY")
"""What of this machine's environment a build may need: the way to packages."""
_TRIAL = """
set -e
mount --make-rprivate /
mount --bind {root} {root}
mount -t tmpfs tmpfs {root}/tmp
mkdir -p {root}/dev/shm
mount -t tmpfs tmpfs {root}/dev/shm
mount -t proc proc {root}/proc
mount --bind {volume} {root}/data
mount -o remount,ro,bind {root}
chroot --userspec={user}:{user} {root} /usr/bin/env -i {environment} sh -c '
  cd /data
  echo "who: $(id -un) $(id -u)"
  touch /opt/anlass/mine 2>/dev/null && echo "root: open" || echo "root: shut"
  anlass --version
  anlass serve >/tmp/said 2>&1 & server=$!
  for i in $(seq 120); do {health} 2>/dev/null && break; sleep 0.5; done
  {health} && echo "health: 0" || cat /tmp/said
  grep -o http://.* /tmp/said | sed "s/token=.*/token=.../"
  kill $server; wait $server || true
  anlass doctor --json | head -1
  {health} 2>/dev/null && echo "health afterwards: 0" || echo "health afterwards: not"
  ls /data
'
"""


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Containerfile, each on one line, without comments."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", " ").splitlines()
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines if line.strip())]


class Stages:
    """The root file systems of a build, and what the last one says of running it."""

    def __init__(self, folder: Path, base: Path) -> None:
        self.folder, self.base = folder, base
        self.root, self.names = folder, dict[str, Path]()
        self.said: dict[str, str] = {}

    def do(self, word: str, rest: str) -> None:
        """Do one instruction."""
        print(word, rest[:100], flush=True)
        if word == "FROM":
            self._begin(rest)
        elif word == "RUN":
            self._in_root(rest)
        elif word == "COPY":
            self._copy(rest.split())
        else:
            self.said[word] = f"{self.said.get(word, '')} {rest}".strip()

    def _begin(self, rest: str) -> None:
        name = rest.rpartition(" AS ")[2] if " AS " in rest else "last"
        self.root, self.names[name] = self.folder / name, self.folder / name
        shutil.rmtree(self.root, ignore_errors=True)
        subprocess.run(["cp", "-a", self.base, self.root], check=True)

    def _copy(self, words: list[str]) -> None:
        come_from = ROOT
        if words[0].startswith("--from="):
            come_from = self.names[words.pop(0).removeprefix("--from=")]
        target = self.root / words[-1].lstrip("/")
        for word in words[:-1]:
            source = come_from / word.lstrip("/")
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
            else:
                target.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)

    def _in_root(self, command: str) -> None:
        for name in ("resolv.conf", "hosts", "ssl/certs/ca-certificates.crt"):
            if Path("/etc", name).exists() and (self.root / "etc" / name).parent.is_dir():
                shutil.copy2(Path("/etc", name), self.root / "etc" / name)
        way = {key: value for key, value in os.environ.items() if _OURS.fullmatch(key)}
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", **way}
        subprocess.run(["chroot", self.root, "sh", "-ec", command], env=environment, check=True)


def trial(stages: Stages) -> str:
    """Run what was built as the container would, and return what was seen."""
    volume = stages.folder / "volume"
    shutil.rmtree(volume, ignore_errors=True)
    shutil.copytree(stages.root / "data", volume)
    owner = (stages.root / "data").stat()
    os.chown(volume, owner.st_uid, owner.st_gid)
    volume.chmod(owner.st_mode & 0o777)
    words = json.loads(stages.said["HEALTHCHECK"].partition("CMD ")[2])
    health = " ".join('"' + word.replace("'", '\\"') + '"' if " " in word else word for word in words)
    script = _TRIAL.format(
        root=stages.root,
        volume=volume,
        user=stages.said["USER"],
        environment=stages.said["ENV"],
        health=health.replace('\\"', "'\"'\"'"),
    )
    done = subprocess.run(
        ["unshare", "-m", "-p", "-f", "sh", "-c", script], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def main(words: list[str]) -> None:
    """Make what is needed, build, try."""
    if not words or os.geteuid() != 0:
        raise SystemExit(__doc__)
    folder, mirror = Path(words[0]).resolve(), words[1:2]  # without one debootstrap takes its own
    folder.mkdir(parents=True, exist_ok=True)
    base = folder / "base"
    if not base.exists():
        subprocess.run(["debootstrap", "--variant=minbase", SUITE, base, *mirror], check=True)
    stages = Stages(folder, base)
    for word, rest in instructions():
        stages.do(word, rest)
    print(trial(stages))


if __name__ == "__main__":
    main(sys.argv[1:])
