"""Files that someone could make to hurt a program that reads them.  Each is made when it is asked for."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

from falc.formats.office.odt.specimen import flat_specimen, odt_specimen

from .build import archive, docx, paragraph, parts, root

HOSTILE: dict[str, Callable[[], bytes]] = {}
LETTER = docx(paragraph("Bonjour"))
ODT = odt_specimen("<text:p>Bonjour</text:p>")
LAUGHS = "<!DOCTYPE d [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(9)
)  # 10^9 « ha »
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def hostile(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register what makes the content of the file `name`."""

    def add(make: Callable[[], bytes]) -> Callable[[], bytes]:
        HOSTILE[name] = make
        return make

    return add


def body(name: str, make: Callable[[], str]) -> None:
    """Register a Word file, or an OpenDocument text, by its body."""
    write = docx if name.endswith(".docx") else flat_specimen if name.endswith(".fodt") else odt_specimen
    HOSTILE[name] = lambda: write(make())


def stored(text: str) -> bytes:
    """A Word file that does not look like a zip bomb, whatever it holds."""
    return archive(parts(text), zipfile.ZIP_STORED)


def changed(replaced: dict[str, str | bytes | None], text: str = "Bonjour") -> bytes:
    """A Word file with some parts replaced, added or taken away."""
    content = parts(paragraph(text)) | replaced
    return archive({name: data for name, data in content.items() if data is not None})


def changed_odt(replaced: dict[str, bytes | None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ODT)) as file:
        content: dict[str, bytes | None] = {name: file.read(name) for name in file.namelist()}
    content |= replaced
    return archive({name: data for name, data in content.items() if data is not None})


def part(name: str, text: str = "Bonjour") -> str:
    return str(parts(paragraph(text))[name])


def after_declaration(xml: str, more: str) -> str:
    start, end = xml.split("?>", 1)
    return f"{start}?>{more}{end}"


