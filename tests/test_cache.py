"""What falc keeps from one run to the next: same results, nothing to read in it, no failure because of it."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from falc.block_hits import BlockHits
from falc.cache import Cache
from falc.cli import main
from falc.cli.cache import cache as cache_command
from falc.cli.cache import opened_cache
from falc.config import Config, Settings
from falc.findings import find
from falc.formats import read_text
from falc.french.lexicon import Lexicon
from falc.french.parses import Parses, restore
from falc.french.pipeline import analyse, load
from falc.linter import Linter
from falc.model import FalcError
from falc.rules import MARK, all_rules
from falc.sealed import Key, sealed, unsealed
from falc.selection import selected
from falc.stamps import model_stamp, settings_stamp

LETTER = """Madame,

Nonobstant les rappels, votre demande a été examinée par la commission Zorglub.

Vous devez fournir les pièces afférentes à {{ nom }} avant le 12/03/2025.
"""
PAGE = (
    "<html lang='fr'><head><link rel='stylesheet' href='style.css'></head><body><p>Vous devez payer.</p></body></html>"
)


def shown(report):
    return report.to_dict(), report.sentence_lengths, [(f.sentence, f.fixes, str(f.location)) for f in report]


def check_all(folder, cache=None, **changes):
    linter = Linter(config=Settings(Config(), **changes), cache=cache)
    return [shown(report) for report in linter.check_files(sorted(folder.iterdir()))]


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "lettres" / "lettre.txt"
    path.parent.mkdir()
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def cache(tmp_path):
    with Cache(tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def parsed(monkeypatch):
    """The texts that the parser gets."""
    nlp, texts = load(), []
    pipe = nlp.pipe

    def counting(docs, **options):
        def told():
            for doc in docs:
                if isinstance(doc, tuple):  # spaCy's pipe calls itself again without them
                    texts.append(doc[0].text)
                yield doc

        return pipe(told(), **options)

    monkeypatch.setattr(nlp, "pipe", counting)
    return texts


def test_the_second_time_says_the_same_without_reading(letter, cache, monkeypatch):
    first = check_all(letter.parent, cache)
    monkeypatch.setattr("falc.formats.read_bytes", None)
    assert check_all(letter.parent, cache) == first == check_all(letter.parent, cache)
    monkeypatch.undo()
    assert check_all(letter.parent) == first


def test_the_text_of_a_known_report_is_read_when_somebody_asks(letter, cache):
    Linter(cache=cache).check(letter)
    report = Linter(cache=cache).check(letter)
    assert callable(report.source)
    assert report.document.text == LETTER


def test_a_letter_that_changed_in_between_is_told(letter, cache):
    Linter(cache=cache).check(letter)
    report = Linter(cache=cache).check(letter)
    letter.write_text("Une autre lettre.", encoding="utf-8")
    with pytest.raises(FalcError, match=r"lettre\.txt : ce fichier a changé"):
        _ = report.document


def test_a_known_letter_needs_neither_spacy_nor_readers(letter, tmp_path):
    program = """
import sys
from pathlib import Path
from falc.cache import Cache
from falc.linter import Linter
with Cache(Path(sys.argv[1])) as cache:
    report = Linter(cache=cache).check(sys.argv[2])
