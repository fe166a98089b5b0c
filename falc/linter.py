"""The linter: read, analyse, check, report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from falc import formats
from falc.config import Config, config_for, read_config
from falc.document import Document
from falc.files import write_atomically
from falc.findings import check_of, find, needs_parser
from falc.french.analysis import AnalysedDocument
from falc.french.lexicon import Lexicon
from falc.french.pipeline import analyse
from falc.model import FalcError, Rule
from falc.report import Report, criteria, measure, unreadable, whole_sentences
from falc.rules import all_rules, selected


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
    `config` is a `Config` or the path of a configuration file.  `profile` and `lexicons` (paths of
    TSV files) come on top.  Raises FalcError when a setting is wrong.
    """

    def __init__(
        self,
        profile: str | None = None,
        config: Config | str | os.PathLike[str] | None = None,
        lexicons: Sequence[str | os.PathLike[str]] = (),
    ) -> None:
        self._profile = profile
        self._lexicons = tuple(Path(path) for path in lexicons)
        self._config = config if config is None or isinstance(config, Config) else read_config(Path(config))
        self._setups: dict[Config, _Setup] = {}
        self._setup(self._config_for(None))

    def config_for(self, path: str | os.PathLike[str]) -> Config:
        """Return the settings that hold for the file at `path`."""
        return self._config_for(Path(path))

    def check(self, path: str | os.PathLike[str]) -> Report:
        """Check the file at `path`.  Raises FalcError naming the file and the cause if it cannot be read."""
        document = _read(Path(path))
        return self._report(document, self._setup(self._config_for(Path(path))))

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
                yield unreadable(str(path), f"{path} : falc n'a pas pu lire ce fichier (erreur inattendue {kind}).")

    def check_text(self, text: str, format: str = "text", name: str = "-") -> Report:
        """Check a text in one of the formats text, markdown, html."""
        return self._report(formats.read_text(text, format, name), self._setup(self._text_config(name)))

    def check_document(self, document: Document) -> Report:
        """Check a document that has been read already."""
        return self._report(document, self._setup(self._text_config(document.name)))

    def check_texts(self, texts: Iterable[str], format: str = "text") -> Iterator[Report]:
        """Check texts in order, parsed in batches: faster than one call for each."""
        setup = self._setup(self._text_config("-"))
        documents = (formats.read_text(text, format) for text in texts)
        for analysed in analyse(documents, setup.lexicon, parse=setup.parse, model=setup.config.model):
            yield _reported(analysed, setup)

    def annotate(self, path: str | os.PathLike[str], output: str | os.PathLike[str]) -> Report:
        """Write a copy of the Word file at `path` with one comment for each finding; return the report.

        The copy appears at `output` whole or not at all.  Raises FalcError when the file is no Word file.
        """
        from falc.annotate import annotated  # here: only Word files need lxml

        path, output = Path(path), Path(output)
        report = self.check(path)
        if report.format != "docx":
            raise FalcError(f"{path} : falc sait mettre des commentaires dans les fichiers Word (.docx) seulement.")
        write_atomically(output, annotated(path.read_bytes(), report))
        return report

    def _text_config(self, name: str) -> Config:
        return self._config_for(Path(name) if name != "-" else None)

    def _config_for(self, path: Path | None) -> Config:
        config = self._config or (Config() if path is None else config_for(path))
        lexicons = (*config.lexicons, *self._lexicons)
        return config.with_options(profile=self._profile, lexicons=lexicons if self._lexicons else None)

    def _setup(self, config: Config) -> _Setup:
        if config not in self._setups:
            rules = selected(config)
            for rule in rules:
                check_of(rule)
            self._setups[config] = _Setup(config, rules, _lexicon(config.lexicons), needs_parser(rules))
        return self._setups[config]

    def _report(self, document: Document, setup: _Setup) -> Report:
        (analysed,) = analyse([document], setup.lexicon, parse=setup.parse, model=setup.config.model)
        return _reported(analysed, setup)


@lru_cache(maxsize=8)
def _lexicon(extra: tuple[Path, ...]) -> Lexicon:
    return Lexicon.load(extra)


def _read(path: Path) -> Document:
    try:
        return formats.read(path)
    except FalcError as error:
        message = str(error)
        raise FalcError(message if message.startswith(str(path)) else f"{path} : {message}") from None


def _reported(analysed: AnalysedDocument, setup: _Setup) -> Report:
    document = analysed.document
    findings = find(analysed, setup.rules)
    measures = measure(analysed, findings)
    return Report(
        name=document.name,
        format=document.format,
        document=document,
        words=sum(sentence.words for block in analysed.blocks for sentence in block.sentences),
        sentences=len(whole_sentences(analysed)),
        findings=findings,
        measures=measures,
        criteria=criteria(setup.rules, tuple(all_rules().values()), document.format, {f.code for f in findings}),
        skipped=document.skipped,
    )
