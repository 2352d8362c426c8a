"""Every kind of archive gives the same mails, and whatever is broken in it is named."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from anlass.intake import SetAside
from anlass.sources import WHOLE, Everything, FolderUse, Found, Glance, Portion, archive, folder_uses, reread
from anlass.sources.mail.folders import readable

MAILS = [
    b"From: kai@falk.example\nTo: olga@home.example\nSubject: eins\n\nErster Brief.\n",
    b"From: eva@falk.example\nTo: olga@home.example\nSubject: zwei\n\nFrom here on\n\n>From there\nzweiter\n",
    b"From: olga@home.example\nTo: kai@falk.example\nSubject: drei\n\nDritter Brief.\n\n\n",
]
FROM = b"From kai@falk.example Sat Jan  3 01:05:34 2026\n"


def maildir(folder: Path) -> None:
    """Write the mails as a Maildir, with what a server keeps beside them."""
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    (folder / "cur" / "1.a:2,S").write_bytes(MAILS[0])
    (folder / "new" / "2.b").write_bytes(MAILS[1])
    (folder / "cur" / "3.c:2,RS").write_bytes(MAILS[2])
    (folder / "tmp" / "4.d").write_bytes(b"half deliv")
    for name in ("dovecot-uidlist", "dovecot.index.log", "maildirfolder", "subscriptions", "cur/.hidden"):
        (folder / name).write_bytes(b"3 V17 N4")


def plus_plus(folder: Path) -> None:
    """Write the mails into the folders of a Maildir++."""
    for name, mail in zip(("", ".Archiv", ".Archiv.2025"), MAILS, strict=True):
        (folder / name / "cur").mkdir(parents=True)
        (folder / name / "new").mkdir()
        (folder / name / "cur" / "1:2,S").write_bytes(mail)
    (folder / "tmp").mkdir()


def mbox(folder: Path) -> None:
    """Write the mails as an mbox, with "From " quoted the thorough way (mboxrd)."""
    folder.mkdir()
    quoted = (mail.replace(b"\n>From", b"\n>>From").replace(b"\nFrom", b"\n>From") for mail in MAILS)
    (folder / "Archiv").write_bytes(b"".join(FROM + mail + b"\n" for mail in quoted))


def mbox_windows(folder: Path) -> None:
    """The same with the line ends of Windows."""
    mbox(folder)
    path = folder / "Archiv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def letters(folder: Path) -> None:
    """Write each mail as a file of its own, in folders within folders, one without a suffix."""
    (folder / "2026" / "Januar").mkdir(parents=True)
    (folder / "a.eml").write_bytes(MAILS[0])
    (folder / "2026" / "b.EML").write_bytes(MAILS[1])
    (folder / "2026" / "Januar" / "17").write_bytes(MAILS[2])


def thunderbird(folder: Path) -> None:
    """Write the mails as Thunderbird keeps them: mbox files, indexes, folders `.sbd`."""
    (folder / "Inbox.sbd").mkdir(parents=True)
    (folder / "Inbox").write_bytes(FROM + MAILS[0] + b"\n")
    (folder / "Inbox.msf").write_bytes(b"// <!-- <mdb:mork:z v='1.4'/> -->")
    quoted = MAILS[1].replace(b"\n>From", b"\n>>From").replace(b"\nFrom", b"\n>From")
    (folder / "Inbox.sbd" / "Familie").write_bytes(FROM + quoted + b"\n" + FROM + MAILS[2] + b"\n")


KINDS = [maildir, plus_plus, mbox, mbox_windows, letters, thunderbird]


def read(path: Path, portion: Portion = WHOLE) -> tuple[list[Found], list[SetAside]]:
    """Return what was found and what was set aside."""
    both = list(archive(path, portion=portion))
    return [f for f in both if isinstance(f, Found)], [f for f in both if isinstance(f, SetAside)]


@pytest.mark.parametrize("kind", KINDS)
def test_mails_come_as_they_were_written(kind: Callable[[Path], None], tmp_path: Path) -> None:
    """Whatever keeps them, the bytes of the mails are the same, each once, and nothing else is there."""
    kind(tmp_path / "mail")
    found, aside = read(tmp_path / "mail")
    assert aside == []
    assert sorted(one.raw.replace(b"\r\n", b"\n").rstrip(b"\n") for one in found) == sorted(
        mail.rstrip(b"\n") for mail in MAILS
    )


@pytest.mark.parametrize("kind", KINDS)
def test_origin_leads_back_to_the_same_bytes(kind: Callable[[Path], None], tmp_path: Path) -> None:
    """A mail can be opened again where it was found, and not where something else lies now."""
    kind(tmp_path / "mail")
    for one in read(tmp_path / "mail")[0]:
        assert reread(one.origin) == one.raw
        path = Path(one.origin.path)
        path.write_bytes(path.read_bytes().upper())
        assert reread(one.origin) is None
        path.unlink()
        assert reread(one.origin) is None
        break


@pytest.mark.parametrize("kind", KINDS)
def test_archive_reads_the_same_twice_and_in_parts(kind: Callable[[Path], None], tmp_path: Path) -> None:
    """The order is that of the names; the beginning of a mail is the beginning of the whole."""
    kind(tmp_path / "mail")
    found = read(tmp_path / "mail")[0]
    assert read(tmp_path / "mail")[0] == found
    parts = read(tmp_path / "mail", portion=Portion(30, digest=False))[0]
    assert [one.raw for one in parts] == [one.raw[:30] for one in found]
    assert all(one.is_cut for one in parts)
    assert [(one.origin.path, one.origin.offset) for one in parts] == [
        (one.origin.path, one.origin.offset) for one in found
    ]


def test_folders_have_the_names_their_owner_gave_them(tmp_path: Path) -> None:
    """Maildir++ dots, IMAP's coding, `.sbd` and `.mbox` folders become names within names."""
    box = tmp_path / "Maildir"
    for name in (".Gel&APY-scht", ".Arbeit.Gesendet"):
        (box / name / "cur").mkdir(parents=True)
        (box / name / "cur" / "1:2,").write_bytes(MAILS[0])
    (box / "cur").mkdir()
    (tmp_path / "Post.mbox").mkdir()
    (tmp_path / "Post.mbox" / "mbox").write_bytes(FROM + MAILS[0])
    top = tmp_path.name
    assert [one.folder for one in read(tmp_path)[0]] == [
        f"{top}/Maildir/Arbeit/Gesendet",
        f"{top}/Maildir/Gelöscht",
        f"{top}/Post/mbox",
    ]


