"""The trainer: the same bytes every time, and weights that belong to the corpus."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from anlass.litmus.reading import Verdict
from training.corpus import digest, load
from training.families import families
from training.train import TARGET

ROOT = Path(__file__).parents[3]


def test_the_shipped_weights_were_trained_on_this_corpus() -> None:
    """Whoever changes the corpus trains again."""
    told = json.loads((TARGET / "weights.json").read_text("utf-8"))
    assert told["trained_on"] == digest()
    assert told["rows"] == {
        name: sha256((TARGET / name).read_bytes()).hexdigest() for name in ("names.txt", "weights.npz")
    }


def test_every_item_can_be_read_and_no_id_comes_twice() -> None:
    """All files of the corpus load, with known verdicts and different ids."""
    items = load()
    assert len({item.id for item in items}) == len(items)
    assert {item.verdict for item in items} == set(Verdict)


def test_what_is_nearly_the_same_stays_together() -> None:
    """A contrast group is one family, and so is a text with one word changed."""
    items = load()
    found = dict(zip((item.id for item in items), families(items), strict=True))
    grouped: dict[str, set[str]] = {}
    for item in items:
        if item.is_contrast:
            grouped.setdefault(item.family, set()).add(found[item.id])
    assert all(len(names) == 1 for names in grouped.values())


@pytest.mark.slow
def test_training_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    """Slow because it trains twice, on a part of the corpus, under different orders of sets."""
    program = (
        "import sys; from pathlib import Path; from training.corpus import load;"
        " from training.train import train; train(load()[::24], Path(sys.argv[1]))"
    )
    folders = [tmp_path / seed for seed in ("1", "2")]
    for folder in folders:
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", program, folder],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": folder.name, "OMP_NUM_THREADS": "1"},
            check=True,
        )
    written = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert {name for name, found in written[0].items() if len(found) > 10_000} == {
        "names.txt",
        "weights.json",
        "weights.npz",
    }
    assert written[0] == written[1]
