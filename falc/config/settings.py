"""Which settings hold for which file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from falc.config.reading import has_settings, read_config
from falc.config.values import CONFIG_FILE, Config
from falc.patterns import patterns, refuse_faulty

__all__ = ["Settings", "config_for", "place_of", "settings_in"]

_NAMES = (CONFIG_FILE, "pyproject.toml")


class Settings:
    """Which configuration holds for which file, with what the caller asks for on top.

    `config` (a `Config` or the path of a file) holds for all files; without it the nearest file
    holds for each.  `isolated` looks for none.  Files are read once.
    """

    def __init__(
        self,
        config: Config | Path | None = None,
        *,
        isolated: bool = False,
        ignore: tuple[str, ...] = (),
        **changes: object,
    ) -> None:
        self._isolated = isolated
        self._ignore = ignore
        self._changes = changes
        self._folders: dict[str, Config] = {}
        self._real_names: dict[str, str] = {}
        self._variants: dict[tuple[int, tuple[str, ...], str | None, bool], Config] = {}
        self._only: Config | None = None
        if config is not None:
            self._only = self._changed(config if isinstance(config, Config) else read_config(config))
        self._none = self._changed(Config())

    def __getstate__(self) -> dict[str, object]:
        """Return what another process needs; there, objects have other identities."""
        return {**self.__dict__, "_variants": {}}

    def for_path(self, path: Path | None) -> Config:
        """Return the configuration of the file at `path`, or of a text without a file.

        Files for which the same settings hold share one `Config`.  Raises FalcError when a file of settings is wrong.
        """
        if path is None:
            return self._only or self._none
        if path.is_dir():
            return self.for_folder(path)
        return self._for_file(self.for_folder(path.parent), path)

    def for_folder(self, folder: Path) -> Config:
        """Return the configuration that the files of `folder` share, before the settings of single files."""
        if self._only is not None:
            return self._only
        return self._none if self._isolated else self._nearest(self._real(folder))

    def _real(self, folder: Path) -> str:
        """Follow the links of a folder, once: it takes as long as reading a letter from the cache."""
        name = str(folder.absolute())
        if name not in self._real_names:
            self._real_names[name] = os.path.realpath(name)
        return self._real_names[name]

    def _nearest(self, folder: str) -> Config:
        """Return the configuration of a folder, links followed."""
        passed = []
        while folder not in self._folders:
            passed.append(folder)
            own, above = settings_in(Path(folder)), str(Path(folder).parent)
            if own is not None:
                self._folders[folder] = self._changed(read_config(own))
            elif above == folder:
                self._folders[folder] = self._none
            else:
                folder = above
        self._folders |= dict.fromkeys(passed, self._folders[folder])
        return self._folders[folder]

    def _changed(self, config: Config) -> Config:
        ignore = (*config.ignore, *self._ignore) if self._ignore else None
        lexicons = self._changes.get("lexicons")
        changes = {**self._changes, "lexicons": (*config.lexicons, *lexicons) if isinstance(lexicons, tuple) else None}
        return config.with_options(**changes, ignore=ignore)

    def _for_file(self, config: Config, path: Path) -> Config:
        """Return `config` with what it says of files with this name on top."""
        if not (config.per_file_ignores or config.per_file_profile or config.include):
            return config
        place = place_of(self._real(path.parent), config.path)
        ignoring = _holding(config, "per-file-ignores", dict(config.per_file_ignores), place + path.name)
        profiles = _holding(config, "per-file-profile", dict(config.per_file_profile), place + path.name)
        # The command line is stronger than any file; of several profiles, the last one holds.
        profile = profiles[-1] if profiles and self._changes.get("profile") is None else None
        included = patterns(config.include).hold(place + path.name) if config.include else False
        if not ignoring and profile is None and not included:
            return config
        key = (id(config), ignoring, profile, included)
        if key not in self._variants:
            self._variants[key] = replace(_variant(config, ignoring, profile), included=included)
        return self._variants[key]


def _holding(config: Config, key: str, table: Iterable[str], path: str) -> tuple[str, ...]:
    """Return the patterns of a table of `config` that name the file at `path`."""
    refuse_faulty(table, config.origin(key), key, negated=False)
    return tuple(pattern for pattern in table if patterns((pattern,)).hold(path))


def _variant(config: Config, ignoring: tuple[str, ...], profile: str | None) -> Config:
    ignored = dict(config.per_file_ignores)
    origins = dict(config.origins)
    if ignoring:
        places = [_place_of_pattern(config, "per-file-ignores", pattern) for pattern in ignoring]
        origins["ignore"] = " ; ".join(([origins["ignore"]] if "ignore" in origins else []) + places)
    if profile is not None:
        origins["profile"] = _place_of_pattern(config, "per-file-profile", profile)
    return replace(
        config,
        ignore=(*config.ignore, *(code for pattern in ignoring for code in ignored[pattern])),
        profile=config.profile if profile is None else dict(config.per_file_profile)[profile],
        origins=origins,
    )


def _place_of_pattern(config: Config, key: str, pattern: str) -> str:
    return f"{config.origin(f'{key}.{pattern}')} (« {pattern} »)"


def place_of(folder: str, base: Path | None) -> str:
    """Return where `folder`, links followed, is, as patterns see it: « courriers/sms/ », or nothing.

    Paths count from the folder of the file `base`, else from the current folder; a folder that is in neither has none.
    """
    for start in (str(base.parent) if base else None, os.path.realpath(os.curdir)):
        if start is None:
            continue
        if folder == start:
            return ""
        inside = start if start.endswith(os.sep) else start + os.sep
        if folder.startswith(inside):
            return folder[len(inside) :].replace(os.sep, "/") + "/"
    return ""


def config_for(path: Path) -> Config:
    """Return the configuration of the nearest `falc.toml` or `pyproject.toml` with `[tool.falc]`.

    The search starts in the folder of `path` and goes up; the first file found wins alone.
    Raises FalcError naming file, line and key when that file is wrong.
    """
    return Settings().for_folder(path if path.is_dir() else path.parent)


def settings_in(folder: Path) -> Path | None:
    """Return the file of settings that stands in `folder`, if there is one.  Raises FalcError when it is not TOML."""
    for name in _NAMES:
        path = folder / name
        if path.is_file() and has_settings(path):
            return path
    return None
