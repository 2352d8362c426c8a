"""Measures the litmus test: `python -m training.evaluate` prints every figure we quote.

Nothing is judged by what was learned from it: files are held out whole, or families
(near-duplicates and contrast groups) stay together. A bag of words runs beside it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from anlass.litmus.minutes import durations, surroundings
from anlass.litmus.shipped import load_panel, panel_of
from training.baseline import bag_of_words
from training.corpus import Item, load
from training.families import families
from training.fit import Floats, present, yes_or_no
from training.train import MINUTES_STRENGTH, RIGHT, TARGET, f1, thresholds
from training.views import (
    ASKS,
    QUESTIONS,
    VERDICTS,
    Letters,
    Matrices,
    Predicted,
    all_sentences,
    blend,
    calibrate,
    cut,
    fit_views,
    held_out,
    held_out_moves,
    matrices,
    predict,
    sure_from,
)

Labels = NDArray[np.int_]
REASON, ASK, HOLLOW = range(3)


def main() -> None:
    """Print everything."""
    items = load()
    letters = cut(items)
    sentences = all_sentences(letters)
    both = matrices(letters, sentences, held_out_moves(letters, sentences))
    predicted = held_out(letters, both)
    words = bag_of_words(items, letters.folds)
    sharpness, _ = calibrate(predicted, letters.verdicts)
    ours = crossed(letters, predicted)
    by_file(
        letters,
        {
            "anlass": ours,
            "words view": predicted.words,
            "moves view": predicted.traits,
            "bag of words": words,
        },
    )
    by_family(letters, both)
    by_contrast(letters, {"anlass": ours, "bag of words": words})
    confusions(letters, ours)
    calibration(letters, ours)
    coverage(letters, predicted)
    other_answers(letters, predicted)
    minutes(items)
    speed(items)
    print(f"\nblend: sharpness {sharpness}")


def crossed(letters: Letters, predicted: Predicted) -> Floats:
    """Blended probabilities; each file's calibration comes from the other files."""
    found = np.zeros((len(letters.items), 3))
    for fold in sorted(set(letters.folds)):
        test = letters.folds == fold
        rest = Predicted(
            predicted.words[~test], predicted.traits[~test], predicted.asks[~test], predicted.questions[~test]
        )
        sharpness, shift = calibrate(rest, letters.verdicts[~test])
        found[test] = blend(predicted.words[test], predicted.traits[test], sharpness, shift)
    return found


def macro_f1(truth: Labels, said: Labels) -> float:
    """The mean of the F1 of the three verdicts."""
    return float(np.mean([f1(truth == verdict, said == verdict) for verdict in range(3)]))


def by_file(letters: Letters, views: dict[str, Floats]) -> None:
    """Transfer from file to file: each file judged by what the others teach."""
    print("macro-F1, each file held out")
    folds = sorted(set(letters.folds))
    print(f"{'file':12}" + "".join(f"{name:>14}" for name in views))
    rows = []
    for fold in folds:
        test = letters.folds == fold
        scores = [macro_f1(letters.verdicts[test], found[test].argmax(1)) for found in views.values()]
        rows.append(scores)
        print(f"{fold:12}" + "".join(f"{score:14.3f}" for score in scores))
    print(f"{'mean':12}" + "".join(f"{score:14.3f}" for score in np.mean(rows, 0)))
    print(f"{'worst':12}" + "".join(f"{score:14.3f}" for score in np.min(rows, 0)))
    for lang in ("de", "en"):
        test = np.array([item.lang == lang for item in letters.items])
        scores = [macro_f1(letters.verdicts[test], found[test].argmax(1)) for found in views.values()]
        print(f"{lang:12}" + "".join(f"{score:14.3f}" for score in scores))


def by_family(letters: Letters, both: Matrices) -> None:
    """Cross-validation over all files at once, families together."""
    groups = families(letters.items)
    count = len(letters.items)
    out = Predicted(
        np.zeros((count, 3)), np.zeros((count, 3)), np.zeros(count, int), np.zeros((count, len(QUESTIONS)))
    )
    for known, test in GroupKFold(5).split(np.zeros(count), groups=groups):
        is_known, is_test = np.zeros(count, bool), np.zeros(count, bool)
        is_known[known], is_test[test] = True, True
        predict(both, fit_views(letters, both, is_known), is_test, out)
    said = blend(out.words, out.traits, 1.0, np.zeros(3)).argmax(1)
    print("\nmacro-F1, five parts, families together")
    for lang in ("de", "en"):
        test = np.array([item.lang == lang for item in letters.items])
        print(f"{lang:12}{macro_f1(letters.verdicts[test], said[test]):14.3f}")


def by_contrast(letters: Letters, views: dict[str, Floats]) -> None:
    """Groups of one situation with and without its reason: how often every version is right."""
    print("\ncontrast groups with every version right, file held out")
    families_ = [item.family for item in letters.items]
    contrast = sorted({item.family for item in letters.items if item.is_contrast})
    for name, found in views.items():
        right = found.argmax(1) == letters.verdicts
        whole = dict.fromkeys(contrast, True)
        for family, good in zip(families_, right, strict=True):
            if family in whole:
                whole[family] &= bool(good)
        print(f"{name:14}{sum(whole.values())} of {len(whole)} ({sum(whole.values()) / len(whole):.2f})")


