"""What the owner keeps or gets from others: cards, house rules, words, settings; marks and links."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources

from anlass.cards.link import CARD
from anlass.cards.link import id_in as id_in_link_of_card
from anlass.cards.option import OptionKind, normal, target
from anlass.cards.parse import CardFaults, parse_cards
from anlass.cards.written import written
from anlass.channels.form.files import label_of, plain_name
from anlass.config import load_settings
from anlass.desk.house.settings_file import with_values
from anlass.desk.programs.tokens import owner_in
from anlass.errors import AnlassError, ConfigError
from anlass.intake import Channel, ContactRequest, Recipient
from anlass.intake.form import FIELDS, FormLetter, request_of, typed
from anlass.ledger.time import month_named
from anlass.litmus.opinion_asked import asked
from anlass.litmus.opinion_heard import heard
from anlass.people import AddressKind, mail_address
from anlass.people.handles import mastodon_address, matrix_address, xmpp_address
from anlass.people.profiles import profile_address
from anlass.people.voucher import vouchers_in
from anlass.policy.parse import parse_policy
from anlass.policy.written import policy_text
from anlass.replies.door_token import file_in, id_in_link, sheet_in
from anlass.replies.templates import overlaid, shipped_templates
from anlass.replies.token import is_signed, looks_signed
from anlass.store.ground.terms import terms_in
from anlass.toml_text import read_toml
from anlass.wires.callers import caller, counted, networks_in
from anlass.wires.target import NoTarget, checked, is_outside
from tests.fuzz.guided.target import NOW, ROOT, Target, is_calm, laid, texts
from tests.model_server import completion, opinion
from tests.unit.people.test_voucher import VOUCHER

KEY = b"k" * 32
LETTER = ContactRequest(
    "case1", Channel.MAIL, "Auf Seite 61 schreiben Sie\nüber Wartezeiten.", subject="Seite 61"
)
EXAMPLE = ROOT / "src" / "anlass" / "example"


def _nowhere(_path: tuple[str | int, ...]) -> tuple[str, int, int]:
    return "", 1, 1


def read_cards(data: bytes) -> None:
    """Cards in TOML: what is read is written, and read again as the same."""
    text = data.decode("utf-8", "replace")
    told = _toml(text)
    if told is None:
        return
    cards = parse_cards(told, _nowhere)
    again = written(cards)
    try:
        assert parse_cards(tomllib.loads(again), _nowhere) == cards
    except CardFaults as faults:
        raise AssertionError(again) from faults


def read_rules(data: bytes) -> None:
    """House rules that somebody gave away: what is read is written, and read again as the same."""
    policy = parse_policy(data.decode("utf-8", "replace"), "rules.toml")
    again = policy_text(policy)
    assert policy_text(parse_policy(again, "rules.toml")) == again


def read_words(data: bytes) -> None:
    """The owner's own words for letters."""
    overlaid(shipped_templates(), {"de": data.decode("utf-8", "replace")})


def read_settings(data: bytes) -> None:
    """A settings file, and a value written into it: the file says it then, and else what it said."""
    load_settings(laid("settings/anlass.toml", data).parent)
    text = data.decode("utf-8")
    after = with_values(text, "owner", {"name": 'Olga "x" \\ Brandt'})
    assert tomllib.loads(after)["owner"]["name"] == 'Olga "x" \\ Brandt'


