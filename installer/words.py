"""Gathers the words to translate: `python installer/words.py template|pseudo PATH`.

``template`` writes the catalogue that translators begin with (a ``.pot``); ``pseudo``
writes a language in which every word has accents, is a third longer and stands in
brackets, so that one sees at a glance what was not translated or has no room. Put
its folder into ``CHALKBOOK_TRANSLATIONS`` and ``language = "en_XA"`` into the settings.
"""

# ruff: noqa: INP001  it is run by its path

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
PSEUDO = "en_XA"
LEFT, RIGHT = "⟦", "⟧"
_LONGER = 0.35
_ACCENTS = str.maketrans("AEIOUYaeiouyCcDdLlNnRrSsTtZz", "ÂÊÎÔÛŶâêîôûŷÇçĎďĻļÑñŘřŠšŤťŽž")
# What must stay as it is: values to fill in, tags, and access keys.
_KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&.|\\.)")
_MORE = "ŵôŗđš "


def gathered() -> Catalog:
    """Read every text of the program that is marked for translation."""
    catalogue = Catalog(project="Chalkbook", charset="utf-8")
    found = extract_from_dir(ROOT / "app", method_map=[("**.py", "python")])
    for name, line, message, comments, context in found:
        where = [(f"app/{Path(name).as_posix()}", line)]
        catalogue.add(message, None, where, auto_comments=comments, context=context)
    return catalogue


def longer(text: str) -> str:
    """Write a text with accents, a third longer, in brackets."""
    parts = _KEPT.split(text)
    words = "".join(
        part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(parts)
    )
    room = max(1, round(len(text) * _LONGER))
    more = (_MORE * (room // len(_MORE) + 1))[:room].rstrip()
    return f"{LEFT}{words} {more}{RIGHT}"


def pseudo(folder: Path) -> Path:
    """Write the pseudo-language below a folder, as a translation is laid there."""
    catalogue = gathered()
    catalogue.locale = "en"
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            message.string = tuple(longer(text) for text in message.id)
        else:
            message.string = longer(message.id)
    place = folder / PSEUDO / "LC_MESSAGES" / "chalkbook.mo"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_mo(file, catalogue)
    return place


def template(place: Path) -> Path:
    """Write the catalogue that translators begin with."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, gathered(), sort_by_file=True, width=88)
    return place


def main() -> int:
    """Do what was asked for."""
    verbs = {"template": template, "pseudo": pseudo}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=verbs)
    parser.add_argument("path", type=Path)
    asked = parser.parse_args()
    sys.stdout.write(f"{verbs[asked.verb](asked.path)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
