"""Hostile files in the other formats: old Office files, RTF, PDF, web pages, Markdown, texts."""

from __future__ import annotations

import io
import zlib

from .hostile import HOSTILE, LAUGHS, LETTER, hostile


@hostile("ole-password.docx")
def _() -> bytes:
    import msoffcrypto.format.ooxml

    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(LETTER)).encrypt("sésame", out)
    return out.getvalue()


@hostile("ole-garbage.docx")
def _() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100_000


@hostile("ole-words-everywhere.doc")
def _() -> bytes:
    """A million places that look like the name of a stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + ("WordDocument".encode("utf-16-le") + b"\0\0") * 500_000


HOSTILE |= {
    "rtf-a-million-braces.rtf": lambda: b"{\\rtf1 " + b"{" * 500_000 + b"Bonjour" + b"}" * 500_000 + b"}",
    "rtf-braces-never-closed.rtf": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "rtf-braces-closed-too-often.rtf": lambda: b"{\\rtf1 Bonjour" + b"}" * 1_000_000,
    "rtf-bin-that-lies.rtf": lambda: b"{\\rtf1 Bonjour {\\pict\\bin999999999999 abc}\\bin-5 \\par fin}",
    "rtf-colossal-numbers.rtf": lambda: b"{\\rtf1\\uc99999\\fs" + b"9" * 5_000 + b" Bonjour\\u99999999999?\\u-70000 }",
    "rtf-unicode-skips.rtf": lambda: b"{\\rtf1\\uc1000000000 \\u233 abc\\par fin}",
    "rtf-surrogates.rtf": lambda: b"{\\rtf1 \\u-10240?\\u-9216?\\u55296?}",
    "rtf-deep-tables.rtf": lambda: b"{\\rtf1 " + b"\\trowd\\intbl\\itap100000 a\\cell\\row" * 20_000 + b"}",
    "rtf-fields.rtf": lambda: (
        b"{\\rtf1 " + b"{\\field{\\*\\fldinst IF}{\\fldrslt " * 5_000 + b"a" + b"}}" * 5_000 + b"}"
    ),
    "rtf-truncated.rtf": lambda: b"{\\rtf1\\ansi Bonjour \\",
    "rtf-objects.rtf": lambda: b"{\\rtf1{\\object\\objupdate{\\*\\objdata " + b"0105" * 1_000_000 + b"}}Bonjour}",
    "rtf-one-long-word.rtf": lambda: b"{\\rtf1 " + b"a" * 3_000_000 + b"}",
    "rtf-long-control-word.rtf": lambda: b"{\\rtf1 \\" + b"a" * 3_000_000 + b" Bonjour}",
    "rtf-300000-paragraphs.rtf": lambda: b"{\\rtf1 " + b"a\\par " * 300_000 + b"}",
    "rtf-nothing.rtf": lambda: b"{\\rtf",
}


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF file of objects numbered from 1."""
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer <</Size %d %b>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def page(content: bytes, more: bytes = b"") -> bytes:
    """A PDF file of one page."""
    font = b"/Font <</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<%b>>/Contents 4 0 R%b>>" % (font, more),
        content,
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), more, content)


