"""Hostile OpenDocument texts: too deep, too many, round in circles, absurd."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from falc.formats.office.odt.specimen import odt_specimen

from .hostile import body, changed_odt, hostile, many, nested

P = "<text:p>a</text:p>"
ROW, ROW_END = "<table:table><table:table-row>", "</table:table-row></table:table>"
CELL = f"<table:table-cell>{P}</table:table-cell>"


def odf_body(name: str, make: Callable[[], str]) -> None:
    """Register an OpenDocument text by what one paragraph holds."""
    body(name, lambda: f"<text:p>a{make()}</text:p>")


def frame(content: str) -> str:
    return f"<draw:frame>{content}</draw:frame>"


def elsewhere(tag: str, target: str) -> str:
    return frame(f'<draw:{tag} xlink:href="{target}"/>')


def absurd_cell(attribute: str) -> str:
    return CELL.replace("cell>", f'cell table:{attribute}="1000000000" table:number-rows-spanned="-7">', 1)


def picture(base64: str) -> str:
    return frame(f"<draw:image><office:binary-data>{base64}</office:binary-data></draw:image>")


body("odf-sections-in-sections.odt", lambda: nested("<text:section>", "</text:section>", 2_000, P))
body("odf-lists-in-lists.odt", lambda: nested("<text:list><text:list-item>", "</text:list-item></text:list>", 110, P))
body(
    "odf-tables-in-tables.odt",
    lambda: nested(f"{ROW}<table:table-cell>", f"{P}</table:table-cell>{ROW_END}", 75),
)
odf_body("odf-spans-in-spans.odt", lambda: nested("<text:span>", "</text:span>", 230, "a"))
odf_body("odf-groups-in-groups.odt", lambda: nested("<draw:g>", "</draw:g>", 230, "a"))
odf_body("odf-a-billion-spaces.odt", lambda: '<text:s text:c="1000000000"/>b')
odf_body("odf-a-thousand-times-a-million-spaces.odt", lambda: '<text:s text:c="1000000"/>b' * 1_000)
odf_body(
    "odf-absurd-spaces.odt",
    lambda: f'<text:s text:c="-5"/><text:s text:c="x"/><text:s text:c="²"/><text:s text:c="{"9" * 5000}"/>b',
)
body("odf-a-billion-cells.odt", lambda: ROW + absurd_cell("number-columns-repeated") + ROW_END + P)
body(
    "odf-a-billion-rows.odt",
    lambda: ROW.replace("row>", 'row table:number-rows-repeated="1000000000">') + CELL + ROW_END + P,
)
body(
    "odf-a-billion-columns.odt",
    lambda: '<table:table><table:table-column table:number-columns-repeated="1000000000"/></table:table>' + P,
)
body("odf-wide-spans.odt", lambda: ROW + absurd_cell("number-columns-spanned") * 5 + ROW_END + P)
body("odf-100000-cells.odt", lambda: ROW + CELL * 100_000 + ROW_END)
odf_body("odf-200000-spans.odt", lambda: "<text:span>mot </text:span>" * 200_000)
odf_body("odf-60000-bookmarks.odt", lambda: many('<text:bookmark-start text:name="s{}"/>', 60_000))
odf_body("odf-60000-annotations.odt", lambda: many('<office:annotation office:name="s{}"/>', 60_000))
odf_body("odf-20000-frames.odt", lambda: frame(f"<draw:text-box>{P}</draw:text-box>") * 20_000)
odf_body("odf-20000-notes.odt", lambda: f"<text:note><text:note-body>{P}</text:note-body></text:note>" * 20_000)
odf_body("odf-bad-base64.fodt", lambda: picture("é=A*" * 500_000))
odf_body("odf-picture-of-9-million-signs.fodt", lambda: picture("QUJD" * 2_300_000))
odf_body("odf-objects-that-hold-themselves.odt", lambda: elsewhere("object", "./") + elsewhere("object", "./."))
odf_body(
    "odf-elsewhere.odt",
    lambda: (
        elsewhere("image", "http://127.0.0.1:9/a.png")
        + elsewhere("image", "../../../../etc/passwd")
        + elsewhere("object", "file:///etc/passwd")
    ),
)


@hostile("odf-50000-deletions.odt")
def _() -> bytes:
    regions = many('<text:changed-region text:id="c{}"><text:deletion/></text:changed-region>', 50_000)
    marks = many('<text:change text:change-id="c{}"/>', 50_000)
    return odt_specimen(f"<text:tracked-changes>{regions}</text:tracked-changes><text:p>{marks}a</text:p>")


@hostile("odf-styles-in-a-circle.odt")
def _() -> bytes:
    circle = many('<style:style style:name="s{0}" style:family="paragraph" style:parent-style-name="s{0}0"/>', 10)
    loop = '<style:style style:name="a" style:family="paragraph" style:parent-style-name="b"/>'
    loop += '<style:style style:name="b" style:family="paragraph" style:parent-style-name="a"/>'
    return odt_specimen('<text:p text:style-name="a">a</text:p>', {"styles": loop + circle, "automatic": loop})


@hostile("odf-10000-styles-in-a-chain.odt")
def _() -> bytes:
    chain = "".join(
        f'<style:style style:name="s{n}" style:family="paragraph" style:parent-style-name="s{n + 1}"/>'
        for n in range(10_000)
    )
    return odt_specimen(many('<text:p text:style-name="s{}0">a</text:p>', 1_000), {"styles": chain})


@hostile("odf-pages-in-a-circle.odt")
def _() -> bytes:
    pages = '<style:master-page style:name="a" style:next-style-name="b"/>'
    pages += '<style:master-page style:name="b" style:next-style-name="a"/>'
    meta = '<meta:document-statistic meta:page-count="999999999999"/>'
    return odt_specimen('<text:p text:style-name="x">a</text:p>', {"master": pages, "meta": meta})


def attributes(names: Iterable[str], value: str) -> str:
    return " ".join(f'{name}="{value}"' for name in names)


@hostile("odf-colossal-numbers.odt")
def _() -> bytes:
    values = ("9" * 50 + "pt", "-1e400cm", "nan", "inf", "%", "1e999%", "٣pt", "", "12" * 5000)
    lines = ("fo:line-height", "fo:margin-left", "fo:orphans", "fo:text-indent")
    letters = ("fo:font-size", "fo:font-weight", "fo:letter-spacing", "style:text-scale", "fo:color")
    styles = "".join(
        f'<style:style style:name="s{n}" style:family="paragraph">'
        f"<style:paragraph-properties {attributes(lines, v)}/><style:text-properties {attributes(letters, v)}/>"
        "</style:style>"
        for n, v in enumerate(values)
    )
    texts = "".join(f'<text:h text:outline-level="{v}" text:style-name="s{n}">a</text:h>' for n, v in enumerate(values))
    return odt_specimen(
        texts, {"automatic": styles, "meta": f'<meta:document-statistic meta:page-count="{"9" * 5000}"/>'}
    )


@hostile("odf-password.odt")
def _() -> bytes:
    locked = b"<m:manifest xmlns:m='a'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    return changed_odt({"META-INF/manifest.xml": locked, "content.xml": bytes(range(256))})