def with_entries(data: bytes, *entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            file.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def nested(start: str, end: str, depth: int, inside: str = "") -> str:
    return start * depth + inside + end * depth


def fill(start: bytes, sign: bytes, size: int, end: bytes) -> bytes:
    """Deflate a long run of one sign without holding it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [packer.compress(start)]
    pieces += [packer.compress(sign * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join([*pieces, packer.compress(end), packer.flush()])


def raw_zip(entries: list[tuple[str, bytes, int, int]]) -> bytes:
    """A zip file of entries already deflated: name, bytes, size that the headers say, checksum that they say."""
    out, directory = io.BytesIO(), io.BytesIO()
    for name, data, size, checksum in entries:
        fields = (20, 0, 8, 0, 33, checksum, len(data), size, len(name), 0)
        directory.write(struct.pack("<4s2B5HL2L5H2L", b"PK\x01\x02", 20, 0, *fields, 0, 0, 0, 0, out.tell()))
        directory.write(name.encode())
        out.write(struct.pack("<4s5HL2L2H", b"PK\x03\x04", *fields) + name.encode() + data)
    return finished(out.getvalue(), directory.getvalue(), len(entries))


def finished(local: bytes, directory: bytes, count: int) -> bytes:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def many(text: str, count: int) -> str:
    return "".join(text.format(n) for n in range(count))


# Zip files


@hostile("zip-bomb-one-text.docx")
def _() -> bytes:
    """230 KB that become a text of 200 MB."""
    document = fill(b"<w:t>", b"a", 200_000_000, b"</w:t>")
    return raw_zip([("word/document.xml", document, 200_000_011, 0)])


@hostile("zip-bomb-in-pictures.docx")
def _() -> bytes:
    """Ten entries of 19 MB each, which together stay below the limit."""
    return with_entries(LETTER, *((f"word/media/{n}.png", b"\0" * 19_000_000) for n in range(10)))


@hostile("zip-bomb-nested.docx")
def _() -> bytes:
    """A zip in a zip in a zip, each ten times the next."""
    data = b"\0" * 1_000_000
    for _level in range(6):
        data = archive({f"{n}.zip": data for n in range(10)})
    return with_entries(LETTER, ("word/embeddings/a.docx", data))


@hostile("zip-size-that-lies.docx")
def _() -> bytes:
    """An entry that says 10 bytes and inflates to 100 MB."""
    return raw_zip([("[Content_Types].xml", fill(b"<a>", b"a", 100_000_000, b"</a>"), 10, 0)])


@hostile("zip-size-that-lies-upwards.docx")
def _() -> bytes:
    """An entry that says 60 MB and holds 5 bytes."""
    return raw_zip([("[Content_Types].xml", zlib.compress(b"<a/>")[2:-4], 60_000_000, 0)])


@hostile("zip-entries-that-overlap.docx")
def _() -> bytes:
    """Two hundred entries of the directory that share one body of 1 MB."""
    body = fill(b"", b"a", 1_000_000, b"")
    local = struct.pack("<4s5HL2L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(body), 1_000_000, 1, 0) + b"a" + body
    entry = struct.pack("<4s2B5HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 8, 0, 33, 0, len(body), 1_000_000, 1, *[0] * 6)
    return finished(local, (entry + b"a") * 200, 200)


@hostile("zip-quoted-overlap.docx")
def _() -> bytes:
    """Each entry quotes the headers of the next ones as stored deflate blocks, so that all share one bomb."""
    kernel = fill(b"", b"a", 10_000_000, b"")
    files: list[tuple[int, bytes, int, int]] = []
    tail = struct.pack("<4s5HL2L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(kernel), 10_000_000, 2, 0) + b"00" + kernel
    sizes = [(len(kernel), 10_000_000)]
    lengths = [len(tail)]
    for number in range(1, 30):
        name = f"{number:02}".encode()
        quote = len(tail) - sizes[-1][0]
        packed = struct.pack("<BHH", 0, quote, quote ^ 0xFFFF) + tail
        sizes.append((5 + quote + sizes[-1][0], quote + sizes[-1][1]))
        head = struct.pack("<4s5HL2L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, sizes[-1][0], sizes[-1][1] % 2**32, 2, 0)
        tail = head + name + packed
        lengths.append(len(tail))
    for number, (packed_size, size) in enumerate(sizes):
        files.append((len(tail) - lengths[number], f"{number:02}".encode(), packed_size, size))
    directory = b"".join(
        struct.pack("<4s2B5HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 8, 0, 33, 0, packed, size, 2, 0, 0, 0, 0, 0, place)
        + name
        for place, name, packed, size in files
    )
    return finished(tail, directory, len(files))


@hostile("zip-many-entries.docx")
def _() -> bytes:
    """Three hundred thousand empty entries."""
    entry = struct.pack("<4s2B5HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 33, 0, 0, 0, 6, *[0] * 6)
    return finished(b"PK\x03\x04" + bytes(30), b"".join(entry + b"%06d" % n for n in range(300_000)), 65_535)


@hostile("zip-5000-entries.odt")
def _() -> bytes:
    """A few more entries than any letter has."""
    return with_entries(ODT, *((f"Pictures/{n}.png", b"") for n in range(5_000)))


@hostile("zip-itself.docx")
def _() -> bytes:
    """A file that holds itself, many times, in its own entries (as a quine does)."""
    data = LETTER
    for _level in range(12):
        data = with_entries(LETTER, ("word/embeddings/lettre.docx", data), ("word/embeddings/b.docx", data))
    return data


@hostile("zip-64-bits.docx")
def _() -> bytes:
    """A directory in the 64-bit form, which is allowed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts(paragraph("Bonjour")).items():
            with file.open(name, "w", force_zip64=True) as stream:
                stream.write(content.encode() if isinstance(content, str) else content)
    return out.getvalue()


@hostile("zip-64-bits-that-lies.docx")
def _() -> bytes:
    """An end of directory that points to a 64-bit one far outside the file."""
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 2**63, 1)
    return LETTER[:-22] + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", *[0xFFFF] * 4, *[0xFFFFFFFF] * 2, 0)


