"""The linter: read, analyse, check, report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from falc import formats
from falc.config import Config, Settings
from falc.document import Document, Skipped
from falc.files import is_same_file, naming, replace_content, write_atomically
from falc.findings import find, needs_parser, without_repetitions
from falc.fixes import Fixed, fix_draft
from falc.formats.office.review import Doing, Reviewer
from falc.formats.writers import OFFICE, Draft, OfficeDraft, TextDraft, draft_of
from falc.french.analysis import AnalysedDocument
from falc.french.letters import words_of
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.layout import layout_wants
from falc.model import FalcError, Rule, Severity
from falc.report import Report, criteria, measure, unreadable, whole_sentences
from falc.reviewed import Reviewed, review
from falc.rules import all_rules
from falc.selection import selected
from falc.texts import texts


@dataclass(frozen=True)
class _Setup:
    """What a configuration comes to."""

    config: Config
    rules: tuple[Rule, ...]
    lexicon: Lexicon
    parse: bool


class Linter:
    """Check many texts with the same settings; the model and the lexicons are loaded once.

    Without `config`, the nearest `falc.toml` holds for each file, and the defaults for texts.
    `config` is a `Config`, the path of a configuration file, or `Settings`.  `profile` and `lexicons`
    (paths of TSV files) come on top.  Raises FalcError when a setting is wrong.
    """

    def __init__(
        self,
        profile: str | None = None,
        config: Config | Settings | str | os.PathLike[str] | None = None,
        lexicons: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    ) -> None:
        paths = [lexicons] if isinstance(lexicons, str | os.PathLike) else lexicons
        more = tuple(Path(path) for path in paths) or None
        if isinstance(config, Settings):
            self._settings = config
        else:
            known = config if config is None or isinstance(config, Config) else Path(config)
            self._settings = Settings(known, profile=profile, lexicons=more)
        self._setups: dict[Config, _Setup] = {}
        if not isinstance(config, Settings):  # tell a wrong setting at once
            self._setup(self._settings.for_path(None))

    def config_for(self, path: str | os.PathLike[str]) -> Config:
        """Return the settings that hold for the file at `path`."""
        return self._settings.for_path(Path(path))

    def check(self, path: str | os.PathLike[str]) -> Report:
        """Check the file at `path`.  Raises FalcError naming the file and the cause if it cannot be read."""
        path = Path(path)
        with naming(path):
            return self.check_document(formats.read(path, self.config_for(path).reading), path)

    def check_files(self, paths: Iterable[Path]) -> Iterator[Report]:
        """Check files in order; one that cannot be read gives a report with an `error`."""
        for path in paths:
            try:
                yield self.check(path)
            except FalcError as error:
                yield unreadable(str(path), str(error))
            except Exception as error:
                if os.environ.get("FALC_DEBUG"):
                    raise
                # No text of the letter may leave in an error, hence only the kind of the exception.
                kind = type(error).__name__
                yield unreadable(str(path), f"falc n'a pas pu lire ce fichier (erreur inattendue {kind}).")

    def check_document(self, document: Document, path: Path | None = None) -> Report:
        """Check a document that has been read, with the settings of the file at `path`."""
        setup = self._setup(self._settings.for_path(path))
        (analysed,) = analyse([document], setup.lexicon, parse=setup.parse, model=setup.config.model)
        return _reported(analysed, setup)

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
        for analysed in analyse(documents, setup.lexicon, parse=setup.parse, model=setup.config.model):
            yield _reported(analysed, setup)

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

    def _setup(self, config: Config) -> _Setup:
        if config not in self._setups:
            rules = selected(config)
            self._setups[config] = _Setup(config, rules, _lexicon(config.lexicons), needs_parser(rules))
        return self._setups[config]


def _same_kind(path: Path, output: Path) -> None:
    """Raise FalcError when the name of a copy tells another kind of file than it will be."""
    if output.suffix.lower() != path.suffix.lower():
        raise FalcError(texts()["correction"]["same_suffix"].format(output=output, suffix=path.suffix))


@lru_cache(maxsize=8)
def _lexicon(extra: tuple[Path, ...]) -> Lexicon:
    return Lexicon.load(extra)


def _reported(analysed: AnalysedDocument, setup: _Setup) -> Report:
    document = analysed.document
    found = find(analysed, setup.rules)
    findings = tuple(without_repetitions(found, setup.rules))
    sentences = whole_sentences(analysed)
    nothing = () if document.blocks else (Skipped(*texts()["skipped"]["no_text"]),)
    return Report(
        name=document.name,
        format=document.format,
        document=document,
        words=words_of(analysed.blocks),
        sentences=len(sentences),
        findings=findings,
        measures=measure(analysed, sentences),
        criteria=criteria(setup.rules, tuple(all_rules().values()), document.format, {f.code for f in found}),
        skipped=(*document.skipped, *nothing),
        config=setup.config,
        sentence_lengths=tuple(sentence.words for sentence in sentences),
        rules=setup.rules,
    )
