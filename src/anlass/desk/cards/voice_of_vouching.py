"""What is said to the owner of vouching and vouchers; none of it is an outward word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from anlass.desk.voice.common import Lang, day_and_month
from anlass.people.voucher import VoucherFault
from anlass.people.vouching import ConsentKind

if TYPE_CHECKING:
    from anlass.desk.cards.vouching import Vouched
    from anlass.people.voucher import Weighed
    from anlass.store.cards.vouching import GivenVoucher

_CONSENT: dict[Lang, dict[ConsentKind | None, str]] = {
    "de": {
        None: "Wird nirgends genannt. Gefragt hast du noch nicht.",
        ConsentKind.ASKED: "Gefragt am {day}. Solange kein Ja kommt, wird niemand genannt.",
        ConsentKind.GIVEN: "Hat am {day} zugestimmt, als „{name}“ genannt zu werden.",
        ConsentKind.WITHDRAWN: "Möchte seit dem {day} nicht genannt werden.",
    },
    "en": {
        None: "Is named nowhere. You have not asked yet.",
        ConsentKind.ASKED: "Asked on {day}. Until a yes comes, nobody is named.",
        ConsentKind.GIVEN: "Agreed on {day} to be named as “{name}”.",
        ConsentKind.WITHDRAWN: "Does not want to be named since {day}.",
    },
}
_WORTH: dict[Lang, dict[VoucherFault | None, str]] = {
    "de": {
        None: "{who} bürgt für diese Adresse, bis zum {day}. Du bürgst für {who}.",
        VoucherFault.UNKNOWN_KEY: "Ein Bürgschein liegt bei. Wer ihn unterschrieben hat, weißt du nicht; "
        "er zählt nicht.",
        VoucherFault.FORGED: "Der beigelegte Bürgschein ist gefälscht: Die Unterschrift stimmt nicht. "
        "Er zählt nicht.",
        VoucherFault.TO_COME: "Der beigelegte Bürgschein von {who} gilt noch nicht; er zählt nicht.",
        VoucherFault.EXPIRED: "Der beigelegte Bürgschein von {who} ist am {day} abgelaufen; er zählt nicht.",
        VoucherFault.TOO_LONG: "Der beigelegte Bürgschein von {who} soll länger gelten, als einer darf; "
        "er zählt nicht.",
        VoucherFault.REVOKED: "{who} hat den beigelegten Bürgschein zurückgenommen; er zählt nicht.",
        VoucherFault.OTHER_ADDRESS: "Der beigelegte Bürgschein von {who} gehört zu einer anderen Adresse, "
        "nicht zu der des Absenders; er zählt nicht.",
        VoucherFault.UNPROVEN: "Ein Bürgschein von {who} für diese Adresse liegt bei. Dass der Brief von ihr "
        "kommt, ist nicht belegt; er zählt nicht.",
        VoucherFault.NOT_VOUCHED: "Ein Bürgschein von {who} liegt bei. Du bürgst nicht für {who}; er zählt "
        "nicht.",
    },
    "en": {
        None: "{who} vouches for this address until {day}. You vouch for {who}.",
        VoucherFault.UNKNOWN_KEY: "A voucher came along. You do not know who signed it; it does not count.",
        VoucherFault.FORGED: "The voucher that came along is forged: its signature is wrong. It does not "
        "count.",
        VoucherFault.TO_COME: "The voucher of {who} that came along does not hold yet; it does not count.",
        VoucherFault.EXPIRED: "The voucher of {who} that came along ended on {day}; it does not count.",
        VoucherFault.TOO_LONG: "The voucher of {who} that came along claims to hold longer than one may; "
        "it does not count.",
        VoucherFault.REVOKED: "{who} took back the voucher that came along; it does not count.",
        VoucherFault.OTHER_ADDRESS: "The voucher of {who} that came along belongs to another address, not to "
        "the sender’s; it does not count.",
        VoucherFault.UNPROVEN: "A voucher of {who} for this address came along. That the letter comes from "
        "there is not proven; it does not count.",
        VoucherFault.NOT_VOUCHED: "A voucher of {who} came along. You do not vouch for {who}; it does not "
        "count.",
    },
}
_GIVEN: dict[Lang, tuple[str, str, str]] = {
    "de": (
        "Bürgschein für {address}, gilt bis zum {until}.",
        "Bürgschein für {address}, galt bis zum {until}.",
        "Bürgschein für {address}, am {revoked} zurückgenommen.",
    ),
    "en": (
        "Voucher for {address}, holds until {until}.",
        "Voucher for {address}, held until {until}.",
        "Voucher for {address}, taken back on {revoked}.",
    ),
}


def vouched_says(one: Vouched, now: datetime, lang: Lang) -> str:
    """Say whether a person is named on the public list, and why not."""
    said = one.said
    says = _CONSENT[lang][said.kind if said else None]
    return says.format(
        day=day_and_month(said.said_at, now, lang) if said else "", name=said.name if said else ""
    )


def voucher_says(one: Weighed, who: str, now: datetime, lang: Lang) -> str:
    """Say what a voucher is worth that came with a request; `who` is the name of its signer."""
    return _WORTH[lang][one.fault].format(who=who, day=day_and_month(one.until, now, lang))


def given_says(one: GivenVoucher, now: datetime, lang: Lang) -> str:
    """Say of a voucher the owner gave for whom it is and how long it holds."""
    holds, over, revoked = _GIVEN[lang]
    says = revoked if one.revoked_at else (holds if one.until > now else over)
    ended = day_and_month(one.revoked_at, now, lang) if one.revoked_at else ""
    return says.format(address=one.address, until=day_and_month(one.until, now, lang), revoked=ended)