def _toml(text: str) -> Mapping[str, object] | None:
    try:
        return read_toml(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def read_door(data: bytes) -> None:
    """A letter at the door: its words can be kept, its lines are lines, the name of its file is a name."""
    given = dict(zip(FIELDS, texts(data, len(FIELDS)), strict=True))
    letter = FormLetter(
        **{name: typed(text, is_line=name in {"name", "address", "word"}) for name, text in given.items()}
    )
    request = request_of(letter, dict.fromkeys(FIELDS, "x:"), id="a", arrived=NOW, recipient=Recipient())
    assert is_calm(request.text)
    assert "\n" not in request.requester.name
    name = plain_name(texts(data, 1)[0])
    assert name.isprintable()
    assert not set(name) & set("/\\")
    assert name not in {"", ".", ".."}
    label_of(data)


def read_marks(data: bytes) -> None:
    """Links, sheets, tickets, tokens and vouchers: nobody without the key makes one."""
    one, two, three = texts(data, 3)
    assert sheet_in(KEY, one) is None
    assert not id_in_link(KEY, one)[1]
    assert file_in(KEY, one, two) is None
    assert not id_in_link_of_card(KEY, one, CARD)[1]
    assert not is_signed(KEY, one, request=two, person=three)
    looks_signed(one)
    owner_in(one)
    for voucher in vouchers_in(one):
        assert vouchers_in(voucher.text) == (voucher,)


def read_names(data: bytes) -> None:
    """An address of any network: one in normal form, which reads as itself, or none."""
    text = data.decode("utf-8", "replace")
    readers: tuple[Callable[[str], object], ...] = (
        mail_address,
        xmpp_address,
        matrix_address,
        mastodon_address,
        profile_address,
    )
    for read in readers:
        found = read(text)
        value = getattr(found, "value", "")
        assert value.isprintable()
        assert (
            not value
            or getattr(found, "kind", None) in {AddressKind.LINKEDIN, AddressKind.XING}
            or read(value) == found
        )
    for kind in OptionKind:
        option = normal(kind, text)
        if option is not None:
            assert normal(kind, option) == option
            assert target(kind, option).isprintable()
    terms_in(text)
    month_named(text)


def read_places(data: bytes) -> None:
    """An address to send to, and the header of a proxy: inside is never outside."""
    one, two = texts(data, 2)
    trusted = networks_in(two.split())
    assert len(counted(caller("127.0.0.1", one, ["127.0.0.1"]))) <= 200
    assert isinstance(trusted, tuple)
    is_outside(one)
    host, port = checked(one)
    assert host
    assert 0 < port < 65536


def read_opinion(data: bytes) -> None:
    """The answer of a language model: claims stand in the letter, the reason is one line."""
    said = heard(data, LETTER, asked(LETTER))
    assert "\n" not in said.reason
    assert all(claim.start < claim.end <= len(LETTER.text) for claim in said.claims)


def _shipped(folder: str, name: str) -> bytes:
    return (resources.files("anlass") / folder / name).read_bytes()


_ASKED = completion(opinion({"why_me": "Seite 61"}, {}, "Sie nennt eine Seite."))

TARGETS = (
    Target(
        "cards-of-owner",
        ("cards.parse", "cards.written"),
        read_cards,
        lambda: ((EXAMPLE / "cards.toml").read_bytes(),),
        (CardFaults,),
    ),
    Target(
        "house-rules",
        ("policy.parse", "toml_text", "policy.written", "policy.cel"),
        read_rules,
        lambda: tuple(
            path.read_bytes() for path in sorted((ROOT / "src/anlass/policy").rglob("*.toml"))[:12]
        ),
        (AnlassError,),
    ),
    Target(
        "words",
        ("replies.templates",),
        read_words,
        lambda: (b'[Sie]\naccept = "Guten Tag {name}"\n', b'accept = "x"\n'),
        (ConfigError,),
    ),
    Target(
        "settings",
        ("config", "desk.house.settings_file", "wires.handed"),
        read_settings,
        lambda: (
            (EXAMPLE / "owner.toml").read_bytes(),
            b'[owner]\nname = "Olga"\naddresses = ["olga@home.example"]\n',
            b'[server]\naddress = "https://x.example"\n',
        ),
        (AnlassError, UnicodeDecodeError),
    ),
    Target(
        "door",
        ("intake.form", "channels.form.files"),
        read_door,
        lambda: (
            b"Guten Tag,\r\nhaben Sie Zeit?\0Kai Falk\0kai@falk.example\0wer\0warum",
            b"../../etc/passwd\0x",
            b"%PDF-1.7",
        ),
    ),
    Target(
        "marks",
        ("replies.door_token", "replies.token", "cards.link", "people.voucher", "desk.programs.tokens"),
        read_marks,
        lambda: (
            VOUCHER.text.encode(),
            b"a" * 42,
            b"a" * 16 + b".123." + b"b" * 26 + b"\0x",
            b"anlass_me_abc_" + b"0" * 32,
        ),
    ),
    Target(
        "names",
        ("people.person", "people.handles", "people.profiles", "cards.option", "store.ground.terms"),
        read_names,
        lambda: (
            b"Kai.Falk+x@Falk.example",
            b"@kai@social.example",
            b"@kai:matrix.example",
            b"https://www.linkedin.com/in/kai-falk-1/?x",
            b"https://t.me/kai",
            b"+49 421 123456",
            b"2026-11",
        ),
    ),
    Target(
        "places",
        ("wires.target", "wires.callers"),
        read_places,
        lambda: (
            b"https://hook.example:8443/x?y",
            b"http://[::ffff:127.0.0.1]/",
            b"1.2.3.4, 10.0.0.1\x0010.0.0.0/8 ::1",
        ),
        (NoTarget,),
    ),
    Target(
        "opinion",
        ("litmus.opinion_heard",),
        read_opinion,
        lambda: (_ASKED, b'{"choices": [{"message": {"content": "{}"}}]}'),
    ),
)
