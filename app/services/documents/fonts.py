"""Document fonts: one compressed font stream per cut and process, for all documents.

ReportLab's own ``TTFont`` subsets and compresses the font again for every file, which
is nearly the whole cost of a one-page invoice. A :class:`CutFont` is a composite font
(two-byte glyph numbers) over a cut that is embedded whole, so the stream, the widths
and the Unicode map are made once.

Text is split into runs: the Latin cut first, then the cut of another alphabet (embedded
only when a document uses it). What no cut can draw becomes ``□`` and is reported by
:func:`missing`.
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.ttfonts import TTFontFile
from reportlab.pdfgen.canvas import Canvas

from app.resources import resource

Weight = Literal["Regular", "SemiBold"]
ALPHABETS: Final = ("latin", "greek", "cyrillic", "more-latin")
FALLBACK: Final = "□"
_TAGS: Final = {
    "latin": "LATINA",
    "greek": "GREEKA",
    "cyrillic": "CYRILA",
    "more-latin": "LATINB",
}
_SWAPS: Final = str.maketrans(
    {
        "\u202f": "\u00a0",
        "\u2009": "\u00a0",
        "\u2007": "\u00a0",
        "\t": " ",
        "\u2011": "-",
    }
)


class _Raw(PDFObject):
    """PDF code that is already text."""

    def __init__(self, code: bytes) -> None:
        self.code = code

    def format(self, _document: object) -> bytes:
        """Hand the bytes over as they are."""
        return self.code


@dataclass(frozen=True, slots=True)
class Cut:
    """What is worked out once per cut: glyph codes, widths (1/1000 em), streams."""

    name: str
    codes: dict[str, str]
    widths: dict[str, float]
    file: bytes
    length: int
    unicode_map: bytes
    width_array: bytes
    numbers: dict[str, int]


@cache
def cut(weight: Weight, alphabet: str) -> Cut:
    """Load a cut and prepare what does not change from document to document."""
    path = resource(f"fonts/documents/{weight}-{alphabet}.ttf")
    data = path.read_bytes()
    face = TTFontFile(str(path))
    glyphs = {chr(code): glyph for code, glyph in face.charToGlyph.items() if glyph}
    widths = {char: float(face.charWidths[ord(char)]) for char in glyphs}
    by_glyph: dict[int, str] = {}
    for char in sorted(glyphs, reverse=True):
        by_glyph[glyphs[char]] = char
    array = " ".join(
        f"{glyph} [{widths[char]:.0f}]" for glyph, char in sorted(by_glyph.items())
    )
    numbers = {
        "Ascent": round(face.ascent),
        "Descent": round(face.descent),
        "CapHeight": round(face.capHeight),
        "StemV": 120 if weight == "SemiBold" else 90,
    }
    return Cut(
        name=f"{_TAGS[alphabet]}+InterDocument-{weight}",
        codes={char: f"{glyph:04X}" for char, glyph in glyphs.items()},
        widths=widths,
        file=zlib.compress(data, 9),
        length=len(data),
        unicode_map=zlib.compress(_unicode_map(by_glyph), 9),
        width_array=f"[{array}]".encode("ascii"),
        numbers={
            **numbers,
            **{f"box{i}": round(value) for i, value in enumerate(face.bbox)},
        },
    )


def _unicode_map(by_glyph: dict[int, str]) -> bytes:
    """The ToUnicode table that makes text selectable."""
    items = [
        f"<{glyph:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for glyph, char in sorted(by_glyph.items())
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


class CutFont(pdfmetrics.Font):
    """A cut as ReportLab sees it: a multi-byte font added to each document."""

    _multiByte = 1  # noqa: N815  ReportLab's names
    _dynamicFont = 0  # noqa: N815

    def __init__(self, weight: Weight, alphabet: str) -> None:
        self.cut = cut(weight, alphabet)
        self.fontName = self.name = f"Document-{weight}-{alphabet}"
        self.face = pdfmetrics.TypeFace(self.fontName)
        self.face.builtIn = 1
        self.substitutionFonts: list[object] = []

    def stringWidth(  # noqa: N802  ReportLab's name
        self, text: str | bytes, size: float, encoding: str | None = "utf-8"
    ) -> float:
        """Give a width in points; called by ReportLab."""
        read = text.decode(encoding or "utf-8") if isinstance(text, bytes) else text
        widths = self.cut.widths
        return sum(widths.get(char, 0.0) for char in read) * size / 1000

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802  untyped there
        """Embed the cut in this document under the next free name."""
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(self.cut.name),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": doc.Reference(
                    self._descriptor(doc), f"descriptor:{self.name}"
                ),
                "W": _Raw(self.cut.width_array),
                "CIDToGIDMap": PDFName("Identity"),
            }
        )
        below = doc.Reference(descendant, f"descendant:{self.name}")
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(self.cut.name),
                "Encoding": PDFName("Identity-H"),
                "ToUnicode": doc.Reference(
                    _zipped({}, self.cut.unicode_map), f"unicode:{self.name}"
                ),
                "DescendantFonts": PDFArray([below]),
            }
        )
        internal = f"F{len(doc.fontMapping) + 1}"
        fonts = doc.idToObject["BasicFonts"].dict
        fonts[internal] = doc.Reference(font, internal)
        doc.fontMapping[self.name] = f"/{internal}"

    def _descriptor(self, doc: Any) -> PDFDictionary:  # noqa: ANN401  untyped
        data, numbers = self.cut, self.cut.numbers
        file = _zipped({"Length1": data.length}, data.file)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(data.name),
                "Flags": 4,
                "FontBBox": PDFArray([numbers[f"box{i}"] for i in range(4)]),
                "ItalicAngle": 0,
                "Ascent": numbers["Ascent"],
                "Descent": numbers["Descent"],
                "CapHeight": numbers["CapHeight"],
                "StemV": numbers["StemV"],
                "FontFile2": doc.Reference(file, f"file:{self.name}"),
            }
        )


def _zipped(entries: dict[str, object], data: bytes) -> PDFStream:
    filtered = {"Filter": PDFName("FlateDecode"), **entries}
    return PDFStream(PDFDictionary(filtered), data, filters=[])


@cache
def registered(weight: Weight, alphabet: str = "latin") -> str:
    """Register a cut with ReportLab on first use and return its name."""
    font = CutFont(weight, alphabet)
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def internal_name(canvas: Canvas, font: str) -> str:
    """Give the name that a document knows a registered font by."""
    document: Any = vars(canvas)["_doc"]  # ReportLab has no public way
    return str(document.getInternalFontName(font))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one cut.

    Attributes:
        font: as it is registered.
        code: glyph numbers in hexadecimal.
        width: at a size of 1 point.
    """

    font: str
    code: str
    width: float


