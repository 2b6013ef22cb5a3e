"""Reads PDF files as their readers do: text, pictures, fonts and codes."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL.Image import Image


def pages(content: bytes) -> list[str]:
    """Give the text of each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def text(content: bytes) -> str:
    """Give the text of all pages."""
    return "\n".join(pages(content))


def picture(content: bytes, number: int = 0, scale: float = 2) -> Image:
    """Draw one page as a picture."""
    document = pypdfium2.PdfDocument(content)
    try:
        image: Image = document[number].render(scale=scale).to_pil()
        return image
    finally:
        document.close()


def codes(content: bytes, number: int = 0) -> list[str]:
    """Read the codes on a page's picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture(content, number))]


def fonts(content: bytes) -> dict[str, bool]:
    """Give the fonts of a file, and whether each is embedded."""
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.check_pdf_syntax() == []
        found: dict[str, bool] = {}
        for page in document.pages:
            for font in _items(_resource(page, "/Font")):
                base = font.get("/DescendantFonts", [font])[0]
                descriptor = base.get("/FontDescriptor", {})
                found[str(font["/BaseFont"])] = "/FontFile2" in descriptor
        return found


def _resource(page: Any, name: str) -> Any:  # noqa: ANN401  PDF objects
    return page.obj["/Resources"].get(name, pikepdf.Dictionary())


def _items(dictionary: Any) -> list[Any]:  # noqa: ANN401  a PDF object
    return [value for _key, value in dictionary.items()]


def title(content: bytes) -> str:
    """Give the title in the metadata."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return str(document.docinfo["/Title"])


def place(
    content: bytes, words: str, number: int = 0
) -> tuple[float, float, float, float]:
    """Give left, bottom, right and top in points of words on a page."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[number].get_textpage()
        found = page.search(words, match_case=True).get_next()
        assert found, f"{words!r} is not on the page"
        boxes = [page.get_charbox(found[0] + i) for i in range(found[1])]
    finally:
        document.close()
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
