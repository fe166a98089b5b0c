"""Documents as JSON: data that runs nothing when it is read, and that is checked against the types of each field."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from falc.document import Document
from falc.look import ParagraphFormat, TextFormat

__all__ = ["from_json", "to_json"]

# Thousands of pieces of text share a few looks: each is written once, and elsewhere by its number.
_SHARED = (TextFormat, ParagraphFormat)
_Read = Callable[[Any], Any]


def to_json(document: Document) -> bytes:
    """Write a document, with all that it holds."""
    looks: dict[object, int] = {}
    written = _write(document, looks)
    return json.dumps([[_names(look) for look in looks], written]).encode("ascii")


def _names(look: object) -> list[object]:
    return [type(look).__name__, *(_write(getattr(look, field.name), {}) for field in fields(cast("Any", look)))]


def _write(value: object, looks: dict[object, int]) -> object:
    if isinstance(value, _SHARED):
        return looks.setdefault(value, len(looks))
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_write(item, looks) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return [_write(getattr(value, field.name), looks) for field in fields(value)]
    return value


def from_json(data: bytes) -> Document:
    """Read what `to_json` wrote; raise ValueError when it is anything else."""
    try:
        looks, written = json.loads(data)
        reading = _Reading()
        for name, *values in looks:
            reading.add_look(name, values)
        return cast("Document", reading.of(Document)(written))
    except (TypeError, LookupError, RecursionError) as error:
        raise ValueError("not a document") from error


class _Reading:
    """The functions that read each type, made once for each."""

    def __init__(self) -> None:
        self._looks: list[object] = []
        self._made: dict[Any, _Read] = {}

    def add_look(self, name: str, values: list[object]) -> None:
        kind = next(kind for kind in _SHARED if kind.__name__ == name)
        self._looks.append(self._dataclass(kind)(values))

    def of(self, hint: Any) -> _Read:  # noqa: ANN401
        if hint not in self._made:
            self._made[hint] = self._make(hint)
        return self._made[hint]

    def _make(self, hint: Any) -> _Read:  # noqa: ANN401
        origin, arguments = get_origin(hint), get_args(hint)
        if hint in _SHARED:
            return lambda value: _checked(self._looks[_checked(value, int)], hint)
        if is_dataclass(hint):
            return self._dataclass(cast("type", hint))
        if origin is tuple:
            item = self.of(arguments[0])
            return lambda value: tuple(map(item, _checked(value, list)))
        if origin in (UnionType, Union):
            (inner,) = (self.of(argument) for argument in arguments if argument is not NoneType)
            return lambda value: None if value is None else inner(value)
        if origin is Literal:
            return {argument: argument for argument in arguments}.__getitem__
        if isinstance(hint, type) and issubclass(hint, Enum):
            return {member.value: member for member in hint}.__getitem__
        if origin is not None:  # a mapping of texts
            return lambda value: MappingProxyType({_checked(k, str): _checked(v, str) for k, v in value.items()})
        kinds = (float, int) if hint is float else int if hint is bool else hint
        return lambda value: _checked(value, kinds)

    def _dataclass(self, kind: type) -> _Read:
        hints = get_type_hints(kind)
        readers = [self.of(hints[field.name]) for field in fields(kind)]

        def read(values: list[Any]) -> object:
            pairs = zip(readers, _checked(values, list), strict=True)
            return kind(*(reader(value) for reader, value in pairs))

        return read


def _checked(value: Any, kind: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, kind):
        raise TypeError(type(value))
    return value
