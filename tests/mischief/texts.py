"""What a random visitor types."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import Qt

# keys of a keyboard that type no letter, the more frequent ones several times
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down) * 4,
    *(Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right) * 3,
    *(Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_F2) * 2,
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_Delete, Qt.Key.Key_Enter, Qt.Key.Key_F1, Qt.Key.Key_F4),
    *(Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F10, Qt.Key.Key_Menu),
    *(Qt.Key.Key_Alt, Qt.Key.Key_Insert, Qt.Key.Key_Question, Qt.Key.Key_Slash),
    *(Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
)
MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 6,
    *(Qt.KeyboardModifier.ControlModifier,) * 3,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ASCII = (
    *("a", "Sam", "Fox", "Ann Teacher", "Maths", "60", "48.00", "-5", "0", "100%"),
    *("12:30", "25:99", "9", "31.12.2026", "2026-02-30", "1 Jan 1", "99999"),
    *("999999999999999999999", "1e400", "0,001", "=1+1", "+4420", "a@b.example"),
    *("<b>bold</b>", "<img src=x>", "&amp; & <", "'; DROP TABLE x; --", "%s {x} {}"),
    *("#INV", "/tomorrow", "+sam", ">text", "@kim", "\\", '"', "   ", "(", "[a-"),
    *("../../etc", "x" * 300, "word " * 60, "<p>" * 80, "9" * 40),
)
OTHERS = (
    *(
        "Öz",
        "Łucja Żółć",
        "名前",
        "😀👩‍👧",
        "مرحبا",
        "e\u0301",
        "\u202eabc",
        "a\u00a0b",
    ),
    *("½", "٣", "“quoted”", "ﬁ", "İ", "ß" * 200, "\u200b", "first\nsecond"),
)


def key(chance: Random) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """Choose a key with what is held down; never the one that quits."""
    chosen, held = chance.choice(KEYS), chance.choice(MODIFIERS)
    if chosen is Qt.Key.Key_Q or (chosen, held) == (
        Qt.Key.Key_F4,
        Qt.KeyboardModifier.AltModifier,
    ):
        held = Qt.KeyboardModifier.NoModifier
    return chosen, held
