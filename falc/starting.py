"""Look at a folder of letters and propose settings for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

from falc import formats
from falc.config import CONFIG_FILE, Settings
from falc.discovery import Discovery
from falc.document import SegmentKind
from falc.model import FalcError
from falc.resources import data
from falc.texts import texts
from falc.toml import shown

__all__ = ["BASELINE", "Survey", "pattern_of", "proposal", "survey"]

BASELINE = "falc-baseline.json"
_OFFICE = ("docx", "odt")
# The first files show how the others are made.
_MOST_TEXTS, _MOST_OFFICE = 200, 20
_HEAD = 20_000
_SMS = "sms"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder holds: how many files to check of each format, and how many templates of each style.

    `exclude` are patterns of files that are no letters, `sms` those of folders of short messages; `services` are the
    names of the services that seem to check the repository; `above` is a file of settings that holds so far.
    """

    formats: Mapping[str, int]
    styles: Mapping[str, int]
    exclude: tuple[str, ...] = ()
    sms: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    has_baseline: bool = False
    above: Path | None = None

    @property
    def files(self) -> int:
        return sum(self.formats.values())


@dataclass(slots=True)
class _Seen:
    letters: list[Path] = field(default_factory=list)
    others: dict[str, list[Path]] = field(default_factory=dict)  # by the pattern that leaves them out
    sms: dict[str, None] = field(default_factory=dict)


def survey(folder: Path) -> Survey:
    """Look at a folder.  Raises FalcError when it is none, or a pattern in a `.falcignore` is wrong."""
    if not folder.is_dir():
        raise FalcError(texts()["depart"]["no_folder"].format(path=folder))
    seen = _Seen()
    for file in Discovery(Settings(isolated=True)).files([folder]):
        if isinstance(file, Path):
            _see(seen, file, file.relative_to(folder).parts)
    # Where nothing else is there, even a folder called « docs » holds the letters.
    kept = [] if seen.letters else [pattern for pattern in seen.others if pattern.endswith("/")]
    letters = [*seen.letters, *(file for pattern in kept for file in seen.others[pattern])]
    services = texts()["depart"]["services"]
    return Survey(
        formats=dict(Counter(formats.format_of(file) or "" for file in letters).most_common()),
        styles=dict(Counter(_styles(letters)).most_common()),
        exclude=tuple(pattern for pattern in seen.others if pattern not in kept),
        sms=tuple(seen.sms),
        services=tuple(name for name, place in services.items() if (folder / place).exists()),
        has_baseline=(folder / BASELINE).exists(),
        above=Settings().for_folder(folder).path,
    )


def _see(seen: _Seen, file: Path, parts: tuple[str, ...]) -> None:
    """Put a file with the letters, or with those that a pattern leaves out."""
    words = texts()["depart"]
    if any(fnmatchcase(parts[-1].lower(), pattern) for pattern in words["other_files"]):
        seen.others.setdefault(pattern_of(parts[-1]), []).append(file)
    elif len(parts) > 1 and parts[0].lower() in words["other_folders"]:
        seen.others.setdefault(f"/{pattern_of(parts[0])}/", []).append(file)
    else:
        seen.letters.append(file)
    for depth, part in enumerate(parts[:-1], 1):
        if part.lower() == _SMS:
            seen.sms["/".join(map(pattern_of, parts[:depth])) + "/**"] = None


def pattern_of(name: str) -> str:
    """Return a name as a pattern that fits only it, or any sign where the name has bytes that are none."""
    plain = name.encode(errors="replace").decode()
    escaped = "".join(f"\\{sign}" if sign in "\\*[" else sign for sign in plain)
    return f"\\{escaped}" if escaped.startswith(("!", "#")) else escaped


def _styles(letters: Iterable[Path]) -> Iterator[str]:
    """Yield the styles of placeholders of each of the first letters."""
    letters = list(letters)
    office = [path for path in letters if formats.format_of(path) in _OFFICE]
    plain = [path for path in letters if formats.format_of(path) in ("text", "markdown", "html")]
    for path in islice(plain, _MOST_TEXTS):
        yield from _styles_of(path)
    for path in islice(office, _MOST_OFFICE):
        if _has_fields(path):
            yield texts()["depart"]["office_style"]


def _styles_of(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as file:
            text = formats.decode(file.read(_HEAD)).text
    except (OSError, FalcError):  # the check will tell
        return
    suffixes = {suffix.lower() for suffix in path.suffixes}
    for name, signs in texts()["depart"]["styles"].items():
        if any(sign in (suffixes if sign.startswith(".") else text) for sign in signs):
            yield name


def _has_fields(path: Path) -> bool:
    try:
        document = formats.read(path)
    except FalcError:
        return False
    return any(s.kind is SegmentKind.PLACEHOLDER for block in document.blocks for s in block.segments)


def proposal(found: Survey) -> str:
    """Return a commented file of settings for what was found."""
    from jinja2 import Environment, StrictUndefined  # it takes time to import

    environment = Environment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    template = environment.from_string((data("rules") / f"{CONFIG_FILE}.j2").read_text(encoding="utf-8"))
    return template.render(
        exclude=[_quoted(pattern) for pattern in found.exclude],
        styles=list(found.styles),
        sms=[_quoted(pattern) for pattern in found.sms],
        baseline=found.has_baseline,
    )


def _quoted(text: str) -> str:
    """Return a text as TOML writes it, whatever signs a file name holds."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return shown("".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign for sign in plain))
