"""Comments « falc: ignore[…] » pass over the findings that they cover, and no others."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from falc.cache import Cache
from falc.cli import main
from falc.config import Config
from falc.linter import Linter
from falc.model import Directive, Span
from falc.suppression import Suppression

HARD = "La ville compte 45 000 habitants."  # NUM002
OTHER = "Nous allons notifier la décision."  # MOT010
STRICT = Config(profile="falc-strict")


@pytest.fixture(scope="module")
def strict():
    return Linter(config=STRICT)


def codes(report):
    return [finding.code for finding in report]


def passed_over(report):
    return [(one.finding.code, one.finding.text, one.reason) for one in report.suppressed]


def left(linter, text, format="markdown"):
    """Return the words that NUM002 and MOT010 still tell, and the problems with comments."""
    report = linter.check_text(text, format)
    return [f.text.casefold() for f in report if f.code in ("NUM002", "MOT010")], [
        f.code for f in report if f.code.startswith("IGN")
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    ("format", "text", "kept"),
    [
        # In the block, wherever.
        ("text", f"{HARD} <!-- falc: ignore[NUM002] loi -->\n\n{HARD}", 1),
        ("text", f"<!-- falc: ignore[NUM002] loi --> {HARD}\n\n{HARD}", 1),
        ("html", f"<p>{HARD}\n<!-- falc: ignore[NUM002] loi -->\n</p><p>{HARD}</p>", 1),
        ("html", f"<p><b>{HARD}</b> <!-- falc: ignore[NUM002] loi --></p><p>{HARD}</p>", 1),
        # At the end of its line, when nothing begins after it there.
        ("html", f"<p>{HARD}</p> {{# falc: ignore[NUM002] loi #}}\n<p>{HARD}</p>", 1),
        ("markdown", f"- {HARD} {{# falc: ignore[NUM002] loi #}}\n- {HARD}", 1),
        ("markdown", f"# {HARD} <!-- falc: ignore[NUM002] loi -->\n{HARD}", 1),
        # Alone on its line, or at the start of one: the next block.
        ("markdown", f"{HARD}\n\n<!-- falc: ignore[NUM002] loi -->\n{HARD}\n\n{HARD}", 2),
        ("html", f"<p>{HARD}</p>\n{{# falc: ignore[NUM002] loi #}}\n<p>{HARD}</p>\n<p>{HARD}</p>", 2),
        ("html", f"<p>Bonjour.</p><!-- falc: ignore[NUM002] loi --><p>{HARD}</p><p>{HARD}</p>", 1),
        # A cell.
        ("html", f"<table><tr><td>{HARD}</td><td><!-- falc: ignore[NUM002] loi -->{HARD}</td></tr></table>", 1),
        ("html", f"<table><tr><td>{HARD} <!-- falc: ignore[NUM002] loi --></td><td>{HARD}</td></tr></table>", 1),
        ("markdown", f"| A | B |\n|---|---|\n| {HARD} | <!-- falc: ignore[NUM002] loi --> {HARD} |", 1),
        ("markdown", f"| A | B |\n|---|---|\n| {HARD} <!-- falc: ignore[NUM002] loi --> | {HARD} |", 1),
        # Alone on its line, behind a text without an element of its own.
        ("html", f"{{{{ include('a.twig') }}}}\n{{# falc: ignore[NUM002] loi #}}\n<p>{HARD}</p>", 0),
        ("html", f"<div>Bonjour.\n{{# falc: ignore[NUM002] loi #}}\n<p>{HARD}</p></div>", 0),
        # From here to there, or to the end.
        (
            "markdown",
            f"{HARD}\n\n<!-- falc: off[NUM002] a -->\n{HARD}\n\n{HARD}\n\n<!-- falc: on[NUM002] -->\n{HARD}",
            2,
        ),
        ("markdown", f"{HARD}\n\n<!-- falc: off[NUM002] a -->\n{HARD}\n\n{HARD}", 1),
        ("html", f"<p>{HARD}</p>{{# falc: off[NUM] a #}}<p>{HARD}</p>{{# falc: on[NUM002] #}}<p>{HARD}</p>", 2),
        # Names and families.
        ("text", f"{HARD} <!-- falc: ignore[NUM] loi -->", 0),
        ("text", f"{HARD} <!-- falc: ignore[grand-nombre] loi -->", 0),
        ("text", f"{HARD} {OTHER} <!-- falc: ignore[num002, MOT] loi -->", 0),
        ("text", f"{HARD} {OTHER} <!-- falc: ignore[NUM002] loi -->", 1),
    ],
)
def test_a_comment_covers(strict, format, text, kept):
    words, problems = left(strict, text, format)
    assert (len(words), problems) == (kept, [])


@pytest.mark.model
def test_what_is_passed_over_is_kept_apart_with_its_reason(strict):
    report = strict.check_text(f"{HARD} <!-- falc: ignore[NUM002] – nom de la loi -->")
    assert ("NUM002", "45 000", "nom de la loi") in passed_over(report)
    assert "NUM002" not in codes(report)
    assert report.to_dict()["suppressed"] == len(report.suppressed)


@pytest.mark.model
@pytest.mark.parametrize(
    "comment", ["<!-- falc: off[MOT] loi -->\n{}\n\n<!-- falc: on[MOT] -->", "{} {{# falc: ignore[MOT] loi #}}"]
)
def test_what_is_told_once_is_told_at_the_first_place_that_no_comment_covers(comment):
    linter = Linter(config=Config())
    once = [(f.code, f.text, f.severity) for f in linter.check_text(OTHER, "markdown") if f.code == "MOT010"]
    text = f"{comment.format(OTHER)}\n\n{OTHER}\n\n{OTHER}"
    report = linter.check_text(text, "markdown")
    (found,) = [f for f in report if f.code == "MOT010"]
    assert [(found.code, found.text, found.severity)] == once
    assert found.span.start == text.index("notifier", text.index("notifier") + 1)
    assert [one.finding.code for one in report.suppressed].count("MOT010") == 1


@pytest.mark.model
def test_the_whole_document_needs_an_off_before_all_text(strict):
    text = "Bonjour.\n\n" + "Vous recevrez une lettre.\n\n" * 20
    whole = {f.code for f in strict.check_text(text, "markdown") if f.span == Span(0, 0)}
    assert whole
    listed = ", ".join(sorted(whole))
    above = strict.check_text(f"<!-- falc: off[{listed}] essai -->\n\n{text}", "markdown")
    assert not whole & set(codes(above))
    assert {one.finding.code for one in above.suppressed} >= whole
    for again in (
        f"{text}\n\n<!-- falc: off[{listed}] essai -->",
        f"<!-- falc: off[{listed}] essai -->\n\n{text}\n<!-- falc: on[{listed}] -->",
    ):
        assert whole <= set(codes(strict.check_text(again, "markdown")))


@pytest.mark.model
@pytest.mark.parametrize(
    ("comment", "code", "said"),
    [
        ("falc: ignroe[NUM002]", "IGN001", "Vouliez-vous dire « ignore »"),
        ("falc: ignore", "IGN001", "falc: ignore[PHR001]"),
        ("falc: ignore NUM002", "IGN001", "entre crochets"),
        ("falc: off[]", "IGN001", "falc: off[PHR001]"),
        ("falc:", "IGN001", "ne dit rien"),
        ("falc: ignore[phrase-longe]", "IGN001", "Vouliez-vous dire « phrase-longue »"),
        ("falc: on[PHR001]", "IGN001", "n'a arrêté « PHR001 »"),
        ("falc: ignore[IGN001]", "IGN001", "falc.toml"),
        ("falc: ignore[MOT010]", "IGN002", "« MOT010 »"),
        ("falc: off[NUM]", "IGN002", "« NUM »"),
    ],
)
def test_a_comment_with_a_fault_is_told_where_it_stands(strict, comment, code, said):
    comment = f"{{# {comment} #}}"
    report = strict.check_text(f"Bonjour.\n\nMerci. {comment}", "markdown")
    (found,) = [finding for finding in report if finding.code.startswith("IGN")]
    assert (found.code, found.text, found.location.line) == (code, comment, 3)
    assert said.replace(" »", "\u00a0»").replace("« ", "«\u00a0") in found.message.replace("\u202f", "\u00a0")
    assert found.fingerprint


@pytest.mark.model
def test_a_rule_that_was_not_run_makes_no_comment_useless():
    text = "Bonjour. <!-- falc: ignore[MOT010] chiffre officiel -->"
    assert "IGN002" in codes(Linter(config=Config()).check_text(text))
    assert "IGN002" not in codes(Linter(config=Config(ignore=("MOT010",))).check_text(text))
    assert "IGN002" not in codes(Linter(config=Config()).check_text(text.replace("MOT010", "WEB012")))  # for pages


@pytest.mark.model
def test_a_reason_is_wanted_on_demand():
    text = f"{HARD} <!-- falc: ignore[NUM002] -->"
    assert "IGN003" not in codes(Linter(config=Config()).check_text(text))
    wanted = Linter(config=Config(extend_select=("IGN003",)))
    assert "IGN003" in codes(wanted.check_text(text))
    assert "IGN003" not in codes(wanted.check_text(text.replace("] ", "] nom de la loi ")))


@pytest.mark.model
def test_what_is_passed_over_is_not_fixed(strict):
    text = (
        "Vous devez effectuer ce paiement. <!-- falc: ignore[MOT] texte de loi -->\n\nVous devez effectuer ce paiement."
    )
    first, comment, second = strict.fix_text(text).text.partition("<!-- falc: ignore[MOT] texte de loi -->")
    assert comment and first == "Vous devez effectuer ce paiement. "
    assert "effectuer" not in second


@pytest.mark.model
def test_the_command_counts_and_lists_what_is_passed_over(tmp_path):
    path = tmp_path / "lettre.md"
    path.write_text(f"{HARD} <!-- falc: ignore[NUM002] nom de la loi -->\n", encoding="utf-8")
    arguments = ["check", "--isolated", "--exit-zero", "--cache-dir", str(tmp_path / "cache"), str(path)]
    runs = [CliRunner().invoke(main, arguments).output for _ in range(2)]
    assert runs[0] == runs[1] and "écartée" in runs[0] and "nom de la loi" not in runs[0]
    listed = [CliRunner().invoke(main, [*arguments, "--show-suppressed"]).output for _ in range(2)]
    assert listed[0] == listed[1] and "nom de la loi" in listed[0] and "NUM002" in listed[0]
    sarif = json.loads(CliRunner().invoke(main, [*arguments, "--output-format", "sarif", "--show-suppressed"]).output)
    (one,) = [result for result in sarif["runs"][0]["results"] if result.get("suppressions")]
    assert one["suppressions"][0] == {"kind": "inSource", "status": "accepted", "justification": "nom de la loi"}


@pytest.mark.model
def test_a_cached_report_passes_over_the_same(tmp_path):
    path = tmp_path / "lettre.md"
    path.write_text(
        f"{HARD} <!-- falc: ignore[NUM002] loi -->\n\n{OTHER} {{# falc: ignore[NUM002] #}}\n", encoding="utf-8"
    )
    with Cache(tmp_path / "cache") as cache:
        first, second = (Linter(config=STRICT, cache=cache).check(path) for _ in range(2))
    assert first.suppressed and first.suppressed == second.suppressed and first.findings == second.findings


PARTS = ["Bonjour.", HARD, OTHER, f"{HARD} {OTHER}", "- Un point.", f"- {HARD}"]
ORDERS = st.tuples(
    st.sampled_from(["ignore", "off", "on"]), st.sampled_from(["NUM002", "MOT010", "MOT", "PHR", "NUM,MOT010"])
)


@pytest.mark.model
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6), ORDERS, st.data())
def test_a_comment_changes_nothing_outside_what_it_covers(parts, order, data):
    linter = LINTER[0]
    at = data.draw(st.integers(0, len(parts)))
    verb, listed = order
    comment = f"<!-- falc: {verb}[{listed}] essai -->"
    plain = linter.check_text("\n\n".join(parts), "markdown")
    text = "\n\n".join([*parts[:at], comment, *parts[at:]])
    report = linter.check_text(text, "markdown")
    # The same findings, told or passed over.
    told = sorted((f.code, f.text) for f in report if not f.code.startswith("IGN"))
    over = sorted((one.finding.code, one.finding.text) for one in report.suppressed)
    assert sorted(told + over) == sorted((f.code, f.text) for f in plain)
    # Only of the rules in the brackets, and after the comment.
    allowed = tuple(listed.split(","))
    place = text.index(comment)
    for one in report.suppressed:
        assert one.finding.code.startswith(allowed)
        assert one.finding.span.start > place or (at == 0 and verb == "off" and one.finding.span == Span(0, 0))
    if verb == "on":
        assert not report.suppressed
    if verb == "ignore" and at < len(parts):
        after = place + len(comment) + 2 + len(parts[at])
        assert all(one.finding.span.end <= after for one in report.suppressed)
        assert not [f for f in report if f.code.startswith(allowed) and place < f.span.start < after]


LINTER = []


@pytest.fixture(autouse=True, scope="module")
def _one_linter(strict):
    LINTER.append(strict)


class TestOfficeFiles:
    """In an Office file a comment hangs on words; these documents are made by hand."""

    @staticmethod
    def document(text, *directives):
        from dataclasses import replace

        from falc.formats import read_text

        return replace(read_text(text, "text"), format="docx", has_lines=False, directives=directives)

    def over(self, text, *directives):
        from falc.findings import find
        from falc.french.analysis import AnalysedDocument
        from falc.french.lexicon import Lexicon
        from falc.french.pipeline import analyse
        from falc.rules import find_rule
        from falc.sifting import sift

        document = self.document(text, *directives)
        rules = [find_rule("NUM002")]
        (analysed,) = analyse([document], Lexicon.load(), parse=True)
        assert isinstance(analysed, AnalysedDocument)
        _, suppressed = sift(analysed, find(analysed, rules), rules)
        return [one.finding.span.start for one in suppressed]

    def test_the_words_it_hangs_on(self):
        text = f"{HARD} {HARD}"
        second = len(HARD) + 1 + HARD.index("45 000")
        assert self.over(text, Directive("ignore[NUM002]", Span(0, 0), Span(second, second + 4))) == [second]
        assert self.over(text, Directive("ignore[NUM002]", Span(0, 0), Span(second + 10, second + 12))) == []

    def test_a_comment_on_nothing_covers_its_paragraph(self):
        text = f"{HARD}\n\n{HARD}"
        end, word = len(HARD), HARD.index("45 000")
        assert self.over(text, Directive("ignore[NUM002]", Span(end, end))) == [word]
        assert self.over(text, Directive("ignore[NUM002]", Span(end + 2, end + 2))) == [end + 2 + word]

    def test_off_begins_at_the_words_it_hangs_on(self):
        text = f"{HARD}\n\n{HARD}\n\n{HARD}"
        size, word = len(HARD) + 2, HARD.index("45 000")
        off = Directive("off[NUM002]", Span(size, size), Span(size, size + 3))
        on = Directive("on[NUM002]", Span(2 * size, 2 * size), Span(2 * size, 2 * size + 3))
        assert self.over(text, off) == [size + word, 2 * size + word]
        assert self.over(text, off, on) == [size + word]


def test_many_comments_take_their_length():
    from dataclasses import replace

    from falc.formats import read_text

    document = read_text(
        "Bonjour. " + "{# falc: ignore[MOT] #} {# falc: off[NUM] #} {# falc: on[NUM] #} " * 1500, "text"
    )
    assert len(document.directives) == 4500
    suppression = Suppression(replace(document, blocks=document.blocks * 3))
    assert len(suppression.waivers) == 3000