def test_file_or_folder_within_an_archive_can_be_read_alone(tmp_path: Path) -> None:
    """Somebody may point at one mbox, one mail, or a Maildir's own `cur`."""
    maildir(tmp_path / "Sent")
    mbox(tmp_path / "post")
    assert {one.folder for one in read(tmp_path / "Sent" / "cur")[0]} == {"Sent"}
    assert [one.folder for one in read(tmp_path / "post" / "Archiv")[0]] == ["Archiv"] * 3
    assert len(read(tmp_path / "Sent" / "cur" / "1.a:2,S")[0]) == 1


def test_labels_are_flags_and_gmail_s_own_words(tmp_path: Path) -> None:
    """Gmail's coded and quoted labels are read as they were given; what a sender wrote is none."""
    (tmp_path / "cur").mkdir()
    head = b"X-GM-THRID: 1\nX-Gmail-Labels: =?UTF-8?Q?Gesendet,Ge=C3=B6ffnet,?=\n =?UTF-8?Q?Familie?=\n"
    (tmp_path / "cur" / "1:2,DFPRSTa").write_bytes(head + MAILS[0])
    (tmp_path / "cur" / "2:2,").write_bytes(b'X-Gmail-Labels: Inbox,"a, b"\n' + MAILS[0])
    (tmp_path / "cur" / "3").write_bytes(MAILS[0])
    (tmp_path / "cur" / "4").write_bytes(
        b"Return-Path: <x@x.example>\nX-Gmail-Labels: Sent,Junk\n" + MAILS[0]
    )
    assert [one.labels for one in read(tmp_path)[0]] == [
        ("draft", "flagged", "passed", "replied", "seen", "trash", "Gesendet", "Geöffnet", "Familie"),
        ("Inbox", "a, b"),
        (),
        (),
    ]


