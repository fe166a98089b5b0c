"""Whatever the language of a template, no finding and no fix touches a placeholder, and nothing of the file is lost."""

import re
from dataclasses import dataclass
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from falc.config import Config
from falc.document import SegmentKind
from falc.formats import read_text
from falc.linter import Linter
from falc.model import Reading, Span

pytestmark = pytest.mark.model

OWN = (r"@@(\w+)@@",)
FIELDS = [
    *("{{ nom_usager }}", "{{nom}}", "{{{ montant }}}", "{{ usager.date_naissance|date('d/m/Y') }}", "{{& ville}}"),
    *("{{- total -}}", "{!! $adresse !!}", "{nb_jours}", "{0}", "${MONTANT_DU}", "#{dossier.numero}", "$!{nom}"),
    *("<%= @afin_de %>", "<%- date_limite %>", "<?= $nonobstant ?>", "%(prenom)s", "%1$s", "{{ 'CAF' }}"),
    *("<<Nom>>", "<<date de naissance>>", "«Nom»", "«M_NOM»", "«DateLimite»"),
    *("[NOM]", "[DATE LIMITE]", "[MONTANT_DÛ]", "(à compléter)", "XXX", "______", "........", "…/…/20…"),
    *("@@afin_de@@", "@@MONTANT@@", "#NOM#", "##DATE_LIMITE##", "%MONTANT%", "%%NOM%%", "&NOM;", "DATE_LIMITE"),
    *("@{{ nom }}", '<c:out value="${montant}"/>', "<DATE_LIMITE>"),
]
# What opens and closes something without a text of its own.
PAIRS = [
    ("{% if nb > 1 %}", "{% endif %}"),
    ("{%- for a in aides -%}", "{%- endfor -%}"),
    ("{{#if actif}}", "{{/if}}"),
    ("{{^actif}}", "{{/actif}}"),
    ("{#liste}", "{/liste}"),
    ("<% if actif %>", "<% end %>"),
    ("<?php if ($nb > 1): ?>", "<?php endif; ?>"),
    ("<#if nb &gt; 1>", "</#if>"),
    ("@if($nb > (1 + 2))", "@endif"),
    ("@foreach ($aides as $aide)", "@endforeach"),
    ('<c:if test="${nb > 1}">', "</c:if>"),
    ("{% raw %}", "{% endraw %}"),
    ("{% verbatim %}", "{% endverbatim %}"),
]
TAGS = re.compile(r"\{[%{].*?\}\}?|<[#?/].*?>|@\w+(?:\(.*?\))?")
# Conditions inside a sentence.
CHOICES = [
    "{% if a %}le loyer{% elif b %}{{ montant }} nonobstant la loi{% else %}la somme afin de signer{% endif %}",
    "{{#f}}le CASF{{/f}}{{^f}}nonobstant {{ nom }}{{/f}}",
    "<?php if ($a) { ?>12 %<?php } else { ?><?= $y ?> afin de payer<?php } ?>",
    "@if($a) le loyer @else nonobstant la loi @endif",
    "<#if a>l'usager<#else>{% if x %}la CNAV{% else %}le CERFA{% endif %}</#if>",
]
COMMENTS = [
    *("{# afin de : à revoir #}", "{% comment %}nonobstant{% endcomment %}", "{{! afin de }}", "{{!-- afin de }} --}}"),
    *("<%# afin de %>", "<?php /* afin de */ ?>", "<#-- afin de -->", "{% set x = 50 %}", "{{> pied_de_page }}"),
    *("{{-- afin de --}}", "@csrf", "@include('pied', ['a' => 50])"),
]
SENTENCES = [
    "Nonobstant {}, vous devez payer {} afin de régler votre dossier.",
    "Votre demande du {} a été examinée par {}, conformément à l'article L. 262-2 du CASF.",
    "{} : vous disposez d'un délai de {} jours pour procéder au paiement de la somme de {} euros.",
    "Si {} n'a pas été versé avant le {}, vous ne pourrez plus bénéficier de {} ni de la CNAV, et il vous sera demandé "
    "de bien vouloir rembourser {} dans les meilleurs délais auprès de {}.",
    "Madame {}, {}",
    "Vous toucherez {} % de {} et/ou {}.",
    "Le rendez-vous est le 12/03/2025 à {} ; l'usager {} n'est pas sans savoir que {}.",
    "{}",
]
SEPARATORS = st.sampled_from([" ", " ", "\n", "\n\n", "\n\n- "])
FRONT = '---\ntitle: "Afin de payer {}"\nref: {}\n---\n\n'


@dataclass(frozen=True)
class Template:
    """A template, and where its placeholders stand; tags and comments are `silent`."""

    text: str
    fields: tuple[Span, ...]
    silent: tuple[Span, ...]