print(len(report.findings), [name for name in ("spacy", "lxml", "docx", "markdown_it") if name in sys.modules])
"""
    command = [sys.executable, "-c", program, str(tmp_path / "cache"), str(letter)]
    said = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert "spacy" in said[0]
    assert said[1].endswith("[]\n")
    assert said[0].split()[0] == said[1].split()[0] != "0"


def test_only_a_changed_paragraph_is_parsed_again(letter, cache, parsed):
    linter = Linter(cache=cache)
    linter.check(letter)
    assert len(parsed) == 3
    letter.write_text(LETTER.replace("Madame", "Monsieur") + "\nMerci beaucoup.\n", encoding="utf-8")
    linter.check(letter)
    assert parsed[3:] == ["Monsieur,", "Merci beaucoup."]


def test_a_paragraph_that_two_files_share_is_parsed_once(letter, cache, parsed):
    letter.with_name("autre.md").write_text("# Titre\n\nMadame,\n", encoding="utf-8")
    check_all(letter.parent, cache)
    assert sorted(parsed).count("Madame,") == 1


def test_other_settings_are_other_results_but_the_same_parse(letter, cache, parsed):
    check_all(letter.parent, cache)
    count = len(parsed)
    for changes in ({"profile": "falc-strict"}, {"ignore": ("MOT",)}, {"select": ("PHR",)}):
        assert check_all(letter.parent, cache, **changes) == check_all(letter.parent, **changes)
    assert [text for text in parsed[count:] if "Zorglub" in text] == [parsed[1]] * 3  # without cache only


def test_options_of_rules_matter(letter, cache):
    long, short = (Config(rules={"PHR001": {"max_words": words}}, select=("PHR001",)) for words in (99, 3))
    assert not Linter(config=long, cache=cache).check(letter).findings
    assert Linter(config=short, cache=cache).check(letter).findings
    assert settings_stamp(long) != settings_stamp(short)


def test_what_does_not_change_findings_changes_no_stamp():
    assert settings_stamp(Config()) == settings_stamp(Config(exclude=("vieux/",), path=Path("falc.toml")))


def test_the_content_of_own_lexicons_matters(letter, cache, tmp_path):
    words = tmp_path / "mots.tsv"
    head = "terme\tremplacement\tcategorie\tnote\tsource\tsurete\n"
    lexicons = sorted((Path(__file__).parent.parent / "lexicons").glob("*.tsv"))
    head, _, row = lexicons[0].read_text(encoding="utf-8").partition("\n")
    words.write_text(f"{head}\n", encoding="utf-8")
    config = Config(lexicons=(words,))
    before = settings_stamp(config)
    words.write_text(f"{head}\n{row.splitlines()[0]}\n", encoding="utf-8")
    assert settings_stamp(config) != before


def test_the_model_matters(tmp_path):
    assert model_stamp("fr_core_news_md") != model_stamp("fr_core_news_sm")
    (tmp_path / "config.cfg").write_text("[nlp]", encoding="utf-8")
    assert model_stamp(str(tmp_path)) != model_stamp("fr_core_news_md")


def test_the_name_of_a_file_matters(tmp_path, cache):
    page, text = tmp_path / "page.html", tmp_path / "page.txt"
    for path in (page, text):
        path.write_text("<p>Vous devez payer.</p>", encoding="utf-8")
        assert shown(Linter(cache=cache).check(path)) == shown(Linter().check(path))


def test_the_style_sheets_of_a_page_matter(tmp_path, cache):
    page, sheet = tmp_path / "page.html", tmp_path / "style.css"
    page.write_text(PAGE, encoding="utf-8")
    seen = []
    for css in (None, "p { font-size: 6px }", "p { font-size: 20px }", None):
        if css is None:
            sheet.unlink(missing_ok=True)
        else:
            sheet.write_text(css, encoding="utf-8")
        seen.append(shown(Linter(cache=cache).check(page)))
        assert seen[-1] == shown(Linter().check(page))
    assert seen[0] == seen[3]
    assert seen[1] != seen[2]


SENTENCES = [
    "Nonobstant les rappels, vous devez payer.",
    "Votre demande a été examinée par le service.",
    "Il n'est pas interdit de ne pas venir.",
    "La CAF vous verse l'APL le 05/04/2025.",
    "Il vous écrit. Elle le lui a donné.",
    "Vous devez {{ montant }} euros à M. {{ nom }}.",
    "Le récépissé dématérialisé est caduc.",
    "Madame, Monsieur,",
    "IMPORTANT",
    "",
]
letters = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.html"]), letters), min_size=2, max_size=4))
def test_whatever_is_edited_the_cache_changes_nothing(tmp_path_factory, edits):
    place = tmp_path_factory.mktemp("edits")
    folder = place / "lettres"
    folder.mkdir()
    with Cache(place / "cache") as cache:
        for edit in edits:
            for name, said in edit.items():
                html = name.endswith(".html")
                lines = (f"<p>{text}</p>" if html else text for text in said)
                (folder / name).write_text("\n\n".join(lines), encoding="utf-8")
            assert check_all(folder, cache) == check_all(folder)


class Comparing:
    """A cache that finds nothing, and notes what is put twice under one key with two values."""

    def __init__(self):
        self.values, self.faults, self.again = {}, [], 0

    def get(self, _key):
        return None

    def put(self, key, value):
        told = json.dumps(value, sort_keys=True)
        self.again += key.name in self.values
        if self.values.setdefault(key.name, told) != told:
            self.faults.append((self.values[key.name], told))


def examples(format):
    rules = all_rules().values()
    texts = (example for rule in rules for example in (*rule.good, *rule.bad) if example.format == format)
    return [MARK.sub(r"\1", example.text) for example in texts]


@pytest.mark.parametrize(("format", "between"), [("text", "\n\n"), ("markdown", "\n\n"), ("html", "\n")])
def test_a_check_of_blocks_sees_nothing_but_its_block(format, between):
    known, rules = examples(format), selected(Config(profile="falc-strict", select=("ALL",)))
    chance, comparing, lexicon = random.Random(3), Comparing(), Lexicon.load()
    kept = BlockHits(comparing, b"")
    documents = []
    for _ in range(3):
        chance.shuffle(known)
        documents += [read_text(between.join(known[at : at + 20]), format) for at in range(0, len(known), 20)]
    for analysed in analyse(documents, lexicon, parse=True):
        find(analysed, rules, kept)
    assert comparing.again > len(known) // 2
    assert comparing.faults == []


def test_a_parse_comes_back_as_it_was(cache):
    text = "Il faut que vous veniez. L'aide, qu'on vous a versée, s'arrête : pourquoi ?\n\n===== " + "=" * 200
    parses = Parses(cache, b"")

    def told():
        (analysed,) = analyse([read_text(text, "text")], Lexicon(()), parse=True, parses=parses)
        tokens = [token for block in analysed.blocks for token in block.tokens]
        sentences = [s.tokens.text for block in analysed.blocks for s in block.sentences]
        return sentences, [
            (t.text, t.idx, t.pos_, str(t.morph), t.dep_, t.head.i, t.is_sent_start, [c.i for c in t.children])
            for t in tokens
        ]

    assert told() == told()


def test_a_parse_of_another_text_is_none(cache):
    doc = load()("Vous devez payer.")
    parses = Parses(cache, b"")
    parses.put("x", [doc])
    assert restore(parses.get("x"), [lambda: load().make_doc("Vous payez.")]) is None


@given(st.recursive(st.none() | st.integers() | st.text() | st.booleans(), st.lists), st.binary())
def test_what_is_sealed_opens_with_its_key_only(value, content):
    key, other = Key.of("x", b"", content), Key.of("x", b"", content + b"!")
    data = sealed(value, key.secret)
    assert unsealed(data, key.secret) == value
    with pytest.raises(ValueError, match=r".*"):
        unsealed(data, other.secret)


def test_no_word_of_a_letter_is_in_the_cache(letter, cache):
    Linter(cache=cache).check(letter)
    cache.close()
    data = b"".join(path.read_bytes() for path in cache.path.parent.iterdir())
    with sqlite3.connect(cache.path) as database:
        for (value,) in database.execute("SELECT value FROM kept"):
            for unpack in (zlib.decompress, lambda value: zlib.decompress(value, -15)):
                with pytest.raises(zlib.error):
                    unpack(value)
    assert len(data) > 1000
    for word in set(re.findall(r"\w{5,}", LETTER)) | {"PHR", "MOT001", "nom_usager", "NOUN", "nsubj"}:
        assert word.encode() not in data
        assert word.encode("utf-16-le") not in data
    assert "lettre" not in data.decode("latin-1")


def test_other_people_cannot_read_the_folder(letter, cache):
    Linter(cache=cache).check(letter)
    assert cache.path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"what is this?" * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_cache_is_made_anew(letter, tmp_path, content):
    right = check_all(letter.parent)
    with Cache(tmp_path / "cache") as cache:
        assert check_all(letter.parent, cache) == right
    cache.path.write_bytes(content)
    with Cache(tmp_path / "cache") as cache:
        assert check_all(letter.parent, cache) == right
    with Cache(tmp_path / "cache") as cache:
        assert check_all(letter.parent, cache) == right
        assert Linter(config=Config(), cache=cache).known(letter) is not None or content


def test_a_cache_damaged_in_the_middle_harms_nobody(letter, tmp_path):
    right = check_all(letter.parent)
    with Cache(tmp_path / "cache") as cache:
        check_all(letter.parent, cache)
    data = bytearray(cache.path.read_bytes())
    for place in range(200, len(data), 97):
        data[place] ^= 0x55
    cache.path.write_bytes(data)
    for _ in range(3):
        with Cache(tmp_path / "cache") as cache:
            assert check_all(letter.parent, cache) == right


def test_values_written_by_a_stranger_are_no_results(letter, cache):
    class Odd:
        def get(self, _key):
            return [[1], [["x"]]]

        def put(self, _key, _value):
            pass

        def flush(self):
            pass

    linter = Linter(config=Config(), cache=Odd())
    assert linter.known(letter) is None


def test_a_folder_that_takes_nothing_is_no_failure(letter, tmp_path, monkeypatch):
    monkeypatch.setenv("FALC_DEBUG", "1")
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    with Cache(tmp_path / "fichier") as cache:
        assert check_all(letter.parent, cache) == check_all(letter.parent)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_is_no_failure(letter, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o500)
    with Cache(folder) as cache:
        assert check_all(letter.parent, cache) == check_all(letter.parent)


def test_the_cache_stays_small(tmp_path):
    noise = random.Random(1)
    with Cache(tmp_path, most_bytes=300_000) as cache:
        for number in range(300):
            cache.put(Key.of("x", b"", str(number).encode()), noise.randbytes(2_000).hex())
            cache.flush()
        known = [number for number in range(300) if cache.get(Key.of("x", b"", str(number).encode()))]
    assert 20 < len(known) < 200
    assert cache.size < 2_000_000


def test_what_was_not_used_for_long_goes_first(tmp_path, monkeypatch):
    keys = [Key.of("x", b"", str(number).encode()) for number in range(100)]
    noise = random.Random(1)
    monkeypatch.setattr(time, "time", lambda: 1_000_000)
    with Cache(tmp_path) as cache:
        for key in keys[:50]:
            cache.put(key, noise.randbytes(2_000).hex())
    monkeypatch.setattr(time, "time", lambda: 2_000_000)
    with Cache(tmp_path) as cache:
        for key in keys[:10]:
            assert cache.get(key)
    with Cache(tmp_path, most_bytes=220_000) as cache:
        for key in keys[50:]:
            cache.put(key, noise.randbytes(2_000).hex())
        cache.flush()
        left = [number for number, key in enumerate(keys) if cache.get(key)]
    assert {*range(10), *range(50, 100)} <= {*left}
    assert len(left) < 90


WRITING = """
import sys
from pathlib import Path
from falc.cache import Cache
from falc.sealed import Key
with Cache(Path(sys.argv[1])) as cache:
    number = 0
    while number < int(sys.argv[2]):
        cache.put(Key.of("x", b"", str(number % 400).encode()), ["v" * 500, number % 400])
        if number % 7 == 0:
            cache.flush()
            print(number, flush=True)
        number += 1
