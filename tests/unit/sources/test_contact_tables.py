"""Tables of contacts however they were saved: separators, codings, columns in four languages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from anlass.intake import SetAside
from anlass.ledger.trace import Trace
from anlass.sources import Bearings, NoTrace
from anlass.sources.contacts import ContactTables
from anlass.sources.linkedin import LinkedIn
from anlass.sources.tables import old_coding
from anlass.sources.xing import Xing

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BEARINGS = Bearings(frozenset({"olga@home.example"}), NOW, "DE")
Told = Trace | NoTrace | SetAside
PLAIN = "Name,Mail,Telefon\nJörg Müßig,joerg@m.example,0421 123456\nÄnne Frühauf,aenne@f.example,\n"


def read(folder: Path, content: bytes | str, name: str = "Adressen.csv") -> list[Told]:
    """Return what a table tells."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert ContactTables().knows(str(path), path.read_bytes()[:16_384])
    return list(ContactTables().read(str(path), BEARINGS))


def people(told: list[Told]) -> list[tuple[str, ...]]:
    """Return names with their addresses."""
    return [(one.name, *(a.value for a in one.addresses)) for one in told if isinstance(one, Trace)]


def asides(told: list[Told]) -> list[tuple[int, str]]:
    """Return the rows that are listed, with their reasons."""
    return [(one.origin.offset, one.reason) for one in told if isinstance(one, SetAside)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_plain_table_is_read_however_it_was_saved(
    tmp_path: Path, separator: str, coding: str, end: str
) -> None:
    """Excel, Numbers and old machines: the same two people with umlauts, and nothing listed."""
    told = read(tmp_path, PLAIN.replace(",", separator).replace("\n", end).encode(coding))
    assert people(told) == [
        ("Jörg Müßig", "joerg@m.example", "+49421123456"),
        ("Änne Frühauf", "aenne@f.example"),
    ]
    assert asides(told) == []


@pytest.mark.parametrize(
    ("words", "coding"),
    [
        ("Jürgen Müller", "mac_roman"),
        ("Zoë Šimek, Žižka, Œuvre", "cp1252"),
        ("Jürgen Müller, Ÿ und Žižka", "cp1252"),
        ("François Lefèvre", "mac_roman"),
    ],
)
def test_macintosh_is_taken_only_where_windows_cannot_be_meant(words: str, coding: str) -> None:
    """Certain is what no word of windows-1252 can hold; all else is windows-1252."""
    assert old_coding(words.encode(coding)) == coding


@pytest.mark.parametrize(
    "header",
    [
        "Vorname;Nachname;E-Mail-Adresse;Mobiltelefon;Firma;Position",
        "First Name;Last Name;E-mail Address;Mobile Phone;Company;Job Title",
        "Given Name;Family Name;E-mail 1 - Value;Phone 1 - Value;Organization Name;Organization Title",
        "Prénom;Nom;Adresse de messagerie;Tél. mobile;Société;Fonction",
        "Prénom;Nom de famille;Courriel;Portable;Entreprise;Poste",
        "Nombre;Apellidos;Dirección de correo electrónico;Teléfono móvil;Empresa;Cargo",
        "VORNAME;NAME;E_MAIL;Handy;Unternehmen;Funktion",
    ],
)
def test_columns_are_known_by_name_in_four_languages(tmp_path: Path, header: str) -> None:
    """Renamed and translated: the same person."""
    told = read(tmp_path, f"{header}\nEva;Sülzer;eva@s.example;+49 421 99887;Amt;Leitung\n")
    (eva,) = told
    assert isinstance(eva, Trace)
    assert people(told) == [("Eva Sülzer", "eva@s.example", "+4942199887")]
    assert eva.about == "Leitung, Amt"


@pytest.mark.parametrize("header", ["Name", "Nom", "Nombre", "Anzeigename", "Full Name", "Vorname;Name"])
def test_one_column_for_the_name_is_all_of_it(tmp_path: Path, header: str) -> None:
    """Where it stands alone, or holds the first name again, there is nothing to put together."""
    name = "Eva;Eva Sülzer" if ";" in header else "Eva Sülzer"
    assert people(read(tmp_path, f"{header};Mail\n{name};eva@s.example\n")) == [
        ("Eva Sülzer", "eva@s.example")
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-03", (2024, 5, 3)),
        ("3.5.2024", (2024, 5, 3)),
        ("5/3/2024", (2024, 5, 3)),
        ("3. Mai 2024", (2024, 5, 3)),
        ("1er mai 2024", (2024, 5, 1)),
        ("3 de mayo de 2024", (2024, 5, 3)),
    ],
)
def test_dates_of_all_styles_are_the_same_day(
    tmp_path: Path, written: str, day: tuple[int, int, int]
) -> None:
    """Machine, German, American, and written out in four languages."""
    (one,) = read(tmp_path, f"Name,Mail,Seit\nEva,eva@s.example,{written}\n")
    assert isinstance(one, Trace)
    assert one.since == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize("date", ["neulich", "31.2.2024", "1.1.2199", "gestern abend", "0000-00-00"])
