"""Languages as data: what is missing falls back, what is misspelt is told, and everything can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from Stemmer import algorithms

from anlass.errors import ConfigError
from anlass.languages import Languages, compiled, languages, read_languages
from anlass.languages.language import LISTS
from anlass.litmus.forms import forms_of
from anlass.litmus.reading import FindingKind
from anlass.litmus.shipped import load_phrases, load_speech
from anlass.replies.templates import shipped_templates


def a_house(folder: Path, **files: str) -> Languages:
    """Languages of a folder, each with one `language.toml`."""
    for code, text in files.items():
        (folder / code).mkdir()
        (folder / code / "language.toml").write_text(text, encoding="utf-8")
    listed = f'languages = {list(files)}\nfallback = "{next(iter(files))}"\n'.replace("'", '"')
    (folder / "languages.toml").write_text(listed, encoding="utf-8")
    return read_languages(folder)


def test_a_language_without_a_word_falls_back(tmp_path: Path) -> None:
    """One line in the list is a language; its lists are those of the fallback, and nobody relies on it."""
    house = a_house(tmp_path, aa='relied_on = true\n[names]\ntitles = "don"\n[guess]\nonly = "ja"\n', bb="")
    assert house.of("bb").words("names.titles") == ("don",)
    assert house.of("bb").words("guess.only") == ()
    assert [house.of(code).has("relied_on") for code in ("aa", "bb")] == [True, False]
    assert house.text("bb", "templates.toml") == ""


def test_a_language_nobody_speaks_is_read_as_the_fallback(tmp_path: Path) -> None:
    """Whoever asks for a code that is not listed gets the fallback."""
    house = a_house(tmp_path, aa="", bb="")
    assert house.of("cc") is house.of("aa")
    assert not house.speaks("cc")


def test_lists_of_what_is_mixed_in_are_read_together(tmp_path: Path) -> None:
    """A language names those whose words stand in its letters; its own come first, each once."""
    house = a_house(
        tmp_path,
        aa='mixes = ["bb"]\n[names]\ntitles = "don fra"\n',
        bb='mixes = []\n[names]\ntitles = "fra sor"\n',
    )
    assert house.of("aa").words("names.titles") == ("don", "fra", "sor")
    assert house.of("bb").words("names.titles") == ("fra", "sor")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[names]\ntitels = "don"\n', "aa: names.titels is unknown"),
        ('colour = "red"\n', "aa: colour is unknown"),
        ("[names\n", "aa/language.toml: "),
    ],
)
def test_a_slip_in_a_file_is_told(tmp_path: Path, text: str, problem: str) -> None:
    """A list nobody reads would be a silent loss."""
    with pytest.raises(ConfigError) as caught:
        a_house(tmp_path, aa=text)
    assert [str(found)[: len(problem)] for found in caught.value.problems] == [problem]


def test_a_fallback_that_is_not_listed_is_told(tmp_path: Path) -> None:
    """Without a fallback nothing can fall back."""
    (tmp_path / "languages.toml").write_text('languages = []\nfallback = "aa"\n', encoding="utf-8")
    with pytest.raises(ConfigError):
        read_languages(tmp_path)


@pytest.mark.parametrize("code", languages().spoken)
def test_every_expression_of_a_language_can_be_used(code: str) -> None:
    """No list holds an expression that is none, and the stemmer exists."""
    spoken = languages().of(code)
    for section, names in LISTS.items():
        for name in names.split():
            if section not in {"slips", "names", "guess"}:
                compiled(map(_expression, spoken.words(f"{section}.{name}")))
    assert spoken.stemmer in algorithms()
    assert {*spoken.named} == {"de", "en"}


def _expression(entry: str) -> str:
    """A wording with its minutes before it, as it is compiled."""
    return re.sub(r"^\d+ (?=\S)", "", entry)


def test_every_language_shipped_says_everything() -> None:
    """Sentences for every finding, templates for every form of address, and a list of phrases of its own."""
    speech, templates, phrases = load_speech(), shipped_templates(), load_phrases()
    for code, spoken in languages().spoken.items():
        assert {*speech.sentences[code]} == {*FindingKind}
        forms = [p.register for p in templates.phrases if p.lang == code]
        assert tuple(forms) == spoken.words("address.forms")
        assert languages().text(code, "phrases.toml")
        assert {*phrases[code].lists} <= {*FindingKind}


def test_words_of_a_language_without_a_stemmer_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stem is a help and no need."""
    monkeypatch.setattr("anlass.litmus.forms.algorithms", list)
    monkeypatch.setattr("anlass.litmus.forms._forms", forms_of.__globals__["_forms"].__wrapped__)
    assert forms_of("en")("letters") == "letters"
