"""Puts a backup back: first on trial, beside what is there now, then in earnest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.models.values.errors import OfficeError
from app.services.backups import Backups, Contents
from app.text import _
from app.views.formats import DASH
from app.views.prompts import Question
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import fact
from app.views.widgets.laying import across
from app.views.widgets.panels import empty

KINDS = "Chalkbook (*.chalkbook)"


@dataclass(frozen=True, slots=True)
class Trial:
    """A backup that was restored on trial, and what the office holds now."""

    file: Path
    held: Contents
    now: Contents


def try_out(backups: Backups, file: Path) -> Trial:
    """Really restore a backup somewhere else, and look at the open office too."""
    return Trial(file, backups.look_into(file), backups.holds_now())


def put_back(tools: Tools, file: Path, folder: Path) -> Path | None:
    """Restore a backup, and let nothing meant for the former office happen to it.

    It runs at the desk, so that nothing comes between the two.
    """
    try:
        former = tools.office.backups.restore(file, folder)
    except OfficeError:  # nothing was replaced
        raise
    except Exception:  # nobody knows what stands there now
        tools.jobs.shut_desk()
        raise
    tools.jobs.shut_desk()
    return former


class RestoreCard(Card):
    """Leads from a file to a restored office; nothing is touched before the last step.

    Signals:
        said: Something could not be done; carries a Word.
    """

    said = Signal(object)

    def __init__(self, tools: Tools, folder: Callable[[], Path]) -> None:
        super().__init__(_("Restore"))
        self._tools, self._folder = tools, folder
        self.trial: Trial | None = None
        words = _(
            "Choose a backup: it is restored into a place of its own first, so that "
            "you see what it holds. The open office is not touched by that."
        )
        self.body.addWidget(label(words, "body", "text2", wrap=True))
        self.choose = Button(_("Restore…"), "history")
        self.choose.clicked.connect(self._on_choose)
        self.body.addLayout(across(self.choose, 0))
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        self.body.addLayout(self._found)
        self.steps = Banner("", "ok")
        self.steps.hide()
        self.body.addWidget(self.steps)
        self.put_back = Button(_("Put it in the office's place…"), kind="danger")
        self.put_back.clicked.connect(self._on_put_back)
        self.put_back.hide()
        self.body.addLayout(across(self.put_back, 0))

    def look_into(self, file: Path) -> None:
        """Restore a backup on trial, and tell what it holds."""
        self._clear()
        self.choose.setEnabled(False)
        work = partial(try_out, self._tools.office.backups, file)
        self._run(work, self._on_tried, _("Looking into a backup"))

    def _clear(self) -> None:
        self.trial = None
        empty(self._found)
        self.steps.hide()
        self.put_back.hide()

    def _run(
        self,
        work: Callable[[], Trial | Path | None],
        done: Callable[..., None],
        words: str,
    ) -> None:
        run = self._tools.jobs.run
        run(self, work, done=done, failed=self._on_failed, words=words)

    def _on_choose(self) -> None:
        title = _("Which backup?")
        self._tools.prompts.choose_file(self, title, KINDS, self.look_into)

    def _on_tried(self, trial: Trial) -> None:
        self.trial = trial
        self.choose.setEnabled(True)
        held, now = trial.held, trial.now
        count = self._count
        for name, then, today in (
            (_("Office"), held.office, now.office),
            (_("Families"), count(held.households), count(now.households)),
            (_("Students"), count(held.students), count(now.students)),
            (_("Tutors"), count(held.tutors), count(now.tutors)),
            (_("Sessions"), count(held.sessions), count(now.sessions)),
            (_("Last change"), self._changed(held), self._changed(now)),
        ):
            both = _("{then} in the backup · {now} now").format(then=then, now=today)
            self._found.addWidget(fact(name, both))
        words = _("“{file}” is whole and can be restored.")
        self.steps.say(words.format(file=trial.file.name))
        self.steps.show()
        self.put_back.show()

    def _count(self, number: int) -> str:
        return self._tools.formats.locale.number(number, 0)

    def _changed(self, contents: Contents) -> str:
        at = contents.last_change_at
        return DASH if at is None else self._tools.formats.stamp(at)

    def _on_put_back(self) -> None:
        if self.trial is None:
            return
        words = _(
            "Everything entered since then leaves the office. The office as it is now "
            "is copied first, and no backup is thrown away. Close Chalkbook at every "
            "other desk before. This window closes afterwards; open it again to work "
            "with the restored office."
        )
        question = Question(
            _("Put the backup of {when} in the office's place?").format(
                when=self._changed(self.trial.held)
            ),
            words,
            _("Restore and close"),
            _("Keep the office as it is"),
            is_danger=True,
        )
        self._tools.prompts.ask(self, question, self._restore)

    def _restore(self) -> None:
        if self.trial is None:
            return
        self.put_back.setEnabled(False)
        self.window().setEnabled(False)  # what it shows is soon of another office
        work = partial(put_back, self._tools, self.trial.file, self._folder())
        self._run(work, self._on_restored, _("Restoring the office"))

    def _on_restored(self, _former: Path | None) -> None:
        """Close, because nothing that the window remembers is so any more."""
        self._tools.bus.leave()
        self.window().close()

    def _on_failed(self, error: OfficeError) -> None:
        self.window().setEnabled(True)
        self.choose.setEnabled(True)
        self.put_back.setEnabled(True)
        self._clear()
        self.said.emit(Word(str(error)))
