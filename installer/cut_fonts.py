"""Makes the fonts of the documents: `python installer/cut_fonts.py FOLDER_OF_INTER`.

A cut is a static Inter weight reduced to one alphabet, without hinting and layout
tables, whose digits and signs of currency are the tabular ones, because ReportLab
cannot switch features of a font on. Only those are exchanged: a tabular hyphen would
spread words. The kerning of plain letters goes to a small text file beside the cuts.
Needs fontTools; the program itself does not.
"""

# ruff: noqa: INP001  it is run by its path

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

TARGET: Final = Path(__file__).parent.parent / "resources" / "fonts" / "documents"
WEIGHTS: Final = ("Regular", "SemiBold")
_SIGNS: Final = (
    "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022"
    "\u2026\u2030\u2032\u2033\u2039\u203a\u20a9\u20aa\u20ac\u20b1\u20b9\u20ba\u20bd"
    "\u20bf\u2116\u2122\u2190\u2192\u2212\u2248\u2260\u2264\u2265\u25a1\u2713\u1e9e"
    "\u0218\u0219\u021a\u021b"
)
ALPHABETS: Final[dict[str, list[int]]] = {
    "latin": [*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, _SIGNS)],
    "more-latin": [
        *(0x1A0, 0x1A1, 0x1AF, 0x1B0),
        *range(0x1CD, 0x1DD),
        *range(0x1E80, 0x1E86),
        *range(0x1EA0, 0x1EFA),
    ],
    "greek": [*range(0x370, 0x400)],
    "cyrillic": [*range(0x400, 0x530)],
}
TABULAR: Final = (*range(0x30, 0x3A), *map(ord, "$£¥€¢₩₪₱₹₺₽₿"))
_PAIRS: Final = 2  # GPOS lookup type
_SMALLEST: Final = 5  # thousandths of the size; less is not seen


def lookups(font: TTFont, table: str, feature: str) -> Iterator[Any]:
    """Give the subtables of a feature, in order."""
    found = font[table].table
    indices = {
        index
        for record in found.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(indices):
        for subtable in found.LookupList.Lookup[index].SubTable:
            yield getattr(subtable, "ExtSubTable", subtable)


def cut(source: Path, weight: str, alphabet: str) -> None:
    """Write the cut of one weight and alphabet."""
    font = TTFont(source / f"Inter-{weight}.ttf", recalcTimestamp=False)
    tabular: dict[str, str] = {}
    for subtable in lookups(font, "GSUB", "tnum"):
        tabular.update(getattr(subtable, "mapping", {}))
    for table in font["cmap"].tables:
        for code in TABULAR:
            if code in table.cmap:
                table.cmap[code] = tabular.get(table.cmap[code], table.cmap[code])
    options = Options(layout_features=[], hinting=False, glyph_names=False)
    options.notdef_outline = True
    options.name_IDs = [1, 2, 4, 6]
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "gasp", "STAT", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=ALPHABETS[alphabet])
    subsetter.subset(font)
    names = font["name"]
    names.names = [record for record in names.names if record.platformID == 3]  # noqa: PLR2004  Windows
    for record in names.names:
        record.string = f"InterDocument-{weight}"
    font.save(TARGET / f"{weight}-{alphabet}.ttf")


def kerning(source: Path, weight: str) -> dict[str, int]:
    """Read how much closer or wider pairs of plain letters stand, in thousandths."""
    font = TTFont(source / f"Inter-{weight}.ttf")
    letters = {
        glyph: chr(code)
        for code, glyph in font.getBestCmap().items()
        if 0x20 < code < 0x7F and not chr(code).isdigit()  # noqa: PLR2004  ASCII
    }
    pairs: dict[str, int] = {}
    for subtable in lookups(font, "GPOS", "kern"):
        if subtable.LookupType == _PAIRS:
            for first, second, value in _values(subtable, letters):
                pairs.setdefault(letters[first] + letters[second], value)
    scale = 1000 / font["head"].unitsPerEm
    found = {pair: round(value * scale) for pair, value in pairs.items()}
    return {pair: value for pair, value in found.items() if abs(value) >= _SMALLEST}


def _values(subtable: Any, letters: dict[str, str]) -> Iterator[tuple[str, str, int]]:  # noqa: ANN401  fontTools builds its tables at run time
    firsts = subtable.Coverage.glyphs
    if subtable.Format == 1:
        for first, pairs in zip(firsts, subtable.PairSet, strict=True):
            for record in pairs.PairValueRecord:
                if first in letters and record.SecondGlyph in letters:
                    yield first, record.SecondGlyph, _advance(record.Value1)
        return
    rows, columns = subtable.ClassDef1.classDefs, subtable.ClassDef2.classDefs
    for first in filter(letters.__contains__, firsts):
        row = subtable.Class1Record[rows.get(first, 0)].Class2Record
        for second in letters:
            yield first, second, _advance(row[columns.get(second, 0)].Value1)


def _advance(value: Any) -> int:  # noqa: ANN401  fontTools builds its tables at run time
    return int(getattr(value, "XAdvance", 0)) if value else 0


def main(source: Path) -> None:
    """Write every weight of every alphabet, the kerning and the licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        for alphabet in ALPHABETS:
            cut(source, weight, alphabet)
        lines = [
            f"{pair} {gap}\n" for pair, gap in sorted(kerning(source, weight).items())
        ]
        (TARGET / f"{weight}-kerning.txt").write_text("".join(lines), "utf-8")
    (TARGET / "OFL.txt").write_bytes((source / "OFL.txt").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