def test_from_line_within_a_letter_ends_it_only_where_it_is_one(tmp_path: Path) -> None:
    """Careless writers leave "From " unquoted; words after it are words, a date makes it a beginning."""
    body = b"\nFrom my point of view 12:30 is fine\nResult: yes\n\nFrom nobody\n\nFrom the year 2026\nend\n"
    path = tmp_path / "careless"
    gmail = b"From 1790@xxx Mon Mar 01 12:00:00 +0000 2026\n"
    path.write_bytes(FROM + MAILS[0] + body + b"\n" + gmail + MAILS[2] + FROM + MAILS[0])
    assert [one.raw.rstrip() for one in read(path)[0]] == [
        (MAILS[0] + body).rstrip(),
        MAILS[2].rstrip(),
        MAILS[0].rstrip(),
    ]


@pytest.mark.parametrize("size", [200, 262_144 - 60, 262_144, 262_144 + 10, 600_000])
def test_mbox_cut_by_its_chunks_anywhere_gives_whole_mails(size: int, tmp_path: Path) -> None:
    """Where the stream is cut does not show."""
    long = MAILS[0] + b"x" * (size - len(MAILS[0])) + b"\n"
    path = tmp_path / "long"
    path.write_bytes((FROM + long + b"\n") * 3 + FROM + MAILS[2])
    assert [one.raw for one in read(path)[0]] == [long, long, long, MAILS[2][:-1]]


def test_mbox_that_begins_like_none_is_one_mail_and_not_lost(tmp_path: Path) -> None:
    """Even a first line of two thousand characters leaves one mail."""
    path = tmp_path / "odd"
    path.write_bytes(b"From " + b"x" * 2_000 + b"\n" + MAILS[0])
    (found,) = read(path)[0]
    assert found.raw.endswith(MAILS[0])


def test_broken_things_are_set_aside_with_place_and_reason(tmp_path: Path) -> None:
    """Empty files, binaries, texts, pipes, sockets and loops are named; the mails come all the same."""
    maildir(tmp_path / "Maildir")
    (tmp_path / "empty.eml").touch()
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF" * 50)
    (tmp_path / "notes.txt").write_text("Nur ein Zettel.\n")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket"))
        found, aside = read(tmp_path)
    assert len(found) == 3
    assert {Path(one.origin.path).name: one.reason for one in aside} == {
        "empty.eml": "empty",
        "picture.jpg": "binary",
        "notes.txt": "not_mail",
        "pipe": "not_a_file",
        "round": "loop",
        "nowhere": "gone",
        "socket": "not_a_file",
    }
    assert all(one.says.endswith(".") for one in aside)


def test_files_and_folders_that_vanish_while_they_are_read_are_set_aside(tmp_path: Path) -> None:
    """Somebody tidies up meanwhile: what is gone is named, the rest comes."""
    letters(tmp_path / "mail")
    (tmp_path / "mail" / "z").mkdir()

    class Tidy(Everything):
        """Removes what is about to be read, and a folder behind it."""

        def wants(self, glance: Glance) -> bool:
            if glance.path.endswith("a.eml"):
                Path(glance.path).unlink()
                (tmp_path / "mail" / "z").rmdir()
            return True

    both = list(archive(tmp_path / "mail", gate=Tidy()))
    aside = [(Path(one.origin.path).name, one.reason) for one in both if isinstance(one, SetAside)]
    assert aside == [("a.eml", "gone"), ("z", "gone")]
    assert sum(isinstance(one, Found) for one in both) == 2


