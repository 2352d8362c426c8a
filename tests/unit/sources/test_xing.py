"""XING tables as tools left them: people with addresses, no encounters, nobody guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.sources import Bearings, NoTrace
from anlass.sources.xing import Xing

FILES = Path(__file__).parents[2] / "networks" / "xing"
BEARINGS = Bearings(frozenset({"olga@home.example"}), datetime(2026, 11, 22, tzinfo=UTC))


def xing(slug: str) -> Address:
    """Return a profile."""
    return Address(AddressKind.XING, f"https://www.xing.com/profile/{slug}")


def test_table_of_a_tool_in_english() -> None:
    """Semicolons, a note over two lines that is not kept, the last name called name."""
    path = FILES / "XingNetwork.csv"
    assert Xing().knows(str(path), path.read_bytes())
    assert list(Xing().read(str(path), BEARINGS)) == [
        Trace(
            "Erika Beispiel",
            (xing("erika_beispiel"),),
            "XingNetwork.csv, line 2",
            about="Leiterin, Muster & Co",
        ),
        Trace("Jürgen Müßig", (xing("juergen_muessig2"),), "XingNetwork.csv, line 4"),
    ]


def test_table_in_german_with_tabs_and_an_old_coding() -> None:
    """Both addresses and the day of the contact are kept; a row without a name is named."""
    path = FILES / "kontakte.tsv"
    assert Xing().knows(str(path), path.read_bytes())
    nora, joerg, nobody = Xing().read(str(path), BEARINGS)
    assert isinstance(nora, Trace)
    assert [str(one) for one in nora.addresses] == [
        "https://www.xing.com/profile/nora_still",
        "nora@still.example",
        "nora@home.example",
    ]
    assert (nora.since, nora.encounters, nora.about) == (
        datetime(2011, 5, 3, tzinfo=UTC),
        (),
        "Lotsin, Still AG",
    )
    assert isinstance(joerg, Trace)
    assert (joerg.name, joerg.addresses) == ("Jörg Müßig", ())
    assert isinstance(nobody, SetAside)
    assert (nobody.reason, nobody.origin.offset) == ("nobody", 4)


def test_own_and_network_s_addresses_are_not_learned(tmp_path: Path) -> None:
    """A row never gives a person the owner's address, nor one that passes mail on."""
    path = tmp_path / "xing.csv"
    path.write_text("Nachname,E-Mail,E-Mail privat\nFalk,olga@home.example,mailrobot@mail.xing.com\n")
    (one,) = Xing().read(str(path), BEARINGS)
    assert one == Trace("Falk", (), "xing.csv, line 2")


def test_table_that_does_not_speak_of_xing_is_not_claimed(tmp_path: Path) -> None:
    """Any list of names could be anybody's."""
    assert not Xing().knows("/kontakte.csv", b"Vorname,Nachname\nKai,Falk\n")
    assert not Xing().knows("/xing.csv", b"a,b\n1,2\n")
    path = tmp_path / "xing.csv"
    path.write_text("Vorname,Nachname\n")
    assert list(Xing().read(str(path), BEARINGS)) == [NoTrace("xing.csv", "no_rows")]