@hostile("zip-directory-garbage.docx")
def _() -> bytes:
    """Random bytes in the place of the directory."""
    start = LETTER.index(b"PK\x01\x02")
    return LETTER[:start] + bytes(range(1, 200)) * 3 + LETTER[-22:]


@hostile("zip-directory-elsewhere.docx")
def _() -> bytes:
    """An end of directory that points before the file."""
    return LETTER[:-10] + struct.pack("<LLH", 0x7FFFFFFF, 0x7FFFFFFF, 0)


@hostile("zip-other-name-in-local-header.docx")
def _() -> bytes:
    """The directory and the entry do not say the same name."""
    return LETTER.replace(b"word/document.xml", b"word/dokument.xml", 1)


@hostile("zip-parent-folder.docx")
def _() -> bytes:
    """Entries that would be written outside of the folder, by a program that unpacks them."""
    return with_entries(LETTER, ("../../evil.txt", b"x"))


@hostile("zip-parent-folder-windows.odt")
def _() -> bytes:
    return with_entries(ODT, ("Pictures\\..\\..\\evil.txt", b"x"))


@hostile("zip-duplicate.docx")
def _() -> bytes:
    """Two main parts: programs disagree on which counts."""
    return with_entries(LETTER, ("word/document.xml", root("w:document", "<w:body/>").encode()))


@hostile("zip-duplicate-hidden.docx")
def _() -> bytes:
    """Two main parts, by other slashes and other case."""
    return with_entries(LETTER, (".\\Word//DOCUMENT.xml", b"<a/>"))


@hostile("zip-encrypted-entry.docx")
def _() -> bytes:
    """An entry that asks for a password of zip programs."""
    data = bytearray(LETTER)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@hostile("zip-lzma.docx")
def _() -> bytes:
    """A method of compression that asks for gigabytes."""
    return with_entries(LETTER, ("word/a.bin", b"x" * 1000), method=zipfile.ZIP_LZMA)


@hostile("zip-truncated.docx")
def _() -> bytes:
    return LETTER[: len(LETTER) * 2 // 3]


@hostile("zip-truncated.odt")
def _() -> bytes:
    return ODT[: len(ODT) // 2]


# XML


@hostile("xml-billion-laughs.docx")
def _() -> bytes:
    """Entities that grow to 2 GB of laughter."""
    return changed({"word/document.xml": after_declaration(part("word/document.xml", "&a9;"), f"{LAUGHS}]>")})


@hostile("xml-billion-laughs-in-relationships.docx")
def _() -> bytes:
    return changed({"_rels/.rels": f"{LAUGHS}]><Relationships xmlns='{PACKAGE}/relationships'>&a9;</Relationships>"})


@hostile("xml-billion-laughs-in-an-attribute.docx")
def _() -> bytes:
    """Parsers that leave entities alone in texts still replace them in attributes."""
    xml = part("word/document.xml").replace("<w:p>", '<w:p w:rsidR="&a9;">')
    return changed({"word/document.xml": after_declaration(xml, f"{LAUGHS}]>")})


@hostile("xml-billion-laughs.fodt")
def _() -> bytes:
    flat = flat_specimen("<text:p>&a9;</text:p>").decode()
    return after_declaration(flat, f"{LAUGHS}]>").encode()


@hostile("xml-billion-laughs-utf-16.odt")
def _() -> bytes:
    """A document type that does not look like one byte by byte."""
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}]><d>&a9;</d>'
    return changed_odt({"content.xml": xml.encode("utf-16")})


@hostile("xml-billion-laughs-utf-7.docx")
def _() -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-7"?>{LAUGHS}]><d>&a9;</d>'
    return changed({"word/document.xml": xml.replace("<!", "+ADwAIQ-").encode()})


@hostile("xml-billion-laughs-ebcdic.docx")
def _() -> bytes:
    xml = f'<?xml version="1.0" encoding="IBM037"?>{LAUGHS}]><d>&a9;</d>'
    return changed({"word/document.xml": xml.encode("cp037")})


