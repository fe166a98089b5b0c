from itertools import pairwise

import pytest

from falc.config import read_config
from falc.document import BlockBuilder, BlockKind, SegmentKind
from falc.formats import read_text
from falc.formats.templates import USUAL, standin
from falc.linter import Linter
from falc.look import TextFormat
from falc.model import FalcError, Reading, Span
from falc.settings_faults import refuse_faults


def block_of(text):
    builder = BlockBuilder(BlockKind.PARAGRAPH, "paragraphe 1")
    builder.text(text, 0)
    return builder.build()


def masked(text):
    return USUAL.mask(block_of(text)).text


@pytest.mark.parametrize(
    "field",
    [
        *(
            "{{ nom }}",
            "{{nom}}",
            "{{{ nom }}}",
            "{{ usager.nom|upper }}",
            "{{ t({'a': 1}) }}",
            "{!! nom !!}",
            "{{& nom}}",
        ),
        *("{nom}", "{0}", "{NOM_DU_CHAMP}", "{usager.nom}", "{Prénom}", "${nom}", "#{nom}", "${ usager.nom }"),
        *("<%= nom %>", "<%- nom %>", "<?= $nom ?>", "%(nom)s", "%1$s", "<<Nom>>", "<<nom du client>>"),
        *(
            "«Nom»",
            "«M_NOM»",
            "«nom_usager»",
            "«NomClient»",
            "«Prénom»",
            "[NOM]",
            "[PRÉNOM]",
            "[À COMPLÉTER]",
            "[NOM_USAGER]",
        ),
        *("@@NOM@@", "#NOM#", "##nom##", "%NOM%", "%%NOM%%", "&NOM;", "NOM_USAGER", "NOM_DE_L_USAGER", "<NOM>"),
        *("@{{ nom }}", "{{ $nom }}", '<c:out value="${nom}"/>', "$!{nom}", "{nom!r:>10}", "%(nom)10s", "%s", "%d"),
        *("(à compléter)", "(à préciser au guichet)", "XXX", "XXXX", "xxx", "____", "......", "……", "…………"),
    ],
)
def test_fields(field):
    result = USUAL.mask(block_of(f"Madame {field} doit payer."))
    assert result.text == "Madame Camille doit payer."
    (placeholder,) = [segment for segment in result.segments if segment.kind is SegmentKind.PLACEHOLDER]
    assert placeholder.source == Span(7, 7 + len(field))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "le mot « bonjour » est joli",
            "le mot «bonjour» est joli",
            "le bouton «\u00a0Connexion\u00a0»",
            "« Nom »",
            "«Connexion»",
        ),
        *(
            "12 $ ou 12 €",
            "la note [1]",
            "les nombres {1, 2}",
            "la CAF [CAF]",
            "[sic]",
            "[…]",
            "50 %s",
            "50 % de",
            "{ }",
            "{}",
        ),
        *(
            "etc...",
            "Attendez...",
            "Attendez…",
            "Attendez......",
            "snake__case",
            "a < b > c",
            "Louis XIV",
            "le XXe siècle",
        ),
        *(
            "XX euros",
            "1 < 2 << 3",
            "(à payer)",
            "(à bientôt)",
            "# titre",
            "{texte libre}",
            "a_b",
            "12:30",
            "%",
            "100%",
            "$5",
        ),
        *("la phrase #1", "C# et F#", "#CAF #RSA", "n° 12", "50 %et 60 % du total", "10 %", "a@@b@@c", "contact@if.fr"),
        *("écrivez à nom@else.fr", "@maire", "# Titre", "le fichier CERFA_12.pdf", "http://a.fr/A_BC", "x@A_B.fr"),
        *("&nbsp;", "&AMP;", "A&M;", "<TABLE>", "<CODE>", "<NOM>Durand</NOM>", "à 100%, 50% de A%", "caf%C3%A9%20"),
        *("le total est #, ##", "j'ai 50 %s", "la CAF_", "_CAF_", "Vous payez 10 %d'intérêts", "{nom: texte}"),
        *("{ nom", "{{", "{{ nom", "}}", "<%", "<% nom", "<<", "[NOM", "«Nom", "C'est l’été.", "j'ai 50 %."),
    ],
)
def test_near_misses(text):
    block = block_of(text)
    assert USUAL.mask(block) is block


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {% if x %}b{% endif %} c", "a b c"),
        ("a {# note #} b", "a b"),
        ("a {%- if x -%} b {%- endif -%} c", "a b c"),
        ("{{#if x}}a{{/if}} {{! note }}b{{> pied}}{{!-- a }} b --}}", "a b"),
        ("{#liste}a{/liste}", "a"),
        ("a <% if x %>b<% end %> <?php if (x) { ?>c<?php } ?>", "a b c"),
        ("a <#if x>b</#if><#-- note -->", "a b"),
        ("a {{-- note {{ x }} --}} @if($a > (1 + 2)) b @endif @csrf c", "a b c"),
        ("a @foreach ($b as $c) d @endforeach e @include('f', ['g' => 1])", "a d e"),
        ('a <c:if test="${b > 1}">c</c:if> <fmt:message key="d"></fmt:message>', "a c Camille"),
        (
            "{% raw %}a {{ nom }} b{% endraw %} {{{{raw}}}}c{{{{/raw}}}} {%- liquid\n  assign x = 1\n-%}d",
            "a Camille b c d",
        ),
        ("a{% comment %} note {{ nom }} {% endcomment %} b", "a b"),
        ("Bonjour {% if f %}Madame{% else %}Monsieur{% endif %} {{ nom }},", "Bonjour Madame Camille,"),
        ("{% if a %}un{% elif b %}deux {% if c %}trois{% endif %}{% else %}quatre{% endif %} fin", "un fin"),
        ("{{#f}}Madame{{/f}}{{^f}}Monsieur{{/f}},", "Madame,"),
        ("{% if a %}Vous payez.{% else %} Vous attendez.{% endif %}", "Vous payez. Vous attendez."),
        ("Vous {% else %} venez.", "Vous venez."),
        ("{% if a %}\nUn.\n{% else %}\nDeux.\n{% endif %}", "Un.\n\nDeux."),
    ],
)
def test_control_tags_vanish(text, expected):
    assert masked(text).strip() == expected


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("DATE", "12 mars 2025"),
        ("date_naissance", "12 mars 2025"),
        ("dateNaissance", "12 mars 2025"),
        ("Échéance", "12 mars 2025"),
        ("montant_total", "100 euros"),
        ("NOMBRE_ENFANTS", "3"),
        ("usager.prénom", "Camille"),
        ("USAGER_CIVILITE", "Madame"),
        ("STRUCTURE_CODE_POSTAL", "69000"),
        ("STRUCTURE_ADRESSE", "3 rue du Port"),
        ("STRUCTURE_ADRESSE_EMAIL", "contact@exemple.fr"),
        ("STRUCTURE_VILLE", "Lyon"),
        ("ESPACE_DOM_URL", "exemple.fr"),
        ("heure_rdv|format", "14 heures"),
        ("rdv.minutes", "30"),
        ("limite", "12 mars 2025"),
        ("JJ/MM/AAAA", "12 mars 2025"),
        ("inconnu", "Camille"),
        ("", "Camille"),
    ],
)
def test_stand_in_words(name, word):
    assert standin(name) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vous devez {{ montant }}.", "Vous devez 100 euros."),
        ("Vous devez {{ montant }} euros.", "Vous devez 100 euros."),
        ("Vous devez {montant}€.", "Vous devez 100€."),
        ("À {heure} h", "À 14 h"),
        ("né le ___/___/_____ à ______", "né le 12 mars 2025 à Camille"),
        ("le …… / …… / 20……", "le 12 mars 2025"),
        ("le JJ/MM/AAAA, le XX/XX/20XX", "le 12 mars 2025, le 12 mars 2025"),
    ],
)
def test_stand_ins_fit_their_sentence(text, expected):
    assert masked(text) == expected