def test_date_that_cannot_be_read_is_listed_and_the_person_is_there(tmp_path: Path, date: str) -> None:
    """Nothing vanishes: the contact comes without a day, and the row is named with the reason."""
    told = read(tmp_path, f"Name,Mail,Seit\nNora,n@s.example,\nEva,eva@s.example,{date}\n")
    assert people(told) == [("Nora", "n@s.example"), ("Eva", "eva@s.example")]
    assert asides(told) == [(3, "no_date")]
    assert isinstance(told[-1], SetAside)
    assert told[-1].says == (
        "The date in this row cannot be read, or cannot be right; the rest of the row was read (line 3)."
    )


def test_misdated_rows_of_networks_are_listed_with_line_and_reason(tmp_path: Path) -> None:
    """LinkedIn's contacts, messages and invitations, XING's contacts: entry and reason side by side."""
    files = {
        "Connections.csv": "First Name,Last Name,URL,Connected On\nEva,S,https://www.linkedin.com/in/e,neulich\n",
        "messages.csv": "CONVERSATION ID,FROM,TO,DATE,CONTENT\n1,Eva S,Olga,neulich,Hallo\n2,Olga,Eva S,,x\n",
        "Invitations.csv": "From,To,Sent At,Direction\nEva S,Olga,bald,INCOMING\n",
        "Profile.csv": "First Name,Last Name\nOlga,\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    for name in ("Connections.csv", "messages.csv", "Invitations.csv"):
        told = list(LinkedIn().read(str(tmp_path / name), BEARINGS))
        assert asides(told) == [(2, "no_date")], name
        assert sum(not isinstance(one, SetAside) for one in told) == (2 if name == "messages.csv" else 1)
    path = tmp_path / "XingNetwork.csv"
    path.write_text("Vorname;Nachname;Kontakt seit\nEva;S;irgendwann\n", "utf-8")
    told = list(Xing().read(str(path), BEARINGS))
    assert (people(told), asides(told)) == ([("Eva S",)], [(2, "no_date")])


@pytest.mark.parametrize(
    ("header", "on"),
    [
        ("Vorname,Nachname,URL,E-Mail-Adresse,Firma,Position,Vernetzt am", "3. Mai 2024"),
        ("Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le", "3 mai 2024"),
        ("Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Conectado el", "3 de mayo de 2024"),
    ],
)
def test_contacts_of_linkedin_are_read_with_translated_columns(tmp_path: Path, header: str, on: str) -> None:
    """An export whose columns somebody translated is still LinkedIn's."""
    path = tmp_path / "Connections.csv"
    path.write_text(
        f"{header}\nEva,Sülzer,https://www.linkedin.com/in/eva-s,eva@s.example,Amt,Leitung,{on}\n"
    )
    assert LinkedIn().knows(str(path), path.read_bytes())
    (eva,) = LinkedIn().read(str(path), BEARINGS)
    assert isinstance(eva, Trace)
    assert (eva.name, eva.about, eva.since) == (
        "Eva Sülzer",
        "Leitung, Amt",
        datetime(2024, 5, 3, tzinfo=UTC),
    )
    assert [one.value for one in eva.addresses] == ["https://www.linkedin.com/in/eva-s", "eva@s.example"]


def test_table_cut_in_the_middle_lists_what_was_lost(tmp_path: Path) -> None:
    """Cut within a row, within a quotation, within a letter of two bytes: everything before it is there."""
    whole = (
        'Name,Mail,Firma\nEva,eva@s.example,"Amt, Bremen"\nJörg,joerg@m.example,"Bäckerei, West"\n'.encode()
    )
    for length in range(whole.index(b"\nJ") + 2, len(whole) - 1):
        told = read(tmp_path, whole[:length])
        assert people(told)[0] == ("Eva", "eva@s.example")
        lines = {int(one.place.rpartition(" ")[2]) for one in told if not isinstance(one, SetAside)}
        assert lines | {line for line, _ in asides(told)} == {2, 3}


def test_row_without_name_and_address_and_what_is_no_address_are_listed(tmp_path: Path) -> None:
    """A number alone is somebody; a firm alone is nobody; words for an address are named."""
    told = read(
        tmp_path,
        "Name,Mail,Telefon,Firma\n,,,Amt\n,,0421 123456,\nEva,unbekannt,,\nOlga,olga@home.example,,\n",
    )
    assert people(told) == [("", "+49421123456"), ("Eva",)]
    assert asides(told) == [(2, "nobody"), (4, "no_address")]
    assert [one.reason for one in told if isinstance(one, NoTrace)] == ["own"]


@pytest.mark.parametrize("header", ["Datum,Betrag", "Name,Betrag", "Mail,Betrag", "Firma,Telefon"])
def test_table_of_something_else_is_no_table_of_contacts(header: str) -> None:
    """Without a name and a way to reach somebody nothing is claimed."""
    assert not ContactTables().knows("/post/Liste.csv", f"{header}\n1,2\n".encode())