"""


def values(folder):
    with Cache(folder) as cache:
        found = [cache.get(Key.of("x", b"", str(number).encode())) for number in range(400)]
    assert all(value is None or value == ["v" * 500, number] for number, value in enumerate(found))
    return [value for value in found if value]


def test_two_processes_at_once(tmp_path):
    command = [sys.executable, "-c", WRITING, str(tmp_path), "3000"]
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=100) for process in processes] == [0, 0]
    assert len(values(tmp_path)) == 400


def test_killed_in_the_middle(tmp_path):
    command = [sys.executable, "-c", WRITING, str(tmp_path), "100000000"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if int(line) > 300:
            break
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()
    process.stdout.close()
    assert len(values(tmp_path)) > 250
    with sqlite3.connect(Cache(tmp_path).path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_command_tells_and_clears(letter, tmp_path):
    folder = str(tmp_path / "cache")
    with opened_cache(False, folder) as cache:
        Linter(cache=cache).check(letter)
    said = CliRunner().invoke(cache_command, ["--cache-dir", folder]).output
    assert folder in said
    assert " ko." in said
    said = CliRunner().invoke(cache_command, ["clear", "--cache-dir", folder]).output
    assert "vidé" in said
    assert CliRunner().invoke(cache_command, ["--cache-dir", folder]).output.startswith(f"{folder}/resultats : rien.")
    assert not list((tmp_path / "cache").iterdir())


def test_without_a_cache_nothing_is_written(letter, tmp_path):
    with opened_cache(True, str(tmp_path / "cache")) as cache:
        assert cache is None
        Linter(cache=cache).check(letter)
    assert not (tmp_path / "cache").exists()


def test_a_cleared_cache_works_again(letter, cache):
    Linter(cache=cache).check(letter)
    assert cache.clear() > 0
    assert cache.size == 0
    assert Linter(cache=cache).known(letter) is None
    Linter(cache=cache).check(letter)
    assert Linter(cache=cache).known(letter) is not None


def test_check_keeps_results_unless_told_not_to(letter, tmp_path):
    folder = tmp_path / "cache"
    asked = ["check", "--output-format", "json", "--exit-zero", "--cache-dir", str(folder), str(letter)]
    without = CliRunner().invoke(main, [*asked, "--no-cache"])
    assert not folder.exists()
    first, again = CliRunner().invoke(main, asked), CliRunner().invoke(main, [*asked, "--jobs", "2"])
    assert folder.exists()
    assert without.output == first.output == again.output
    assert json.loads(again.output)["files"][0]["findings"]
    assert CliRunner().invoke(main, ["cache", "--cache-dir", str(folder)]).exit_code == 0


def test_a_folder_of_results_that_is_a_file_is_no_failure(letter):
    done = CliRunner().invoke(main, ["check", "--exit-zero", "--cache-dir", str(letter), str(letter)])
    assert done.exit_code == 0
    assert letter.read_text(encoding="utf-8") == LETTER
