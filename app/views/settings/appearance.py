"""The section of the looks: scheme, text size and the rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from app.text import _
from app.views.appearance import SIZES, Appearance, Wanted
from app.views.settings.fields import ChoiceField, SavedRow
from app.views.settings.fields import Entry as Left
from app.views.settings.section import Section
from app.views.tables.density import DENSITIES, choose_density, density_of
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.cards import Card


class AppearanceSection(Section):
    """Shows how the windows look on this machine, and changes it at once."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        application = QApplication.instance()
        found = Appearance.of(tools.state)
        if found is None and isinstance(application, QApplication):
            found = Appearance(application, tools.state)
        self._looks = found
        card = Card(_("Looks"))
        schemes = [
            (_("As the system"), Wanted.SYSTEM.value),
            (_("Light"), Wanted.LIGHT.value),
            (_("Dark"), Wanted.DARK.value),
        ]
        self.scheme = self._row(card, "scheme", _("Colours"), schemes)
        sizes = [(_("{n} %").format(n=round(size * 100)), size) for size in SIZES]
        self.text_size = self._row(card, "size", _("Text size"), sizes)
        densities = [(words, density) for density, words in DENSITIES.items()]
        self.density = self._row(card, "density", _("Rows of tables"), densities)
        words = _("This is remembered for you on this computer, not for the office.")
        card.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(card)
        self.column.addStretch()
        if self._looks is not None:
            self._looks.changed.connect(self.refresh)

    def refresh(self) -> None:
        if self._looks is not None:
            self.scheme.show_saved(self._looks.wanted.value)
            self.text_size.show_saved(self._looks.text_size)
        self.density.show_saved(density_of(self.tools.state))

    def _row(
        self, card: Card, name: str, words: str, choices: Sequence[tuple[str, object]]
    ) -> SavedRow:
        row = SavedRow(name, words, ChoiceField(choices))
        row.left.connect(self._on_left)
        card.body.addWidget(row)
        return row

    def _on_left(self, left: Left) -> None:
        if left.row.name == "density":
            self._set_density(str(left.value))
        elif self._looks is None:
            return
        elif left.row.name == "scheme":
            self._looks.choose(Wanted(str(left.value)))
        else:
            self._looks.set_text_size(float(left.value))

    def _set_density(self, density: str) -> None:
        choose_density(self.tools.state, density)
