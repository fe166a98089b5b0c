"""Conditions of templates: each branch is read as the sentence that it completes."""

import docx
import pytest

from falc.cache import Cache
from falc.formats import read_text
from falc.linter import Linter

CHOICE = "Vous {% if a %}payez{% elif b %}venez afin de signer{% else %}attendez{% endif %} demain."


def readings(text, format="text"):
    """Return the texts of the blocks, then those of the variants."""
    document = read_text(text, format)
    return [*(block.text for block in document.blocks), *(block.text for block, _ in document.variants)]


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
def test_each_branch_completes_its_sentence(format):
    assert readings(CHOICE, format) == [
        "Vous payez demain.",
        "Vous venez afin de signer demain.",
        "Vous attendez demain.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vous {% if x %}payez{% else %}venez{% endif %}.",
        "Vous {% for x in y %}payez{% else %}venez{% endfor %}.",
        "Vous {% case x %}{% when 1 %}payez{% when 2 %}venez{% endcase %}.",
        "Vous {% if x %}{% for a in b %}payez{% endfor %}{% else %}venez{% endif %}.",
        "Vous {{#x}}payez{{/x}}{{^x}}venez{{/x}}.",
        "Vous {{#if x}}payez{{else}}venez{{/if}}.",
        "Vous <% if x %>payez<% else %>venez<% end %>.",
        "Vous <% if (x) { %>payez<% } else { %>venez<% } %>.",
        "Vous <?php if ($x): ?>payez<?php else: ?>venez<?php endif; ?>.",
        "Vous <?php if ($x) { ?>payez<?php } else { ?>venez<?php } ?>.",
        "Vous @if($x > (1 + 2)) payez @else venez @endif.",
        "Vous <#if x>payez<#else>venez</#if>.",
        '<c:choose>Vous <c:when test="${x > 1}">payez</c:when> <c:otherwise>venez</c:otherwise></c:choose>.',
    ],
)
def test_in_every_language(text):
    assert [" ".join(reading.replace(" .", ".").split()) for reading in readings(text)] == [
        "Vous payez.",
        "Vous venez.",
    ]


def test_a_branch_inside_a_branch_is_read_too():
    text = "Vous {% if a %}payez {% if b %}peu{% else %}trop{% endif %}{% else %}venez{% endif %}."
    assert readings(text) == ["Vous payez peu.", "Vous payez trop.", "Vous venez."]


def test_conditions_go_together():
    text = "{% if f %}Madame{% else %}Monsieur{% endif %}, vous êtes {% if f %}née{% else %}né{% endif %} en mai."
    assert readings(text) == ["Madame, vous êtes née en mai.", "Monsieur, vous êtes né en mai."]


def test_whole_sentences_are_read_one_after_the_other():
    assert readings("{% if a %}Vous payez.{% else %} Vous attendez.{% endif %}") == ["Vous payez. Vous attendez."]
    assert readings("<p>{% if a %}Un{% else %}</p><p>Deux{% endif %}</p>", "html") == ["Un", "Deux"]


def test_indented_branches_of_a_page():
    text = "<p>\n {% if f %}\n  Madame\n {% else %}\n  Monsieur\n {% endif %}\n {{ nom }},\n</p>"
    assert readings(text, "html") == ["Madame Camille,", "Monsieur Camille,"]


@pytest.mark.model
def test_a_fault_is_told_where_it_is_and_once(linter):
    text = "Nonobstant {{ nom }}, vous {% if a %}payez{% else %}venez afin de signer{% endif %} demain."
    report = linter.check_text(text)
    found = [finding.text for finding in report.findings if finding.code.startswith("MOT")]
    assert found == ["Nonobstant", "afin de"]
    assert report.sentences == 1
    assert report.words == 5


@pytest.mark.model
def test_a_fault_of_a_branch_is_fixed(linter):
    text = "Vous {% if a %}payez afin de{% else %}venez afin de{% endif %} signer, {{ afin_de }}.\n"
    assert linter.fix_text(text, unsafe=True).text == text.replace("afin de", "pour")


@pytest.mark.model
def test_only_the_branch_makes_the_sentence_long(linter):
    long = (
        "remplissez le papier bleu, que vous trouvez à la mairie ou à la banque, puis donnez le papier vert au guichet"
    )
    report = linter.check_text(f"Vous {{% if a %}}payez{{% else %}}{long}{{% endif %}} demain.")
    (finding,) = [finding for finding in report.findings if finding.code == "PHR001"]
    assert long in finding.text


def test_hostile_files_take_linear_time():
    for unit in ("{% if a %}x{% else %}", "{{/a}}{{^a}}", "{% else %}", "@if(a)x @else y @endif "):
        assert read_text(unit * 20_000, "text").text == unit * 20_000


@pytest.mark.model
def test_branches_of_a_word_file(linter, tmp_path):
    paper = docx.Document()
    paragraph = paper.add_paragraph("Vous {% if a %}pay")
    paragraph.add_run("ez").bold = True
    paragraph.add_run("{% else %}venez nonob")
    paragraph.add_run("stant la loi{% endif %} demain.")
    paper.save(tmp_path / "a.docx")
    (found,) = [finding for finding in linter.check(tmp_path / "a.docx").findings if finding.code.startswith("MOT")]
    assert (found.text, found.location.place) == ("nonobstant", "corps, paragraphe 1")


@pytest.mark.model
def test_what_was_kept_tells_the_branches_too(tmp_path):
    (tmp_path / "a.md").write_text(f"{CHOICE}\n", encoding="utf-8")
    cache = Cache(tmp_path / "cache")
    first, second = (Linter(cache=cache).check(tmp_path / "a.md").findings for _ in range(2))
    assert first == second == Linter().check(tmp_path / "a.md").findings
    assert "afin de" in [finding.text for finding in first]
