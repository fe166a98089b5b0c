"""The public names, and the contract of positions in every format."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import falc
from falc.config import Settings

LIGHT = ("NUM", "PHR001", "PHR014", "STR", "MEP")  # rules that need no parser

WORDS = st.sampled_from(
    ["Vous", "devez", "payer", "avant", "le", "12/03/2024", "deux", "25 %", "mois", "(CAF)", "l’été", "n°\u00a03", "é",
     "e\u0301", "🙂", "12\u202f500", "chapitre", "IV", ";", "…", ".", "?", "«\u00a0oui\u00a0»", "MAJUSCULES", "\t"]
)  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n", "\r\n", "\n\n", "\r\n\r\n"]))).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@pytest.fixture(scope="module")
def light():
    return falc.Linter(config=falc.Config(select=LIGHT))


@given(text=TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_every_finding_is_a_slice_of_the_text(light, format, text):
    report = light.check_text(text, format)
    assert report.document.text == text
    for finding in report:
        assert text[finding.span.start : finding.span.end] == finding.text != ""
        for fix in finding.fixes:
            for edit in fix.edits:
                assert finding.span.overlaps(edit.span)


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_sentences_cover_the_text(text):
    spans = falc.split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    inside = {i for span in spans for i in range(span.start, span.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)


def test_findings_fill_the_contract(light):
    report = light.check_text("Répondez avant le 12/03/2024.")
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.name) == ("NUM005", "error", "date-en-chiffres")
    assert (finding.location.line, finding.location.column) == (1, 19)
    assert finding.fixes[0].safety == "safe"
    assert finding.fixes[0].edits[0].text == "12 mars 2024"
    assert report.worst == "error"
    assert report.measures["difficulty"].value > 0
    assert list(report) == list(report.findings)


def test_check_texts_keeps_the_order(light):
    texts = [f"Le dossier a {number} pages ; il est complet." for number in range(150)]
    reports = list(light.check_texts(texts))
    assert [report.document.text for report in reports] == texts
    assert all([f.code for f in report] == ["PHR014"] for report in reports)


@pytest.mark.model
def test_check_texts_equals_check_text():
    linter = falc.Linter()
    texts = ["Votre demande a été examinée.", "", "Le dossier n'est pas complet ; signez-le.", "La CAF vous aide."]
    assert [r.findings for r in linter.check_texts(texts)] == [linter.check_text(text).findings for text in texts]


def test_fingerprint_survives_moved_lines(light):
    first = light.check_text("Venez le 12/03/2024.\n")
    second = light.check_text("Bonjour.\n\n\nVenez le 12/03/2024.\n")
    assert first.findings[0].fingerprint == second.findings[0].fingerprint
    twice = light.check_text("Venez le 12/03/2024.\n\nVenez le 12/03/2024.\n")
    assert len({finding.fingerprint for finding in twice}) == 2


def test_profile_by_name():
    assert falc.Linter(profile="langage-clair").check_text("Vous avez deux mois.").findings == ()
    with pytest.raises(falc.FalcError, match="« falc »"):
        falc.Linter(profile="facl")


def test_a_placeholder_is_never_reported_nor_changed(light):
    report = light.check_text("Répondez avant le {{ date_limite }}. Vous devez {{ montant }} ; merci.")
    assert [finding.text for finding in report] == [";"]


# Anything quadratic would take hours at these sizes.
@pytest.mark.parametrize("letter", ["é", "(", "[", "«", ".", "-", "1", "I", "'", "/", "{", "<", "*", "&", "\n", "n' "])
@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_many_times_one_sign(light, format, letter):
    light.check_text(letter * 100_000, format)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_a_megabyte_of_one_letter(light, format):
    light.check_text("a" * 1_000_000, format)


@pytest.mark.model
def test_a_megabyte_of_one_letter_with_every_rule():
    report = falc.Linter().check_text("a" * 1_000_000)
    assert report.words == 1


@pytest.mark.model
def test_a_long_text_without_a_stop():
    text = "demande de logement et de papiers " * 6_000
    report = falc.Linter(config=falc.Config(select=("PHR",))).check_text(text)
    assert "PHR001" in {finding.code for finding in report}


@pytest.mark.model
def test_the_same_words_are_told_once(linter):
    found = linter.check_text("Nous vous informons que votre aide est prête.")
    codes = [finding.code for finding in found]
    assert "PHR017" in codes and "PHR009" not in codes
    assert codes == [finding.code for finding in linter.check_text(found.document.text)]
    alone = falc.Linter(config=falc.Config(select=("PHR009",)))
    assert [finding.code for finding in alone.check_text(found.document.text)] == ["PHR009"]


PLAIN = "La mairie vous verse une allocation. Vous devez transmettre une attestation avant lundi."


def difficulty(report):
    return report.measures["difficulty"].value


def test_difficulty_is_the_same_in_all_formats():
    html = "<p>" + PLAIN.replace("allocation", "<b>allocation</b>") + "</p>"
    values = {difficulty(falc.check_text(text, name)) for text, name in ((PLAIN, "text"), (html, "html"))}
    assert values == {difficulty(falc.check_text(PLAIN.replace("allocation", "*allocation*"), "markdown"))}


def test_difficulty_does_not_depend_on_the_rules_one_selects():
    whole = difficulty(falc.check_text(PLAIN))
    for other in (Settings(isolated=True, select=("NUM005",)), Settings(isolated=True, profile="langage-clair")):
        assert difficulty(falc.Linter(config=other).check_text(PLAIN)) == whole
