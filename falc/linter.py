"""The linter: read, analyse, check, report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from falc import formats
from falc.block_hits import BlockHits
from falc.cache import Cache
from falc.config import Config, Settings
from falc.document import Document
from falc.files import is_same_file, naming, replace_content, write_atomically
from falc.fixes import Fixed, fix_draft
from falc.formats.office.review import Doing, Reviewer
from falc.formats.writers import OFFICE, Draft, OfficeDraft, TextDraft, draft_of
from falc.french.parses import Parses
from falc.french.pipeline import analyse
from falc.inspection import Setup, reported
from falc.jobs import Sharing
from falc.kept_reports import KeptReports, rereading
from falc.layout import layout_wants
from falc.model import FalcError, Severity
from falc.records import error_of, report_of
from falc.report import Report, unreadable
from falc.reviewed import Reviewed, review
from falc.selection import selected
from falc.stamps import model_stamp
from falc.texts import texts


class Linter:
    """Check many texts with the same settings; the model and the lexicons are loaded once.

    Without `config`, the nearest `falc.toml` holds for each file, and the defaults for texts.
    `config` is a `Config`, the path of a configuration file, or `Settings`.  `profile` and `lexicons`
    (paths of TSV files) come on top.  With a `cache`, what was checked before is not checked again.
    Raises FalcError when a setting is wrong.
    """

    def __init__(
        self,
        profile: str | None = None,
        config: Config | Settings | str | os.PathLike[str] | None = None,
        lexicons: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        cache: Cache | None = None,
    ) -> None:
        paths = [lexicons] if isinstance(lexicons, str | os.PathLike) else lexicons
        more = tuple(Path(path) for path in paths) or None
        if isinstance(config, Settings):
            self._settings = config
        else:
            known = config if config is None or isinstance(config, Config) else Path(config)
            self._settings = Settings(known, profile=profile, lexicons=more)
        self._setups: dict[Config, Setup] = {}
        self._cache = cache
        self._kept = KeptReports(cache) if cache is not None else None
        if not isinstance(config, Settings):  # tell a wrong setting at once
            self._setup(self._settings.for_path(None)).prepare()

    def config_for(self, path: str | os.PathLike[str]) -> Config:
        """Return the settings that hold for the file at `path`."""
        return self._settings.for_path(Path(path))

    def check(self, path: str | os.PathLike[str]) -> Report:
        """Check the file at `path`.  Raises FalcError naming the file and the cause if it cannot be read."""
        path = Path(path)
        with naming(path):
            setup = self._setup(self._settings.for_path(path))
            data = formats.load(path)
            known = self._known(path, data, setup)
            if known is not None:
                return known
            document = formats.read_bytes(data, path, str(path), path.parent, setup.config.reading)
            report = self.check_document(document, path)
            if self._kept is not None:
                self._kept.put(self._kept.key(path, data, setup.stamp), path, report)
                self._kept.flush()
            return report

    def check_file(self, path: Path) -> Report:
        """Check a file; one that cannot be read gives a report with an `error`."""
        try:
            return self.check(path)
        except FalcError as error:
            return unreadable(str(path), str(error))
        except Exception as error:
            if os.environ.get("FALC_DEBUG"):
                raise
            # No text of the letter may leave in an error, hence only the kind of the exception.
            kind = type(error).__name__
            return unreadable(str(path), f"falc n'a pas pu lire ce fichier (erreur inattendue {kind}).")

    def check_files(self, paths: Iterable[Path | Report], jobs: int = 1) -> Iterator[Report]:
        """Check files in order; one that cannot be read gives a report with an `error`; reports pass as they are.

        `jobs` processes share the work; 0 means as many as the computer has cores, if there is work for them.
        """
        folder = self._cache.folder if self._cache is not None else None
        start = (self._settings, folder)
        yield from Sharing(self.known, self.check_file, self._received, start).reports(paths, jobs)

    def _received(self, path: Path, record: list[Any] | None) -> Report:
        """Return the report that another process made, if it lived."""
        error = texts()["taches"]["crashed"] if record is None else error_of(record)
        if record is None or error:
            return unreadable(str(path), error)
        setup = self._setup(self._settings.for_path(path))
        return report_of(record, str(path), setup.config, setup.rules, rereading(path, setup.config))

    def known(self, path: Path) -> Report | None:
        """Return the report of a file that was checked before, if the cache has it."""
        if self._kept is None:
            return None
        try:
            with naming(path):
                return self._known(path, formats.load(path), self._setup(self._settings.for_path(path)))
        except FalcError:
            return None  # to check it will tell

    def _known(self, path: Path, data: bytes, setup: Setup) -> Report | None:
        if self._kept is None:
            return None
        return self._kept.get(self._kept.key(path, data, setup.stamp), path, setup.config, setup.rules)

    def check_document(self, document: Document, path: Path | None = None) -> Report:
        """Check a document that has been read, with the settings of the file at `path`."""
        (report,) = self._reports([document], self._setup(self._settings.for_path(path)))
        return report

    def check_text(self, text: str, format: str = "text", name: str = "-") -> Report:
        """Check a text in one of the formats text, markdown, html.

        Spans of the findings count code points of `text`.  Raises FalcError for another format or a text
        that is too long.
        """
        return self.check_document(formats.read_text(text, format, name, reading=self._settings.for_path(None).reading))

    def check_texts(self, texts: Iterable[str], format: str = "text") -> Iterator[Report]:
        """Check texts in order, parsed in batches: faster than one call for each."""
        if isinstance(texts, str):
            raise TypeError("check_texts() takes several texts; use check_text() for one")
        setup = self._setup(self._settings.for_path(None))
        reading = setup.config.reading
        documents = (formats.read_text(text, format, reading=reading) for text in texts)
        yield from self._reports(documents, setup)

    def _reports(self, documents: Iterable[Document], setup: Setup) -> Iterator[Report]:
        model = setup.config.model
        parses = hits = None
        if self._cache is not None:
            parses, hits = Parses(self._cache, model_stamp(model)), BlockHits(self._cache, setup.stamp)
        for analysed in analyse(documents, setup.lexicon, parse=setup.parse, model=model, parses=parses):
            yield reported(analysed, setup, hits)

    def annotate(
        self,
        path: str | os.PathLike[str],
        output: str | os.PathLike[str],
        *,
        in_place: bool = False,
        track_changes: bool = False,
        unsafe: bool = False,
        least: Severity | None = None,
        most: int | None = None,
        reviewer: Reviewer | None = None,
    ) -> Reviewed:
        """Write a copy of the Word file or OpenDocument text at `path` with comments; return what was written.

        With `track_changes` the safe fixes, with `unsafe` the others too, are written as tracked changes; what is left
        is told in comments.  `least` keeps the findings of this severity and above, `most` is the number of comments.
        The copy appears at `output` whole or not at all.  Raises FalcError when the file takes no comments, is
        protected, or when `output` is the file itself and `in_place` is false.
        """
        path, output = Path(path), Path(output)
        if not in_place and is_same_file(path, output):
            raise FalcError(f"{output} : ce fichier est la lettre d'origine. Choisissez un autre nom.")
        with naming(path):
            draft = draft_of(formats.load(path), path, str(path), path.parent, self.config_for(path).reading)
            if not isinstance(draft, OfficeDraft):
                raise FalcError(texts()["correction"]["no_comments"])
            _same_kind(path, output)
            document = draft.document
            draft.refuse(Doing.TRACK if track_changes else Doing.COMMENT)
            report = self.check_document(document, path)
            fixed = None
            if track_changes:
                fixed = fix_draft(
                    draft, lambda document: self.check_document(document, path), unsafe=unsafe, first=report
                )
            done = review(draft, report, fixed, least=least, most=most, reviewer=reviewer or Reviewer())
        write_atomically(output, done.content)
        return done

    def fix_text(self, text: str, format: str = "text", *, unsafe: bool = False) -> Fixed:
        """Make the safe fixes of a text in one of the formats text, markdown, html; with `unsafe`, the others too.

        Raises FalcError for another format or a text that is too long.
        """
        return fix_draft(
            TextDraft(text, format, reading=self._settings.for_path(None).reading), self.check_document, unsafe=unsafe
        )

    def fix_bytes(
        self,
        data: bytes,
        path: Path,
        name: str,
        folder: Path | None = None,
        *,
        unsafe: bool = False,
        layout: bool = False,
    ) -> Fixed:
        """Make the fixes of the content of a file, with the settings of `path`, which tells its format; write nothing.

        With `layout`, also give an Office file the look that the selected rules ask for.  Raises FalcError naming the
        file when it cannot be read, is protected, or is of a kind that falc does not write.
        """
        with naming(Path(name)):
            draft = draft_of(data, path, name, folder, self.config_for(path).reading)
            fixed = fix_draft(draft, lambda document: self.check_document(document, path), unsafe=unsafe)
            if layout:
                fixed = self._laid_out(draft, fixed, path)
            if fixed.content != data:
                draft.refuse(Doing.EDIT)
            return fixed

    def _laid_out(self, draft: Draft, fixed: Fixed, path: Path) -> Fixed:
        if not isinstance(draft, OfficeDraft):
            return replace(fixed, left_out=(*fixed.left_out, texts()["mise_en_page"]["only_office"]))
        draft = replace(draft, content=fixed.content)
        wants = layout_wants(self._setup(self._settings.for_path(path)).rules, draft.document)
        after, changed = draft.laid_out(wants)
        if not changed:
            return fixed
        report = self.check_document(after.document, path)
        return replace(fixed, content=after.content, layout=changed, report=report)

    def fix(
        self,
        path: str | os.PathLike[str],
        output: str | os.PathLike[str] | None = None,
        *,
        unsafe: bool = False,
        layout: bool = False,
        write: bool = True,
    ) -> Fixed:
        """Make the safe fixes of the file at `path`, with `unsafe` the others too, in place, at `output` or nowhere.

        With `layout`, also give an Office file the look that the selected rules ask for.  A file that needs no fix is
        left alone.  Raises FalcError when it cannot be read or written: it is then as it
        was.
        """
        path = Path(path)
        with naming(path):
            data = formats.load(path)
        fixed = self.fix_bytes(data, path, str(path), path.parent, unsafe=unsafe, layout=layout)
        if not write:
            return fixed
        if output is not None:
            if fixed.report.format in OFFICE:
                _same_kind(path, Path(output))
            write_atomically(Path(output), fixed.content)
        elif fixed.content != data:
            replace_content(path, fixed.content)
        return fixed

    def _setup(self, config: Config) -> Setup:
        if config not in self._setups:
            self._setups[config] = Setup(config, selected(config))
        return self._setups[config]


def _same_kind(path: Path, output: Path) -> None:
    """Raise FalcError when the name of a copy tells another kind of file than it will be."""
    if output.suffix.lower() != path.suffix.lower():
        raise FalcError(texts()["correction"]["same_suffix"].format(output=output, suffix=path.suffix))
