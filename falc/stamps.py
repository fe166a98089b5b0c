"""What results depend on besides the text: the program, its data, the model, the settings.

A stamp is the same as long as nothing changes that could change a result, and another one when in doubt.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

from falc.compiled import compiled, made_by
from falc.config import Config
from falc.resources import data, walk

__all__ = ["model_stamp", "settings_stamp"]

# They choose files, or say what is done with findings.
_NO_MATTER = frozenset(("path", "fail_on", "include", "exclude", "baseline", "origins", "sources"))
# They are in the stamp in another way: by their content, or in what they changed for the file.
_OTHERWISE = frozenset(("lexicons", "model", "per_file_ignores", "per_file_profile"))


def settings_stamp(config: Config) -> bytes:
    """Return the stamp of all that `config` comes to for a file."""
    chosen = {
        field.name: getattr(config, field.name) for field in fields(config) if field.name not in _NO_MATTER | _OTHERWISE
    }
    lexicons = [_digest_of(path) for path in config.lexicons]
    return b"\0".join((_plain(chosen).encode(), model_stamp(config.model), *lexicons))


@lru_cache(maxsize=8)
def model_stamp(model: str) -> bytes:
    """Return the stamp of a French model, of the libraries beside it, and of falc itself; it loads nothing."""
    known = (_program(), model, *_libraries(), *_model(model))
    return hashlib.sha256("\0".join(known).encode(errors="surrogateescape")).digest()


@lru_cache(maxsize=1)
def _program() -> str:
    """Return the stamp of falc, its rules and its lexicons."""
    files = [file for folder in ("rules", "lexicons") for file in walk(data(folder), "")]
    known = [made_by(), unicodedata.unidata_version, compiled("empreinte", files, lambda: _contents(files))]
    # Two builds of one version are not the same program: the list of installed files holds their digests.
    for record in sorted(Path(__file__).parent.parent.glob("falc-*.dist-info/RECORD")):
        known.append(hashlib.sha256(record.read_bytes()).hexdigest())
    return "\0".join(known)


def _contents(files: Iterable[Traversable]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _libraries() -> Iterator[str]:
    """Yield the names and versions of all that is installed beside spaCy: readers of files, spaCy's own parts."""
    yield sys.version
    spacy = _folder_of("spacy")
    if spacy is not None:
        yield from sorted(entry.name for entry in spacy.parent.iterdir() if entry.name.endswith(".dist-info"))


def _model(model: str) -> Iterator[str]:
    """Yield what tells this model from others: what its package says, or the state of the files of a folder."""
    package = _folder_of(model) if model.isidentifier() else None
    if package is not None:
        yield from (file.read_text(encoding="utf-8", errors="replace") for file in sorted(package.glob("meta.json")))
    elif Path(model).is_dir():
        for file in sorted(Path(model).rglob("*")):
            known = file.stat()
            yield f"{file}:{known.st_size}:{known.st_mtime_ns}"


def _folder_of(package: str) -> Path | None:
    """Return the folder of an installed package, without importing it."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _digest_of(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # the one who reads it will tell
        return b"?"


def _plain(value: object) -> str:
    """Return a value of settings as a text that is the same for equal values."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_plain(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, tuple | list):
        return "[" + ",".join(map(_plain, value)) + "]"
    return f"{type(value).__name__}:{value!r}"
