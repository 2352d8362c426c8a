"""A sentence begins large."""

import pytest

from anlass.languages import capital


@pytest.mark.parametrize(
    ("words", "begun"), [("", ""), ("öfter in Bern", "Öfter in Bern"), ("IBM fragt", "IBM fragt")]
)
def test_only_the_first_letter_changes(words: str, begun: str) -> None:
    assert capital(words) == begun