_AS_NOBODY = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from anlass.sources import archive
for one in archive(Path(sys.argv[1])):
    print(type(one).__name__, Path(one.origin.path).name, getattr(one, "reason", ""))
"""


@pytest.mark.slow  # another process: as root nothing is forbidden
def test_what_may_not_be_read_is_set_aside(tmp_path: Path) -> None:
    """A file and a folder without rights are named; the rest comes."""
    if os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists():
        pytest.skip("runs as root, and there is no setpriv to be somebody else")
    tmp_path.chmod(0o755)
    for above in tmp_path.parents:
        if above.stat().st_uid == os.geteuid() and above.name.startswith(("pytest", "popen")):
            above.chmod(0o755)
    (tmp_path / "mine.eml").write_bytes(MAILS[0])
    (tmp_path / "secret.eml").write_bytes(MAILS[1])
    (tmp_path / "vault").mkdir()
    (tmp_path / "secret.eml").chmod(0)
    (tmp_path / "vault").chmod(0)
    humbly = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    said = subprocess.run(
        [*humbly, sys.executable, "-c", _AS_NOBODY, str(tmp_path), *sys.path],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    (tmp_path / "vault").chmod(0o700)
    if "Permission" in said.stderr or "No module" in said.stderr:
        pytest.skip("another user cannot read the program here")
    assert said.stdout.splitlines() == [
        "Found mine.eml ",
        "SetAside secret.eml no_rights",
        "SetAside vault no_rights",
    ]


def test_large_mails_are_read_up_to_the_limit_and_no_further(tmp_path: Path) -> None:
    """What is too long is cut and says so; its digest is that of all."""
    (tmp_path / "long.eml").write_bytes(MAILS[0] + b"x" * 100_000)
    (found,) = read(tmp_path, portion=Portion(1_000))[0]
    assert (len(found.raw), found.is_cut, found.origin.length) == (1_000, True, len(MAILS[0]) + 100_000)
    assert reread(found.origin) == MAILS[0] + b"x" * 100_000


USES = {
    FolderUse.SENT: [
        "Sent",
        "INBOX.Sent",
        "[Gmail]/Gesendet",
        "Sent Items",
        "Gesendete Elemente",
        "Archiv/Gesendete Objekte",
        "mail/Sent/2024",
        "sent-mail",
    ],
    FolderUse.DRAFTS: ["Entwürfe", "Drafts", "INBOX/Drafts", "[Google Mail]/Entwürfe"],
    FolderUse.JUNK: ["Junk", "Spam", "Junk-E-Mail", "Junk/Sent", "[Gmail]/Spam"],
    FolderUse.TRASH: ["Papierkorb", "Trash", "Gelöschte Elemente", "Deleted Messages"],
    FolderUse.OTHER: ["INBOX", "", "Familie", "Sentinel", "Presents", "Posteingang", "Müller/Junker"],
}


@pytest.mark.parametrize(("use", "folder"), [(use, name) for use, names in USES.items() for name in names])
def test_folder_is_known_by_its_name_in_both_languages(use: FolderUse, folder: str) -> None:
    """A folder within one of these is one of these; parts of words are not."""
    assert folder_uses(folder) is use


def test_labels_say_the_use_where_the_folder_does_not() -> None:
    """Gmail keeps everything in one file and tells by label."""
    assert folder_uses("Alle Nachrichten", ("Gesendet", "Geöffnet")) is FolderUse.SENT
    assert folder_uses("All mail", ("Sent", "Trash")) is FolderUse.TRASH


@pytest.mark.parametrize(
    ("coded", "name"),
    [("Entw&APw-rfe", "Entwürfe"), ("Sales &- More", "Sales & More"), ("A & B", "A & B"), ("&X-", "&X-")],
)
def test_coded_folder_names_are_read_and_others_left(coded: str, name: str) -> None:
    """IMAP's coding of names is undone only where it is one."""
    assert readable(coded) == name