def confusions(letters: Letters, found: Floats) -> None:
    """What is called what, and how many reasons are called hollow."""
    said = found.argmax(1)
    print("\nwhat is called what (rows: truth)")
    print(f"{'':12}" + "".join(f"{verdict:>10}" for verdict in VERDICTS))
    for verdict in range(3):
        row = [int(((letters.verdicts == verdict) & (said == other)).sum()) for other in range(3)]
        print(f"{VERDICTS[verdict]:12}" + "".join(f"{count:10d}" for count in row))
    reasons = letters.verdicts == REASON
    print(f"reasons called hollow: {(said[reasons] == HOLLOW).mean():.3f}")


def calibration(letters: Letters, found: Floats) -> None:
    """Whether a probability of nine in ten is right nine times in ten."""
    confidence, right = found.max(1), found.argmax(1) == letters.verdicts
    print("\ncalibration, file held out")
    error = 0.0
    for low in np.arange(0.3, 1.0, 0.1):
        inside = (confidence > low) & (confidence <= low + 0.1)
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
            said, was = confidence[inside].mean(), right[inside].mean()
            print(f"{low:.1f} to {low + 0.1:.1f}: {inside.sum():5d} said {said:.3f} right {was:.3f}")
    print(f"expected calibration error {error:.3f}")


def coverage(letters: Letters, predicted: Predicted) -> None:
    """Where it is sure: how often is it right, and on how many; thresholds from the other files."""
    print(f"\nwhere it is sure (aim {RIGHT:.2f}, threshold from the other files)")
    for fold in [*sorted(set(letters.folds)), "all"]:
        tests = [f for f in sorted(set(letters.folds)) if fold in {f, "all"}]
        right, sure, hollow = [], [], []
        for test_fold in tests:
            test = letters.folds == test_fold
            rest = Predicted(
                predicted.words[~test],
                predicted.traits[~test],
                predicted.asks[~test],
                predicted.questions[~test],
            )
            sharpness, shift = calibrate(rest, letters.verdicts[~test])
            known = blend(rest.words, rest.traits, sharpness, shift)
            threshold = sure_from(known, letters.verdicts[~test], RIGHT)
            found = blend(predicted.words[test], predicted.traits[test], sharpness, shift)
            truth = letters.verdicts[test]
            sure.extend(found.max(1) >= threshold)
            right.extend(found.argmax(1) == truth)
            hollow.extend((truth == REASON) & (found.argmax(1) == HOLLOW))
        is_sure, is_right, is_bad = np.array(sure), np.array(right), np.array(hollow)
        print(
            f"{fold:12} sure {is_sure.mean():.2f}  right where sure {is_right[is_sure].mean():.3f}"
            f"  reason called hollow where sure {is_bad[is_sure].mean():.3f}"
        )


def other_answers(letters: Letters, predicted: Predicted) -> None:
    """The five questions and what is asked."""
    print("\nanswers, file held out")
    marked = np.array([item.answers is not None for item in letters.items])
    at = thresholds(letters, predicted)
    for column, question in enumerate(QUESTIONS):
        truth = np.array([question in (item.answers or ()) for item in letters.items])[marked]
        said = predicted.questions[marked, column] >= at[question]
        print(f"{question.value:12} F1 {f1(truth, said):.3f} accuracy {(truth == said).mean():.3f}")
    asks = np.array([ASKS.index(item.asks) for item in letters.items])
    print(f"{'asks':12} accuracy {(asks == predicted.asks).mean():.3f}")


def minutes(items: Sequence[Item]) -> None:
    """The minutes asked, each file held out."""
    rows, labels, owners, folds = [], [], [], []
    for index, item in enumerate(items):
        for found in durations(item.request.text) if item.answers is not None else ():
            rows.append(surroundings(item.request.text, found))
            labels.append([found.minutes == item.minutes])
            owners.append((index, found.minutes))
            folds.append(item.fold)
    seen, truth, where = present(rows, range(len(rows)), 1), np.array(labels), np.array(folds)
    best: dict[int, tuple[float, int]] = {}
    for fold in sorted(set(folds)):
        weights, bias = yes_or_no(seen.matrix[where != fold], truth[where != fold], MINUTES_STRENGTH)
        for row in np.flatnonzero(where == fold):
            wish = float((seen.matrix[[row]] @ weights + bias)[0, 0])
            index, size = owners[row]
            if wish > 0 and wish > best.get(index, (0.0, 0))[0]:
                best[index] = (wish, size)
    said = {index: size for index, (_, size) in best.items()}
    marked = [index for index, item in enumerate(items) if item.answers is not None]
    right = [said.get(index) == items[index].minutes for index in marked]
    written = [said.get(index) == items[index].minutes for index in marked if items[index].minutes]
    share = f"where some are asked {np.mean(written):.3f} of {len(written)}"
    print(f"{'minutes':12} accuracy {np.mean(right):.3f}, {share}")


def speed(items: Sequence[Item]) -> None:
    """Requests a second on one core, and how long loading takes."""
    started = time.perf_counter()
    panel_of(TARGET.read_text(encoding="utf-8"))
    loaded = time.perf_counter() - started
    panel = load_panel()
    requests = [item.request for item in items]
    for request in requests[:200]:
        panel.read(request)
    started = time.process_time()
    for request in requests:
        panel.read(request)
    took = time.process_time() - started
    print(f"\nspeed: {len(requests) / took:.0f} requests a second, loaded in {loaded * 1000:.0f} ms")


if __name__ == "__main__":
    main()