def test_a_field_may_cross_runs():
    builder = BlockBuilder(BlockKind.PARAGRAPH, "paragraphe 1")
    for text, start, bold in (("Bonjour {", 0, False), ("NO", 20, True), ("M} !", 40, False)):
        builder.text(text, start, TextFormat(weight=700 if bold else 400))
    block = USUAL.mask(builder.build())
    assert block.text == "Bonjour Camille !"
    assert block.source(Span(8, 15)) == Span(8, 42)
    assert not block.editable(Span(8, 15))
    assert block.is_placeholder(Span(8, 15))


def test_a_field_never_cuts_an_entity():
    block = USUAL.mask(block_of("aXX X\u0327XX XXX\u0327 fin"))
    ends = [segment.source for segment in block.segments]
    assert all(first.end <= second.start for first, second in pairwise(ends))


def test_opaque_keeps_lengths_and_lines():
    text = "{{ a\nb }} {% if\r\nx %} y {NOM}"
    result = USUAL.opaque(text)
    assert len(result) == len(text)
    assert [i for i, c in enumerate(result) if c in "\r\n"] == [i for i, c in enumerate(text) if c in "\r\n"]
    assert "{" not in result
    assert result.endswith("y XXXXX")


def test_the_list_of_words_is_well_formed():
    from falc.resources import data

    lines = (data("lexicons") / "grammaire" / "mots-de-remplacement.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "motif\tgenre\tmot\tunites"
    names = [name for line in lines[1:] for name in line.split("\t")[0].split("|")]
    assert len(names) == len(set(names))
    assert all(name == name.upper() and name.isascii() for name in names)
    assert lines[-1].startswith("*\t")


def read(text, **reading):
    return read_text(text, "text", reading=Reading(**reading)).blocks[0].text


def test_only_the_styles_that_are_asked_for():
    text = "Payez {{ montant }} ou ${montant} ou <%= montant %> ou $montant."
    assert read(text, templates=("mustache",)) == "Payez 100 euros ou ${montant} ou <%= montant %> ou $montant."
    assert read(text, templates=("erb", "dollar")) == "Payez {{ montant }} ou ${montant} ou 100 euros ou 100 euros."
    assert read("Payez $montant.") == "Payez $montant."  # a price looks so too
    assert read(text, templates=("twig",)) == read(text, templates=("jinja",))


def test_a_style_of_ones_own_and_what_variables_hold():
    text = "Bonjour @@nom_1@@, payez @@solde_du@@ ou {{ reste }}."
    known = {"patterns": (r"@@(\w+)@@",), "kinds": (("solde_*", "montant"), ("reste", "montant"))}
    assert read(text, **known) == "Bonjour Camille, payez 100 euros ou 100 euros."
    assert read("Le #fin#.", patterns=("#(?:le-)?(?P<nom>[a-z]+)#",), kinds=(("fin", "date"),)) == "Le 12 mars 2025."


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('templates = ["jinga"]', "jinja"),
        ('patterns = ["@@("]', "patterns"),
        ('patterns = ["x*"]', "vide"),
        ('[placeholders]\nsolde = "montan"', "montant"),
    ],
)
def test_what_does_not_exist_is_told_with_its_place(tmp_path, settings, told):
    path = tmp_path / "falc.toml"
    path.write_text(settings, encoding="utf-8")
    with pytest.raises(FalcError, match=rf"falc\.toml, ligne \d : .*{told}"):
        refuse_faults(read_config(path))


def test_fixes_leave_placeholders_of_ones_own_alone(tmp_path):
    (tmp_path / "falc.toml").write_text("patterns = ['@@(\\w+)@@']\nselect = [\"MOT\"]\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("Venez afin de voir @@afin_de@@, afin de signer.\n", encoding="utf-8")
    fixed = Linter().fix(tmp_path / "a.md", unsafe=True)
    assert fixed.text == "Venez pour voir @@afin_de@@, pour signer.\n"
