"""Document fonts: each cut is prepared once per process and shared by all documents.

ReportLab's own ``TTFont`` subsets and compresses the font again for every file, which
is nearly the whole cost of a one-page invoice. A :class:`CutFont` is a composite font
(two-byte glyph numbers) over a cut that is embedded whole, so its PDF objects are made
once as bytes and only numbered anew.
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import BasicFonts, PDFObject, PDFObjectReference
from reportlab.pdfbase.ttfonts import TTFontFile

from app.resources import resource
from app.services.documents.style import Weight

ALPHABETS: Final = ("latin", "greek", "cyrillic", "more-latin")
_TAGS: Final = {
    "latin": "LATINA",
    "greek": "GREEKA",
    "cyrillic": "CYRILA",
    "more-latin": "LATINB",
}
_STEMS: Final = {"Regular": 90, "SemiBold": 120}


@dataclass(frozen=True, slots=True)
class Cut:
    """A weight of one alphabet, ready to measure and to embed.

    Attributes:
        key: its name inside every PDF, such as ``FRA``.
        codes: glyph number of each character, four hexadecimal digits.
        widths: of each character in thousandths of the type size.
        kerning: of pairs of plain letters, the same unit, negative for closer.
    """

    key: str
    name: str
    codes: dict[str, str]
    widths: dict[str, int]
    kerning: dict[str, int]
    descriptor: str
    width_array: str
    file: bytes
    unicode_map: bytes


@cache
def cut(weight: Weight, alphabet: str) -> Cut:
    """Load a cut and prepare what does not change from document to document."""
    path = resource(f"fonts/documents/{weight}-{alphabet}.ttf")
    data = path.read_bytes()
    face = TTFontFile(str(path))
    glyphs = {chr(code): glyph for code, glyph in face.charToGlyph.items() if glyph}
    widths = {char: round(face.charWidths[ord(char)]) for char in glyphs}
    by_glyph = {glyphs[char]: char for char in sorted(glyphs, reverse=True)}
    listed = sorted(by_glyph.items())
    name = f"{_TAGS[alphabet]}+InterDocument-{weight}"
    box = " ".join(str(round(value)) for value in face.bbox)
    return Cut(
        key=f"F{weight[0]}{ALPHABETS.index(alphabet)}",
        name=name,
        codes={char: f"{glyph:04X}" for char, glyph in glyphs.items()},
        widths=widths,
        kerning=_kerning(weight) if alphabet == "latin" else {},
        descriptor=f"/Type /FontDescriptor /FontName /{name} /Flags 4 "
        f"/FontBBox [{box}] /ItalicAngle 0 /Ascent {face.ascent:.0f} "
        f"/Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f} "
        f"/StemV {_STEMS[weight]}",
        width_array=_width_array([(glyph, widths[char]) for glyph, char in listed]),
        file=packed_stream(data, f"/Length1 {len(data)}"),
        unicode_map=packed_stream(_unicode_map(listed)),
    )


def _width_array(listed: list[tuple[int, int]]) -> str:
    """Write widths by glyph, neighbours together."""
    parts: list[str] = []
    former = -2
    for glyph, width in listed:
        parts.append(str(width) if glyph == former + 1 else f"] {glyph} [{width}")
        former = glyph
    return " ".join(parts).removeprefix("] ") + "]"


def _kerning(weight: Weight) -> dict[str, int]:
    """Read the pairs of a weight: two letters and a number on each line."""
    text = resource(f"fonts/documents/{weight}-kerning.txt").read_text("utf-8")
    return {line[:2]: int(line[3:]) for line in text.splitlines()}


def packed_stream(data: bytes, entries: str = "", level: int = 9) -> bytes:
    """Pack data as a stream of a PDF file, with entries of its own."""
    packed = zlib.compress(data, level)
    head = f"<< /Filter /FlateDecode {entries} /Length {len(packed)} >>\nstream\n"
    return b"%s%s\nendstream\n" % (head.encode("ascii"), packed)


def _unicode_map(listed: list[tuple[int, str]]) -> bytes:
    """Write the table that makes text selectable."""
    items = [
        f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for glyph, char in listed
    ]
    parts = []
    for start in range(0, len(items), 100):
        part = items[start : start + 100]
        parts.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n")
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{''.join(parts)}endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


class Ready(PDFObject):
    """PDF code that is already bytes; ``%s`` takes the numbers of other objects."""

    def __init__(self, code: bytes, others: tuple[Any, ...] = ()) -> None:
        self.code, self.others = code, others

    def format(self, document: Any) -> bytes:  # noqa: ANN401  ReportLab's hook
        """Hand the bytes over, with the numbers that this document gave."""
        if not self.others:
            return self.code
        return self.code % tuple(other.format(document) for other in self.others)


class CutFont(pdfmetrics.Font):
    """A cut as ReportLab sees it: a multi-byte font that adds itself to a document."""

    _multiByte = 1  # noqa: N815  ReportLab's name
    _dynamicFont = 0  # noqa: N815  ReportLab's name

    def __init__(self, source: Cut) -> None:
        self.cut = source
        self.fontName = self.name = source.key
        self.face = pdfmetrics.TypeFace(self.fontName)
        self.face.builtIn = 1
        self.substitutionFonts: list[object] = []

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802  ReportLab's hook
        """Embed the cut in a document under its own name."""
        source, key = self.cut, self.cut.key
        file = doc.Reference(Ready(source.file), f"file:{key}")
        mapping = doc.Reference(Ready(source.unicode_map), f"unicode:{key}")
        text = f"<< {source.descriptor} /FontFile2 %s >>"
        descriptor = doc.Reference(Ready(text.encode(), (file,)), f"about:{key}")
        text = (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{source.name} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/CIDToGIDMap /Identity /FontDescriptor %s /W [{source.width_array}] >>"
        )
        below = doc.Reference(Ready(text.encode(), (descriptor,)), f"below:{key}")
        text = (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{source.name} "
            "/Encoding /Identity-H /ToUnicode %s /DescendantFonts [%s] >>"
        )
        font = doc.Reference(Ready(text.encode(), (mapping, below)), key)
        doc.idToObject["BasicFonts"].dict[key] = font
        doc.fontMapping[self.name] = f"/{key}"


@cache
def registered(weight: Weight, alphabet: str = "latin") -> str:
    """Register a cut with ReportLab on first use and give its name."""
    font = CutFont(cut(weight, alphabet))
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def page_stream(code: str) -> Ready:
    """Pack a page's code; level 2 takes a third of the time of the usual level."""
    return Ready(packed_stream(code.encode("ascii"), level=2))


def page_resources(*pictures: tuple[str, Any]) -> Ready:
    """Name what a page may use: its document's fonts and pictures, and no more."""
    fonts = PDFObjectReference(BasicFonts)
    if not pictures:
        return Ready(b"<< /Font %s /ProcSet [/PDF /Text] >>", (fonts,))
    named = b" ".join(b"/%s %%s" % name.encode() for name, _picture in pictures)
    code = b"<< /Font %s /XObject << " + named + b" >> /ProcSet [/PDF /Text /ImageC] >>"
    return Ready(code, (fonts, *(picture for _name, picture in pictures)))


def plain_letters(text: str) -> str:
    """Give a text with its accents taken off, letter for letter."""
    return text.translate(_bases())


@cache
def _bases() -> dict[int, str]:
    bases: dict[int, str] = {}
    for char in cut("Regular", "latin").codes:
        base = unicodedata.normalize("NFD", char)[0]
        if base != char and base.isascii():
            bases[ord(char)] = base
    return bases