@st.composite
def templates(draw):
    """Draw sentences with faults, and placeholders of all styles in them, between them and around them."""
    text, fields, silent = "", [], []

    def put(piece, spans):
        nonlocal text
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece

    if draw(st.booleans()):
        text = FRONT.format("{{ nom }}", "{{ ref }}")
        fields.append(Span(text.index("{{ nom }}"), text.index("{{ nom }}") + 9))
    for number in range(draw(st.integers(1, 5))):
        text += draw(SEPARATORS) if number else ""
        opening, closing = draw(st.sampled_from(PAIRS)) if draw(st.booleans()) else ("", "")
        if opening:
            put(opening, silent)
            text += draw(st.sampled_from(["", " "]))
        first, *others = draw(st.sampled_from(SENTENCES)).split("{}")
        text += first
        for piece in others:
            if draw(st.integers(0, 4)):
                put(draw(st.sampled_from(FIELDS)), fields)
            else:
                start, choice = len(text), draw(st.sampled_from(CHOICES))
                text += choice
                silent += [Span(start + m.start(), start + m.end()) for m in TAGS.finditer(choice)]
            text += piece
        if draw(st.integers(0, 3)) == 0:
            text += " "
            put(draw(st.sampled_from(COMMENTS)), silent)
        if closing:
            text += " " * closing.startswith("@")  # Blade wants it so, not to take an address for a tag
            put(closing, silent)
    return Template(text, tuple(fields), tuple(silent))


@lru_cache(maxsize=1)
def own_linter():
    return Linter(config=Config(patterns=OWN, front_matter=("title",)))


def reading_of(template, format):
    return read_text(template.text, format, reading=Reading(patterns=OWN, front_matter=("title",)))


FORMATS = pytest.mark.parametrize("format", ["text", "markdown", "html"])
LONG = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@FORMATS
@settings(deadline=None)
@given(template=templates())
def test_a_placeholder_is_one_word_and_the_file_comes_back(format, template):
    document = reading_of(template, format)
    segments = sorted((s.source, s.kind, b.text[s.start : s.end]) for b in document.blocks for s in b.segments)
    rebuilt, position = "", 0
    for source, kind, shown in segments:
        assert source.start >= position
        rebuilt += template.text[position : source.start]
        rebuilt += shown if kind is SegmentKind.TEXT else template.text[source.start : source.end]
        position = source.end
    assert rebuilt + template.text[position:] == template.text
    for field in template.fields:
        around = [(source, kind) for source, kind, _ in segments if source.overlaps(field)]
        assert all(kind is SegmentKind.PLACEHOLDER and source.contains(field) for source, kind in around), field
    for tag in template.silent:
        assert not any(source.overlaps(tag) for source, kind, _ in segments if kind is SegmentKind.TEXT), tag


@FORMATS
def test_all_ways_of_writing_a_field_are_told_the_same(linter, format):
    text = "Madame {0},\n\nNonobstant la loi, vous devez voir {0}, afin de payer.\n\n- {0}\n- {0}, venez."
    names = [*(field for field in FIELDS if "nom" in field.lower() and "nonobstant" not in field), "XXX", "____", "%s"]
    told = {}
    for field in [name for name in names if not name.startswith("@@")] + ["@@NOM@@", "[NOM]", "NOM_USAGER", "<NOM>"]:
        report = linter.check_text(text.replace("{0}", field), format)
        told[field] = [(finding.code, finding.text.replace(field, "…")) for finding in report.findings]
    assert len({tuple(found) for found in told.values()}) == 1, told


@FORMATS
@LONG
@given(template=templates())
def test_no_finding_and_no_edit_touches_a_placeholder(format, template):
    linter = own_linter()
    document = reading_of(template, format)
    sentences = sentences_of(document)
    for finding in linter.check_document(document).findings:
        said = (finding.text, finding.message, finding.sentence, *(fix.title for fix in finding.fixes))
        assert not any("Camille" in words for words in said), (finding.code, said)
        for tag in (*template.fields, *template.silent):
            if finding.span.overlaps(tag) and finding.text:
                told = (finding.code, finding.text, template.text[tag.start : tag.end])
                assert finding.span.start <= tag.start and tag.end <= finding.span.end, told
                whole = finding.span.start in sentences[0] and finding.span.end in sentences[1]
                inside = finding.span.start < tag.start and tag.end < finding.span.end
                assert whole or inside, told
                assert finding.span != tag, told
            for fix in finding.fixes:
                assert not any(edit.span.overlaps(tag) for edit in fix.edits), (finding.code, fix)
                assert not any(tag.start < edit.span.start < tag.end for edit in fix.edits), (finding.code, fix)


def sentences_of(document):
    """Return where sentences begin and end in the file."""
    from falc.french.boundaries import sentence_spans

    blocks = [*document.blocks, *(block for block, _ in document.variants)]
    spans = [block.source(span) for block in blocks for span in sentence_spans(block.text)]
    return {span.start for span in spans}, {span.end for span in spans}


@FORMATS
@LONG
@given(template=templates())
def test_fixes_leave_placeholders_as_they_are(format, template):
    fixed = own_linter().fix_text(template.text, format, unsafe=True).text
    position = 0
    for tag in sorted((*template.fields, *template.silent)):
        written = template.text[tag.start : tag.end]
        position = fixed.find(written, position)
        assert position >= 0, (written, fixed)
        position += len(written)
