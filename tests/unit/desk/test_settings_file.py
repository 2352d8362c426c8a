"""Changes to anlass.toml: what is wanted stands there, and all else as it was written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.desk.house.settings_file import with_values
from anlass.errors import Refused

OWN = """# mine
[server]   # the machine
address = "https://anlass.example.org"

[owner] # me
about = '''
I write
about doors'''  # long
addresses = [
    "olga@home.example",  # first
    "o@work.example",
]
name = "Olga"
country = "DE"
"""


def test_everything_else_stays_as_it_was_written() -> None:
    """New values stand below the head of their section; comments, order and other keys are as before."""
    assert with_values(OWN, "owner", {"about": "Two\nlines", "addresses": ("o@b.example",), "name": ""}) == (
        '# mine\n[server]   # the machine\naddress = "https://anlass.example.org"\n\n[owner] # me\n'
        'about = """\nTwo\nlines"""\naddresses = ["o@b.example"]\ncountry = "DE"\n'
    )


def test_section_that_is_not_there_is_made_at_the_end() -> None:
    """An empty file becomes one section, another gets it below what is there."""
    assert with_values("", "owner", {"name": "Olga"}) == '[owner]\nname = "Olga"\n'
    assert with_values("[mail]\n", "owner", {"name": "Olga"}) == '[mail]\n\n[owner]\nname = "Olga"\n'
    assert with_values("[mail]\n", "owner", {"name": ""}) == "[mail]\n"


@pytest.mark.parametrize(
    "text", ['owner = {name = "Olga", country = "DE"}\n', 'owner.name = "Olga"\nowner.country = "DE"\n']
)
def test_file_written_in_its_own_way_is_not_touched(text: str) -> None:
    """What this cannot change without changing more is refused."""
    with pytest.raises(Refused, match="in its own way"):
        with_values(text, "owner", {"name": "Olga Brandt"})


def printed(text: str) -> str:
    """Return what of a text can be printed."""
    return "".join(c for c in text.replace("\r\n", "\n") if c in "\n\t" or not (c < " " or c == "\x7f"))


@given(
    st.text(), st.lists(st.text(min_size=1), max_size=3).map(tuple), st.sampled_from(["", OWN, "[owner]\n"])
)
def test_what_is_written_is_read_again(about: str, addresses: tuple[str, ...], before: str) -> None:
    """Whatever is typed comes back from the file, without what cannot be printed; the rest stays."""
    after = tomllib.loads(with_values(before, "owner", {"about": about, "addresses": addresses}))
    owner, was = after.pop("owner", {}), tomllib.loads(before)
    assert owner.pop("about", "") == printed(about)
    assert owner.pop("addresses", []) == [seen for one in addresses if (seen := printed(one))]
    rest = {key: value for key, value in was.pop("owner", {}).items() if key not in {"about", "addresses"}}
    assert (owner, after) == (rest, was)
