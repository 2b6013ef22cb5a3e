"""A visitor at the desk who presses everything, and is watched while doing so."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.views.tools import Place
from tests.mischief.hands import Hands
from tests.mischief.seat import Seat
from tests.mischief.standing_in import TurnJobs
from tests.mischief.targets import handle_of
from tests.mischief.watch import Watch

LOOK_EVERY = 100  # deeds between two looks whether the window answers
KEPT = 30  # deeds that are told when something went wrong
SOON = 600  # milliseconds; timers that end sooner are played, not waited for
TRIES = 40  # ways to leave what stands before the window
NO_KEYS, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Visitor:
    """Plays with the window; the same seed plays the same.

    Attributes:
        done: how many deeds.
    """

    def __init__(self, seat: Seat, chance: Random, watch: Watch, diary: Path) -> None:
        self._seat, self._chance, self._watch = seat, chance, watch
        self._hands = Hands(seat.window, chance)
        self._last: deque[str] = deque(maxlen=KEPT)
        self._diary = diary.open("w", encoding="utf-8", buffering=1)
        self.done = 0

    def play(self, deeds: int) -> None:
        """Do so many things, and look every hundred whether all is alive."""
        try:
            for _ in range(deeds):
                self._act()
                if self.done % LOOK_EVERY == 0:
                    self._look()
            self._look()
        finally:
            self._diary.close()

    def _act(self) -> None:
        self.done += 1
        if self._chance.random() < 0.05:
            self._seat.clock.advance(minutes=self._chance.choice((1, 5, 60, 600)))
        deed = self._hands.choose()
        self._note(deed.words)
        deed.do()
        self._settle()
        if not self._seat.window.isVisible():
            self._note("the window is opened again")
            self._seat.window.show()
            self._settle()
        self._judge()

    def _note(self, words: str) -> None:
        told = f"{self.done}: {words}"
        self._last.append(told)
        self._diary.write(told + "\n")

    def _settle(self) -> None:
        """Let time pass: jobs are done and timers end, at times a little later."""
        QCoreApplication.processEvents()
        jobs = self._seat.jobs
        if isinstance(jobs, TurnJobs):
            if self._chance.random() < 0.6:
                self._play_timers()
            while not jobs.is_idle and self._chance.random() < 0.9:
                jobs.step()
                QCoreApplication.processEvents()
        elif self._chance.random() < 0.2:
            QTest.qWait(self._chance.choice((1, 20, 60)))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _play_timers(self) -> None:
        for timer in self._seat.window.findChildren(QTimer):
            if timer.isActive() and timer.isSingleShot() and timer.interval() < SOON:
                timer.stop()
                timer.timeout.emit()
        QCoreApplication.processEvents()

    def _look(self) -> None:
        """Leave whatever stands before the window, and use the window."""
        self._note("look whether the window answers")
        self._seat.work_off()
        self._leave_all()
        window = self._seat.window
        window.show()
        window.activateWindow()
        self._seat.work_off()
        handle = handle_of(window)
        assert handle is not None
        for place, key in ((Place.TUTORS, Qt.Key.Key_7), (Place.TODAY, Qt.Key.Key_1)):
            QTest.keyClick(handle, key, CTRL)
            self._seat.work_off()
            QCoreApplication.processEvents()
            if window.here.place is not place:
                self._fail(f"the window does not answer: no way to {place}")
        self._judge()

    def _leave_all(self) -> None:
        for attempt in range(TRIES):
            front = self._before()
            if front is None:
                return
            self._leave(front, attempt)
            QCoreApplication.processEvents()
            self._seat.work_off()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._fail(f"cannot be left: {self._before()!r}")

    def _before(self) -> QWidget | None:
        """Give what stands before the window now."""
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if above is not None:
            return above
        window = self._seat.window
        every = QApplication.topLevelWidgets()
        beside = [one for one in every if one is not window and one.isVisible()]
        return beside[0] if beside else None

    def _leave(self, front: QWidget, attempt: int) -> None:
        buttons = front.findChildren(QPushButton)
        if buttons and attempt % 4 == 3:
            QTest.mouseClick(self._chance.choice(buttons), Qt.MouseButton.LeftButton)
        elif front.isModal() or QApplication.activePopupWidget():
            QTest.keyClick(front, Qt.Key.Key_Escape)
        else:
            front.close()

    def _judge(self) -> None:
        if self._watch.faults:
            self._fail("\n".join(self._watch.faults))

    def _fail(self, what: str) -> None:
        last = "\n".join(self._last)
        message = f"{what}\nafter {self.done} deeds, the last of them:\n{last}"
        raise AssertionError(message)
