"""The styles of placeholders: how each language of templates writes its fields and its control tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["ALIASES", "Patterns", "chosen_styles", "known_styles", "patterns_of"]


@dataclass(frozen=True, slots=True)
class _Style:
    """Regular expressions of one style.

    `control` tags have no text of their own; what `fields` match is a field; what `guesses` match is one when it looks
    like the name of a field.  Those `by_hand` may mean something in markup: they are looked for after parsing only.
    Each expression is linear: it forbids its own opening mark inside, or bounds its length.
    """

    control: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


_BRACES = r"\{\{[^{}]{0,200}(?:\{[^{}]{0,100}\}[^{}]{0,100}){0,3}\}\}"
# What stands between two parentheses, which may hold others.
_ARGUMENTS = r"(?:[^()]|\((?:[^()]|\([^()]{0,100}+\)){0,200}+\)){0,300}+"
_BLADE_WITH = (
    "if|elseif|unless|isset|empty|auth|guest|can|cannot|elsecan|elsecannot|canany|switch|case|for|foreach|forelse|while|"
    "include|includeIf|includeWhen|each|extends|section|yield|push|stack|component|slot|env|error|lang|json|php|class|"
    "break|continue|use|props|method|once|session"
)
_BLADE_ALONE = (
    "else|default|break|continue|empty|auth|guest|csrf|parent|show|stop|production|php|verbatim|once|"
    "end(?:if|unless|isset|empty|auth|guest|can|cannot|canany|switch|for|foreach|forelse|while|section|push|component|"
    "slot|env|error|php|verbatim|production|once|session)"
)
# The attributes of a tag; a quoted one may hold « > ».
_ATTRIBUTES = r"""(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+"""
# Tags of HTML whose names are also those of fields.
_TAGS = "(?:ADDRESS|CODE|LINK|TIME|MAP|DATA|OBJECT|VAR)"
# A word in capitals, as a program calls a variable: « DATE_LIMITE ».
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_VARIABLE = rf"[{_CAPITAL}][{_CAPITAL}0-9]{{1,40}}(?:_[{_CAPITAL}0-9]{{1,40}}){{1,8}}"
# How Python shows a value; « p{margin:0} » and « p{opacity:.5} » are no fields.
_SPEC = (
    r"(?:[<>^]\d{1,3}|0\d{1,2}d?|\d{0,3}[,_]?\.\d{1,2}[efgEFG%]|[,_]d?|[deEfFgGns]"
    r"|(?:%-?[a-zA-Z][^{}\s%]{0,2}){1,6})"
)
_STYLES: Mapping[str, _Style] = {
    "mustache": _Style(
        control=(
            r"\{\{!--[^-{]*+(?:(?:-(?!-\}\})|\{(?!\{!--))[^-{]*+)*+--\}\}",
            r"\{\{~?[#/^!>][^{}]*+\}\}|\{\{~?\s?else\b[^{}]*+\}\}",
            r"\{\{\{\{/?[\w-]{1,40}\}\}\}\}",
        ),
        fields=(r"\{\{\{[^{}]{1,200}\}\}\}", _BRACES),
    ),
    "jinja": _Style(
        control=(
            r"\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*(?:end)?comment)[\s\S])*+\{%-?\s*endcomment\s*-?%\}",
            r"\{%[^%{]*+(?:(?:%(?!\})|\{(?!%))[^%{]*+)*+%\}",
            r"\{#[^#{]*+(?:(?:#(?!\})|\{(?!\#))[^#{]*+)*+\#\}",
        ),
        fields=(_BRACES,),
    ),
    "angular": _Style(fields=(_BRACES,)),
    "docxtemplater": _Style(
        control=(r"\{[#/^][^\W\d][\w.]{0,80}\}",),
        fields=(r"\{(?:\d{1,3}|[^\W\d]\w{0,80}(?:[.-]\w{1,80}){0,5}(?:![rs])?" + rf"(?::{_SPEC})?)\}}",),
    ),
    "erb": _Style(
        control=(r"<%(?![=-])[^%<]*+(?:(?:%(?!>)|<(?!%))[^%<]*+)*+%>",),
        fields=(r"<%[=-][^%<]*+(?:(?:%(?!>)|<(?!%))[^%<]*+)*+%>",),
    ),
    "php": _Style(
        control=(r"<\?php[^?<]*+(?:(?:\?(?!>)|<(?!\?php))[^?<]*+)*+\?>",),
        fields=(r"<\?=[^?<]*+(?:(?:\?(?!>)|<(?!\?=))[^?<]*+)*+\?>",),
    ),
    "blade": _Style(
        control=(
            r"\{\{--[^-{]*+(?:(?:-(?!-\}\})|\{(?!\{--))[^-{]*+)*+--\}\}",
            rf"(?<![\w@])@(?:{_BLADE_WITH})\s?\({_ARGUMENTS}\)",
            rf"(?<![\w@])@(?:{_BLADE_ALONE})(?!\w|[.@-]\w|\s?\()",
        ),
        fields=(r"\{!![^{}]{1,200}!!\}", rf"@?{_BRACES}"),
    ),
    "freemarker": _Style(
        control=(
            r"</?\#[a-z]++[^<>]*+>|<\#--[^-<]*+(?:(?:-(?!->)|<(?!\#--))[^-<]*+)*+-->",
            rf"</?c:(?!out\b)\w{{1,20}}{_ATTRIBUTES}>|</fmt:\w{{1,20}}>",
        ),
        fields=(r"(?:\$!?|\#)\{[^{}]{1,200}\}", rf"<(?:c:out|fmt:\w{{1,20}})\b{_ATTRIBUTES}>"),
    ),
    "printf": _Style(
        fields=(
            r"%\([^\W\d]\w{0,80}\)(?:0?\d{0,2}(?:\.\d)?)[sdif]\b|%\d\$[sd]\b",
            # Not « 50 %s » : only after a word, or first in a line.
            r"(?:(?<=[^\d\s]\s)|(?<![^\r\n])|(?<=[(«\"]))%(?:s|d|i|0?\d{0,2}\.\df)(?=[\s.,;:!?)»\"€%]|\Z)",
        )
    ),
    "publipostage": _Style(fields=(r"<<[^\W\d]\w{0,80}(?:[ .-]\w{1,80}){0,3}>>",), guesses=(r"«[^\W\d]\w{1,80}»",)),
    # « $nom »; prices and shares look so too: only on request.
    "dollar": _Style(fields=(r"(?<![\w$])\$[^\W\d]\w{0,80}",)),
    # Signs around a name, as many programs of forms and letters write it.
    "signes": _Style(
        fields=(
            r"(?<![\w@])@@[^\W\d]\w{0,60}@@(?![\w@])",
            r"\*\|[^\W\d]\w{0,60}(?::[^|\n]{0,80})?\|\*",
            r"(?<![\w#])(?:\#[^\W\d]\w{1,60}\#|\#\#[^\W\d]\w{1,60}\#\#)(?![\w#])",
            r"(?<![\w%])(?:%[^\W\d]\w{1,60}%|%%[^\W\d]\w{1,60}%%)(?![\w%])",
        ),
        by_hand=(rf"(?<![\w@./#%&\\-]){_VARIABLE}(?!\w|@|[./\\-]\w)",),
        guesses=(rf"&[{_CAPITAL}][{_CAPITAL}0-9_]{{1,60}};|<(?!{_TAGS}>)[{_CAPITAL}][{_CAPITAL}0-9_]{{1,60}}>",),
    ),
    # What people write by hand.
    "a-la-main": _Style(
        by_hand=(
            r"\((?:à|À)\s(?:compléter|préciser|renseigner|remplir)\b[^()\n]{0,60}\)",
            r"(?<![\w/])(?:_{2,}+|[.…]{2,}+|…) ?/ ?(?:_{2,}+|[.…]{2,}+|…) ?/ ?(?:20)?(?:_{2,}+|[.…]{2,}+|…)(?![\w/])",
            r"\bXX/XX/(?:XX|\d\d){1,2}\b|\bJJ[/. -]MM[/. -]AA(?:AA)?\b",
            r"\b(?:X{3,}+|x{3,}+)\b",
            r"(?<![\w.…])(?:_{3,}+(?!\w)|…{2,}+|[.…]{5,}+)",
        ),
        guesses=(r"\[[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9_'’ -]{1,80}\]",),
    ),
}
ALIASES: Mapping[str, str] = {
    "twig": "jinja",
    "liquid": "jinja",
    "django": "jinja",
    "nunjucks": "jinja",
    "handlebars": "mustache",
    "vue": "angular",
    "ejs": "erb",
    "asp": "erb",
    "jsp": "freemarker",
    "shell": "freemarker",
    "python": "docxtemplater",
    "word": "publipostage",
}
_ON_REQUEST = frozenset({"dollar"})
# A comment with an order for falc, in any file: the reader of a plain text must not meet it either.
_ORDER = r"<!--\s{0,20}[Ff][Aa][Ll][Cc][ \u00a0\u202f]?:[^-<]*+(?:(?:-(?!->)|<(?!!--))[^-<]*+)*+-->"
# Invisible signs would cut words for nothing.
_INVISIBLE = "[\u00ad\u200b\u2060]|\\A\ufeff"
# A look at the first character spares forty failures at each ordinary letter.
_FIRST = f"(?=[{{<$#%@&«\\[(x_.…\u00ad\u200b\u2060\ufeff]|\\*\\||XX|JJ|[{_CAPITAL}][{_CAPITAL}0-9]{{1,40}}_)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The expressions of some styles in one: those that a program puts into a file, and `all`, with those by hand.

    The group that matched is « hidden », « field » or « guess ».
    """

    machine_made: re.Pattern[str]
    all: re.Pattern[str]


def known_styles() -> tuple[str, ...]:
    """Return the names of styles that settings may use."""
    return (*_STYLES, *ALIASES)


def chosen_styles(names: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the names, without aliases, of some of `known_styles`; None: all but those on request."""
    if names is None:
        return tuple(name for name in _STYLES if name not in _ON_REQUEST)
    wanted = {ALIASES.get(name, name) for name in names}
    return tuple(name for name in _STYLES if name in wanted)


@lru_cache(maxsize=16)
def patterns_of(names: tuple[str, ...] | None) -> Patterns:
    """Return the patterns of `chosen_styles`."""
    styles = [_STYLES[name] for name in chosen_styles(names)]
    control = [_ORDER, *(part for style in styles for part in style.control), _INVISIBLE]
    fields = [part for style in styles for part in style.fields]
    by_hand = [part for style in styles for part in style.by_hand]
    guesses = [part for style in styles for part in style.guesses]
    return Patterns(_compiled(control, fields, guesses), _compiled(control, [*fields, *by_hand], guesses))


def _compiled(control: Sequence[str], fields: Sequence[str], guesses: Sequence[str]) -> re.Pattern[str]:
    groups = (("hidden", control), ("field", fields), ("guess", guesses))
    parts = (f"(?P<{name}>{'|'.join(dict.fromkeys(parts))})" for name, parts in groups if parts)
    return re.compile(f"{_FIRST}(?:{'|'.join(parts)})")