SHOW = b"BT /F1 12 Tf 50 700 Td (Bonjour) Tj ET\n"
HOSTILE |= {
    "pdf-no-pages.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
    "pdf-a-billion-pages.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 999999999>>"),
    "pdf-pages-in-a-circle.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    ),
    "pdf-objects-in-a-circle.pdf": lambda: pdf(b"2 0 R", b"1 0 R"),
    "pdf-truncated.pdf": lambda: page(stream(SHOW))[:300],
    "pdf-header-only.pdf": lambda: b"%PDF-1.7",
    "pdf-garbage.pdf": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 1_000,
    "pdf-password.pdf": lambda: page(stream(SHOW)).replace(
        b"trailer <<",
        b"trailer <</Encrypt <</Filter/Standard/V 1/R 2/P -4/O <"
        + b"00" * 32
        + b">/U <"
        + b"00" * 32
        + b">>> /ID[<00><00>]",
    ),
    "pdf-bomb.pdf": lambda: page(stream(zlib.compress(b" " * 120_000_000), b"/Filter/FlateDecode")),
    "pdf-bomb-in-bomb.pdf": lambda: page(
        stream(zlib.compress(zlib.compress(b" " * 120_000_000)), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "pdf-length-that-lies.pdf": lambda: page(stream(SHOW).replace(b"/Length", b"/Length 99999999999 /Old")),
    "pdf-200000-words.pdf": lambda: page(stream(SHOW * 200_000)),
    "pdf-deep-array.pdf": lambda: pdf(b"[" * 100_000 + b"]" * 100_000, b"<</Type/Catalog>>"),
    "pdf-script.pdf": lambda: page(stream(SHOW), b"/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>"),
    "pdf-scanned.pdf": lambda: page(stream(b"0 0 600 800 re f")),
    "pdf-huge-page.pdf": lambda: page(stream(SHOW)).replace(b"[0 0 600 800]", b"[-1e38 0 9e99 1e38]"),
}

HOSTILE |= {
    "web-50000-elements-deep.html": lambda: b"<div>" * 50_000 + b"Bonjour",
    "web-tables-in-tables.html": lambda: b"<table><tr><td>" * 3_000 + b"Bonjour",
    "web-20000-inline.html": lambda: b"<b><i><a href=x>" * 20_000 + b"Bonjour",
    "web-unclosed-comment.html": lambda: b"<p>Bonjour</p><!--" + b"<p>a" * 500_000,
    "web-open-brackets.html": lambda: b"<" * 2_000_000,
    "web-ampersands.html": lambda: b"&" * 1_000_000 + b"&#99999999999;&#xD800;&#0;",
    "web-one-long-attribute.html": lambda: b'<p title="' + b"a" * 5_000_000 + b'">Bonjour</p>',
    "web-100000-attributes.html": lambda: b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">Bonjour</p>",
    "web-elsewhere.html": lambda: (
        b'<link rel=stylesheet href="http://127.0.0.1:9/a.css"><link rel=stylesheet href="/etc/passwd">'
        b'<link rel=stylesheet href="../../../../etc/passwd"><img src="file:///etc/passwd"><p>Bonjour</p>'
    ),
    "web-style-nested.html": lambda: b"<style>" + b"a{" * 100_000 + b"</style><p>Bonjour</p>",
    "web-style-slow.html": lambda: b"<style>" + b"p " * 2_000 + b"{color:red}</style>" + b"<p>" * 3_000 + b"Bonjour",
    "web-many-selectors.html": lambda: (
        b"<style>"
        + b"".join(b"p.c%d b{color:red}" % n for n in range(5_000))
        + b"</style>"
        + b"<p><b>a</b></p>" * 5_000
    ),
    "web-variables-in-a-circle.html": lambda: (
        b"<style>:root{--a:var(--b);--b:var(--a) var(--a)}p{color:var(--a)}</style><p>Bonjour</p>"
    ),
    "web-doctype.html": lambda: LAUGHS.encode() + b"]><p>&a9;</p>",
    "web-95000-paragraphs.html": lambda: b"<p>a" * 95_000,
    "web-450000-paragraphs.html": lambda: b"<p>a" * 450_000,
    "web-nul.html": lambda: b"<p>Bon\0jour</p>",
}

HOSTILE |= {
    "text-one-letter.txt": lambda: b"a" * 1_999_999,
    "text-too-long.txt": lambda: b"a" * 8_500_000,
    "text-blank-lines.txt": lambda: b"\n" * 1_900_000 + b"a",
    "text-lines-of-one-letter.txt": lambda: b"a\n\n" * 100_000,
    "text-650000-paragraphs.txt": lambda: b"a\n\n" * 650_000,
    "text-line-ends-of-all-kinds.txt": lambda: "a\r\rb\n\r\x85\u2028\u2029\x0b\x0cc".encode() * 50_000,
    "text-bad-utf-8.txt": lambda: b"Bonjour \xff\xfe\xc0\x80\xed\xa0\x80",
    "text-half-utf-16.txt": lambda: b"\xff\xfeB\x00o\x00\x00\xd8",
    "text-controls.txt": lambda: bytes(range(1, 32)) * 10_000,
    "text-right-to-left.txt": lambda: "\u202e\u2066\u200f\ufeff\u00ad".encode() * 300_000,
    "text-combining.txt": lambda: ("e" + "\u0301" * 500_000).encode(),
    "text-placeholders.txt": lambda: b"{{" * 400_000 + b"a" + b"}}" * 400_000,
    "text-tags-of-templates.txt": lambda: b"{% if a %}[[<<\xc2\xab" * 60_000,
    "text-brackets.txt": lambda: b"[" * 300_000 + b"]" * 300_000,
    "text-subtitles.srt": lambda: b"1\n00:00:00,000 --> 99:99:99,999\na\n\n" * 20_000,
    "markdown-brackets.md": lambda: b"[" * 20_000 + b"a" + b"](b)" * 20_000,
    "markdown-stars.md": lambda: b"*a_ " * 20_000 + b"**" * 20_000,
    "markdown-quotes-in-quotes.md": lambda: b"> " * 5_000 + b"a",
    "markdown-lists-in-lists.md": lambda: b"\n".join(b" " * (2 * n) + b"- a" for n in range(500)),
    "markdown-links-to-define.md": lambda: b"".join(b"[a%d]: b\n" % n for n in range(20_000)) + b"[a1] " * 20_000,
    "markdown-fence-never-closed.md": lambda: b"a\n\n" + b"`" * 300_000 + b"\n" + b"a " * 100_000,
    "markdown-backticks.md": lambda: b"".join(b"`" * (n % 400 + 1) + b"a" for n in range(4_000)),
    "markdown-html.md": lambda: b"<div>" * 20_000 + b"<!--" * 20_000,
    "markdown-entities.md": lambda: b"&amp;&#99999999;&lt" * 100_000,
    "markdown-95000-headings.md": lambda: b"# a\n" * 95_000,
    "markdown-500000-headings.md": lambda: b"# a\n" * 500_000,
    "markdown-100000-columns.md": lambda: (b"|a" * 100_000 + b"|\n").join((b"", b"|-" * 100_000 + b"|\n", b"")) * 3,
    "markdown-wide-table.md": lambda: b"|a" * 2_000 + b"|\n" + b"|-" * 2_000 + b"|\n" + (b"|a" * 2_000 + b"|\n") * 20,
}
