"""Mailing lists in two shapes: the older plain one, and the modern one with HTML and rewritten From."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bench.archive import post
from bench.archive.cast import OWNER, OWNERS, Correspondent, company, moment
from bench.archive.post import Fields, Kind, Mail
from bench.archive.shapes import MODERN_LIST, PLAIN_LIST, ListShape, charset
from bench.archive.words import CHATTER, STEMS, TOPICS

POOL = 1_200_000  # characters of chatter that bodies are cut from
OWN = 0.004  # share of mails that the owner wrote to the list


@dataclass(frozen=True, slots=True)
class Posted:
    """What a reply needs to know of the mail it answers."""

    message_id: str
    chain: tuple[str, ...]
    subject: str
    writer: Correspondent


@dataclass(slots=True)
class MailingList:
    """A list while its mails are being made up."""

    name: str
    kind: Kind
    shape: ListShape
    rng: Random
    writers: tuple[Correspondent, ...]
    pool: str = ""
    recent: deque[Posted] = field(default_factory=lambda: deque(maxlen=300))

    @property
    def address(self) -> str:
        """Where the list takes mail."""
        return f"{self.name}@lists.example"


def plain_list(rng: Random, writers: int) -> Iterator[Mail]:
    """Yield the mails of the older list without end."""
    house = MailingList("arrays", Kind.LIST_PLAIN, PLAIN_LIST, rng, company(rng, writers, "a"))
    yield from _mails(house)


def modern_list(rng: Random, writers: int) -> Iterator[Mail]:
    """Yield the mails of the modern list without end."""
    house = MailingList("radio-help", Kind.LIST_MODERN, MODERN_LIST, rng, company(rng, writers, "m"))
    yield from _mails(house)


def _mails(house: MailingList) -> Iterator[Mail]:
    rng = house.rng
    house.pool = "\n".join(_chatter(rng))
    # Few write much, about half write once: the usual long tail.
    weights = [1 / (rank + 1) ** 1.1 for rank in range(len(house.writers))]
    while True:
        own = rng.random() < OWN
        writer = Correspondent(OWNER, OWNERS[0], "en") if own else rng.choices(house.writers, weights)[0]
        yield _mail(house, writer, is_own=own)


def _chatter(rng: Random) -> Iterator[str]:
    """Yield the lines of the pool: sentences among log lines, whose words seldom come twice.

    Real lists have a large vocabulary, and an indexer pays for each word of it.
    """
    size = 0
    while size < POOL:
        line = rng.choice(CHATTER) if rng.random() < 0.7 else " ".join(_odd_words(rng))
        yield line
        size += len(line) + 1


def _odd_words(rng: Random) -> Iterator[str]:
    for _ in range(rng.randrange(5, 11)):
        number = int(rng.paretovariate(0.6)) % 60_000
        yield f"{rng.choice(STEMS)}{number:x}" if rng.random() < 0.7 else f"0x{rng.getrandbits(32):08x}"


def _mail(house: MailingList, writer: Correspondent, *, is_own: bool) -> Mail:
    rng, shape = house.rng, house.shape
    when = moment(rng)
    message_id = f"<{post.token(rng)}@{writer.domain}>"
    parent, chain = _place(house)
    subject = (
        f"Re: {parent.subject}" if parent else f"[{house.name}] {rng.choice(TOPICS)} #{rng.randrange(10_000)}"
    )
    rewritten = not is_own and rng.random() < shape.rewritten
    writing = charset(rng)
    fields = _names(house, writer, parent, is_rewritten=rewritten)
    fields += [("Subject", subject), ("Date", post.date(when)), ("Message-ID", message_id)]
    if chain:
        fields += [("In-Reply-To", chain[-1]), ("References", "\n\t".join(chain))]
    fields.append(("MIME-Version", "1.0"))
    if not is_own:
        fields = _envelope(house, when) + fields + _list_fields(house)
    fields += post.padding(max(0, shape.fields.draw(rng) - len(fields) - 2), rng)
    size = shape.size.draw(rng) - sum(len(name) + len(value) + 3 for name, value in fields)
    body_fields, body = _body(house, max(size, 120), writing)
    house.recent.append(Posted(message_id, chain, subject.removeprefix("Re: "), writer))
    return Mail(
        Kind.OWN_TO_LIST if is_own else house.kind,
        post.head(fields + body_fields) + b"\n" + body,
        "Gesendet" if is_own else f"Listen/{house.name}",
        when,
        message_id,
        house.address if rewritten else writer.address,
        is_rewritten=rewritten,
    )


def _place(house: MailingList) -> tuple[Posted | None, tuple[str, ...]]:
    """Choose what is answered, and a chain of as many ids as the shape wants.

    Threads that began before the archive did are padded with ids that are not in it.
    """
    rng = house.rng
    wanted = house.shape.references.draw(rng)
    if wanted == 0 or not house.recent:
        return None, ()
    parent = rng.choice(house.recent)
    chain = (*parent.chain, parent.message_id)[-wanted:]
    lost = tuple(f"<{post.token(rng)}@elsewhere.example>" for _ in range(wanted - len(chain)))
    return parent, lost + chain


def _names(house: MailingList, writer: Correspondent, parent: Posted | None, *, is_rewritten: bool) -> Fields:
    """Return From, Reply-To, To and Cc."""
    rng = house.rng
    if is_rewritten:
        fields = [("From", post.address(f"{writer.name} via {house.name}", house.address))]
        fields += [("Reply-To", post.address(writer.name, writer.address))]
        if rng.random() < 0.5:
            fields[1] = ("X-Original-From", post.address(writer.name, writer.address))
    elif not writer.name.isascii() and rng.random() < 0.05:
        fields = [("From", f"{post.raw_bytes(writer.name, 'iso-8859-1')} <{writer.address}>")]
    else:
        fields = [("From", post.address(writer.name, writer.address))]
    # The owner writes to the list alone, so that nobody there has got a letter.
    wanted = 0 if writer.name == OWNER else house.shape.recipients.draw(rng) - 1
    people = rng.sample(house.writers, min(wanted, len(house.writers)))
    if parent and people:
        people[0] = parent.writer
    named = [post.address(one.name, one.address) for one in people]
    if parent and named and rng.random() < 0.6:
        return [*fields, ("To", named[0]), ("Cc", ",\n\t".join([house.address, *named[1:]]))]
    return [*fields, ("To", house.address), *([("Cc", ",\n\t".join(named))] if named else [])]


def _envelope(house: MailingList, when: datetime) -> Fields:
    bounces = f"{house.name}-bounces+{post.token(house.rng, 6)}@lists.example"
    return [("Return-Path", f"<{bounces}>"), *post.received(when + timedelta(seconds=4), house.rng, 3)]


def _list_fields(house: MailingList) -> Fields:
    base = "https://lists.example"
    fields = [("List-Id", f"Talk about {house.name} <{house.name}.lists.example>")]
    fields += [("List-Post", f"<mailto:{house.address}>"), ("Precedence", "list")]
    if house.kind is Kind.LIST_MODERN:
        fields += [
            ("List-Archive", f"<{base}/{house.name}/>"),
            ("List-Help", f"<mailto:{house.name}-request@lists.example>"),
        ]
    return [*fields, ("List-Unsubscribe", f"<{base}/{house.name}/leave>")]


def _body(house: MailingList, size: int, writing: str) -> tuple[Fields, bytes]:
    """Return a body of about `size` bytes: chatter above quoted chatter, large ones with a file."""
    rng = house.rng
    has_parts = rng.random() < house.shape.multipart
    words = min(size, 120_000)
    if has_parts:
        words = min(size // 3, 40_000)
    start = rng.randrange(max(1, POOL - 2 * words - 1000))
    begin = house.pool.find("\n", start) + 1
    own, quoted = (
        house.pool[begin : begin + words // 2],
        house.pool[begin + words : begin + words + words // 2],
    )
    text = f"{own}\n\nsomebody wrote:\n> " + quoted.replace("\n", "\n> ") + "\n"
    plain = post.part(text, writing, rng)
    if not has_parts:
        return plain
    both = post.multipart([plain, post.part(post.html(text), writing, rng, "html")], rng)
    if (left := size - len(both[1])) < 2000:
        return both
    log = post.file_part(rng.randbytes(left * 3 // 4), 'application/gzip; name="log.gz"')
    return post.multipart([both, log], rng, "mixed")
