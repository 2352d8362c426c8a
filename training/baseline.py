"""What we have to beat: a bag of words and characters with logistic regression."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from training.corpus import Item
from training.fit import Floats, Truth, each_or_not, softmax
from training.views import VERDICTS


def bag_of_words(items: Sequence[Item], test: Truth) -> Floats:
    """Probabilities for the items under test by what the others teach."""
    texts = np.array([f"{item.request.subject or ''}\n{item.request.text}" for item in items], object)
    truth = np.array([VERDICTS.index(item.verdict) for item in items])
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    taught = hstack([view.fit_transform(texts[~test]) for view in (words, letters)]).tocsr()
    asked = hstack([view.transform(texts[test]) for view in (words, letters)]).tocsr()
    weights, bias = each_or_not(taught, truth[~test], len(VERDICTS), 5.0, balanced=True)
    return softmax(asked @ weights + bias)