@hostile("xml-external-entity.docx")
def _() -> bytes:
    """A file of this computer in the text of the letter."""
    xml = part("word/document.xml", "&x;")
    return changed({"word/document.xml": after_declaration(xml, "<!DOCTYPE d [<!ENTITY x SYSTEM '/etc/passwd'>]>")})


@hostile("xml-external-entity-on-the-network.odt")
def _() -> bytes:
    xml = "<!DOCTYPE d [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]><d>&x;</d>"
    return changed_odt({"content.xml": xml.encode()})


@hostile("xml-parameter-entities.docx")
def _() -> bytes:
    """A document type taken from elsewhere, which sends what it reads."""
    dtd = "<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>"
    return changed({"word/document.xml": after_declaration(part("word/document.xml"), dtd)})


@hostile("xml-xinclude.docx")
def _() -> bytes:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    return docx(paragraph("Bonjour", f"<w:r><w:t>{include}</w:t></w:r>"))


@hostile("xml-style-sheet.docx")
def _() -> bytes:
    """Processing instructions everywhere, one of which asks for a transformation."""
    xml = part("word/document.xml").replace("<w:p>", "<?a b?><!-- c --><w:p><?d e?>").replace("<w:t", "<?f?><w:t")
    return changed({"word/document.xml": after_declaration(xml, '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>')})


@hostile("xml-20000-elements-deep.docx")
def _() -> bytes:
    return docx(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 10_000, paragraph("Bonjour")))


@hostile("xml-long-comment.docx")
def _() -> bytes:
    """A comment of 50 MB."""
    return stored(f"<!-- {'a ' * 25_000_000} -->{paragraph('Bonjour')}")


@hostile("xml-long-attribute.docx")
def _() -> bytes:
    return docx(paragraph("Bonjour").replace("<w:p>", f'<w:p w:rsidR="{"0123456789" * 900_000}">'))


@hostile("xml-100000-attributes.docx")
def _() -> bytes:
    attributes = " ".join(f'a{n}="{n}"' for n in range(100_000))
    return docx(paragraph("Bonjour").replace("<w:p>", f"<w:p {attributes}>"))


@hostile("xml-many-namespaces.docx")
def _() -> bytes:
    """Twenty thousand namespaces, and as many elements."""
    return docx("".join(f'<a{n}:p xmlns:a{n}="urn:{n}"/>' for n in range(20_000)) + paragraph("Bonjour"))


@hostile("xml-two-million-elements.docx")
def _() -> bytes:
    """A small file whose tree takes a thousand times more."""
    return stored("<w:p/>" * 2_000_000)


@hostile("xml-two-million-attributes.odt")
def _() -> bytes:
    return odt_specimen('<text:p a="" b="" c="" d="" e=""/>' * 400_000)


@hostile("xml-utf-16.docx")
def _() -> bytes:
    """An encoding that is allowed and rare."""
    xml = part("word/document.xml").replace("UTF-8", "UTF-16").encode("utf-16")
    return changed({"word/document.xml": xml})


@hostile("xml-invalid-utf-8.docx")
def _() -> bytes:
    return changed({"word/document.xml": part("word/document.xml").encode().replace(b"Bonjour", b"Bon\xff\xc3jour")})


@hostile("xml-surrogates.docx")
def _() -> bytes:
    """Halves of characters, which UTF-8 does not allow."""
    return changed(
        {"word/document.xml": part("word/document.xml").encode().replace(b"Bonjour", b"\xed\xa0\x80&#xD800;")}
    )


@hostile("xml-nul-and-controls.docx")
def _() -> bytes:
    return changed({"word/document.xml": part("word/document.xml").replace("Bonjour", "a\0b\x01\x1b&#1;")})


@hostile("xml-broken.odt")
def _() -> bytes:
    return changed_odt({"content.xml": b"<office:document-content><a></b>"})


@hostile("xml-empty-parts.odt")
def _() -> bytes:
    return changed_odt({"content.xml": b"", "styles.xml": b"", "meta.xml": b""})
