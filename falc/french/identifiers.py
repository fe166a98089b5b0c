"""Numbers that carry their own proof: IBAN, SIREN, SIRET, social security number, telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from falc.french.facts import facts, rows
from falc.french.phones import has_announcement
from falc.model import Span

__all__ = ["Doubt", "doubtful_identifiers"]

# A masked value or an obvious example: « 0000 », « XXXX », « 1234 5678 ».
_MASKED = re.compile(r"[X*.…_]{3}|(\d)\1{5}|0000 ?0000|123 ?4 ?56|1 ?234 ?567", re.IGNORECASE)
_SIGN = r"(?: ?(?:n ?°|nº|N°|no\b|numéro))?(?: ?:)? ?"
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\w])")
_COMPANY = r"(?P<digits>\d{3}(?:[ .]?\d{3}){2}(?:[ .]?\d{5}(?!\d))?|\d{7,19})(?![\w*]|[.,/-]\d)"
_TOWN = r"(?: [^\W\d_][\w'-]{0,30}){0,3}"  # « RCS Paris B 732 829 320 »
_SECURITY = re.compile(
    r"(?<![\w.,/-])(?P<body>[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3})"
    r"(?: ?/? ?(?P<key>\d{2}))(?!\w|[.,/-]\d)"
)
_PHONE = re.compile(r"(?<!\w)0[1-9](?:[ .-]?\d){2,11}(?![\w*]|[ .-]?[X*])")
_CORSICA = {"2A": "19", "2B": "18"}
_SIREN = 9  # digits
_POST_OFFICE = "356000000"  # its places have numbers that follow another sum
_PHONE_DIGITS, _SHORTEST = 10, 7  # shorter ones are « 3646 » or unfinished
_NEAR = 15  # characters before a telephone number in which it must be announced


@dataclass(frozen=True, slots=True)
class Doubt:
    """An identifier that cannot be right; `kind` names it, `length` is the number of its signs when that is wrong."""

    span: Span
    kind: str
    length: int | None = None


def doubtful_identifiers(text: str) -> Iterator[Doubt]:
    """Yield the identifiers whose key or length is wrong, in order; masked ones and examples are left alone."""
    found = [*_ibans(text), *_companies(text), *_security_numbers(text), *_phones(text)]
    for doubt in sorted(found, key=lambda doubt: doubt.span):
        if not _MASKED.search(text, doubt.span.start, doubt.span.end):
            yield doubt


def _compact(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text)


@lru_cache(maxsize=1)
def _iban_lengths() -> dict[str, int]:
    return {row[0]: int(row[2]) for row in rows("pays-iban")}


def _ibans(text: str) -> Iterator[Doubt]:
    for match in _IBAN.finditer(text):
        iban = _compact(match[0])
        length = _iban_lengths().get(iban[:2])
        if length is None:
            continue
        if len(iban) != length:
            # Other codes look like one: only its name makes it sure.
            if "IBAN" in text[max(match.start() - 12, 0) : match.start()].upper():
                yield Doubt(Span(*match.span()), "IBAN", length)
        elif int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 != 1:
            yield Doubt(Span(*match.span()), "IBAN")


@lru_cache(maxsize=1)
def _company_pattern() -> re.Pattern[str]:
    names = "|".join(row[0] for row in rows("numeros-d-entreprise"))
    return re.compile(rf"(?<!\w)(?P<name>{names}){_TOWN}{_SIGN}{_COMPANY}", re.IGNORECASE)


def _companies(text: str) -> Iterator[Doubt]:
    lengths = {row[0]: int(row[2]) for row in rows("numeros-d-entreprise")}
    for match in _company_pattern().finditer(text):
        kind, digits = match["name"].upper(), re.sub(r"\D", "", match["digits"])
        span = Span(*match.span("digits"))
        if lengths[kind] == _SIREN and len(digits) > _SIREN and not match["digits"].isdigit():
            digits = digits[:_SIREN]  # « SIREN 732 829 320 75012 Paris »
        if len(digits) != lengths[kind]:
            yield Doubt(span, kind, lengths[kind])
        elif not _follows_luhn(digits) and not _is_post_office(digits):
            yield Doubt(span, kind)


def _follows_luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_post_office(digits: str) -> bool:
    return digits.startswith(_POST_OFFICE) and sum(map(int, digits)) % 5 == 0


@lru_cache(maxsize=1)
def _security_names() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, facts("noms-du-numero-de-securite-sociale")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


def _security_numbers(text: str) -> Iterator[Doubt]:
    for match in _SECURITY.finditer(text):
        grouped = match[0].count(" ") >= 5  # « 1 85 05 78 006 084 36 » can be nothing else
        if not grouped and not _security_names().search(text, max(match.start() - 50, 0), match.start()):
            continue
        body = _compact(match["body"])
        number = body[:5] + _CORSICA.get(body[5:7], body[5:7]) + body[7:]
        if 97 - int(number) % 97 != int(match["key"]):
            yield Doubt(Span(*match.span()), "NIR")


def _phones(text: str) -> Iterator[Doubt]:
    last = 0
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        around = text[max(match.start() - _NEAR, last) : match.start()]
        last = match.end()
        if len(digits) >= _SHORTEST and len(digits) != _PHONE_DIGITS and has_announcement(around, len(around)):
            yield Doubt(Span(*match.span()), "téléphone", _PHONE_DIGITS)