def clean(text: str) -> str:
    """Give the composed form, with plain spaces and no control characters."""
    text = unicodedata.normalize("NFC", text).translate(_SWAPS)
    return "".join(char for char in text if unicodedata.category(char)[0] != "C")


@lru_cache(maxsize=20_000)
def runs(text: str, weight: Weight) -> tuple[Run, ...]:
    """Split a text into drawable runs; any string has some."""
    latin = cut(weight, "latin")
    try:
        code = "".join([latin.codes[char] for char in text])
        return (
            Run(
                registered(weight),
                code,
                sum([latin.widths[char] for char in text]) / 1000,
            ),
        )
    except KeyError:
        pass
    found: list[tuple[str, str]] = []
    for char in clean(text):
        alphabet = next(
            (name for name in ALPHABETS if char in cut(weight, name).codes), None
        )
        piece = (alphabet or "latin", char if alphabet else FALLBACK)
        if found and found[-1][0] == piece[0]:
            found[-1] = (piece[0], found[-1][1] + piece[1])
        else:
            found.append(piece)
    return tuple(
        Run(
            registered(weight, name),
            "".join(cut(weight, name).codes[char] for char in part),
            sum(cut(weight, name).widths[char] for char in part) / 1000,
        )
        for name, part in found
    )


def width(text: str, weight: Weight, size: float, tracking: float = 0.0) -> float:
    """Give the width of a text in points."""
    return sum([run.width for run in runs(text, weight)]) * size + tracking * max(
        len(text) - 1, 0
    )


def missing(text: str) -> str:
    """Give the characters that no cut has, each once, in order."""
    return "".join(
        char
        for char in dict.fromkeys(clean(text))
        if all(char not in cut("Regular", name).codes for name in ALPHABETS)
    )
