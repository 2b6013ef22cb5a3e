"""What somebody has entered about a session and not saved yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import AttendanceState
from app.services.closing.requests import (
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    SetHomework,
    StudentOutcome,
    TouchSkill,
)
from app.services.closing.results import MileageProposal, Report
from app.views.close_out.words import PROMPTS
from app.views.state import parsed, whole

_TIMED = (Outcome.AS_PLANNED, Outcome.OTHER_TIMES)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one student; no minutes means the tutor's."""

    state: AttendanceState
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A close-out as it stands in the form; all of it may be empty.

    Attributes:
        start: on the wall clock; None is as planned.
        minutes: the main tutor's; None is as planned.
        tutors: minutes of single tutors by id.
        prompts: the note for the family, by its three prompts.
        mileage: distances as typed, by tutor id; a tutor who is not in it claims
            what is proposed.
        expenses: what for, and minor units.
        skills: one or more, with commas between.
        is_correction: whether its money is dated in the open period, where its own
            day is locked.
    """

    outcome: Outcome = Outcome.AS_PLANNED
    start: time | None = None
    minutes: int | None = None
    students: Mapping[int, Said] = field(default_factory=dict)
    tutors: Mapping[int, int] = field(default_factory=dict)
    prompts: tuple[str, str, str] = ("", "", "")
    internal: str = ""
    copy_note: bool = False
    homework: str = ""
    due_on: date | None = None
    mileage: Mapping[int, str] = field(default_factory=dict)
    expenses: tuple[tuple[str, int], ...] = ()
    skills: str = ""
    money: MoneyOutcome | None = None
    money_reason: str = ""
    is_correction: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was entered."""
        return self == Draft()

    def choose(self, outcome: Outcome) -> Draft:
        """Choose an outcome; what goes against it is dropped, words stay."""
        if outcome is self.outcome:
            return self
        kept = self.students if {outcome, self.outcome} <= set(_TIMED) else {}
        timed = outcome is Outcome.OTHER_TIMES
        return replace(
            self,
            outcome=outcome,
            students=kept,
            start=self.start if timed else None,
            minutes=self.minutes if timed else None,
            tutors=self.tutors if outcome in _TIMED else {},
            money=None,
            money_reason="",
        )

    def over(self, former: Draft, fresh: Draft) -> Draft:
        """Keep what was entered over a former state, and take the rest anew."""
        entered = {
            each.name: mine
            for each in fields(self)
            if (mine := getattr(self, each.name)) != getattr(former, each.name)
        }
        return replace(fresh, **entered)

    def of(self, student_ids: Collection[int], tutor_ids: Collection[int]) -> Draft:
        """Say nothing of people who are not in the session."""
        return replace(
            self,
            students={k: v for k, v in self.students.items() if k in student_ids},
            tutors={k: v for k, v in self.tutors.items() if k in tutor_ids},
            mileage={k: v for k, v in self.mileage.items() if k in tutor_ids},
        )

    def dump(self) -> str:
        """Write the draft down."""
        return json.dumps(asdict(self), default=str)


def load(text: str) -> Draft:
    """Read a draft that was written down; an unreadable one is empty."""
    try:
        return _loaded(parsed(text)) if text else Draft()
    except (ValueError, TypeError, KeyError, AttributeError):
        return Draft()


def _loaded(plain: dict[str, Any]) -> Draft:
    did, well, following = map(_words, plain["prompts"])
    return Draft(
        outcome=Outcome(plain["outcome"]),
        start=time.fromisoformat(plain["start"]) if plain["start"] else None,
        minutes=_number(plain["minutes"]),
        students={
            int(key): Said(AttendanceState(said["state"]), _number(said["minutes"]))
            for key, said in plain["students"].items()
        },
        tutors={
            int(key): _number(minutes) or 0 for key, minutes in plain["tutors"].items()
        },
        prompts=(did, well, following),
        internal=_words(plain["internal"]),
        copy_note=plain["copy_note"] is True,
        homework=_words(plain["homework"]),
        due_on=date.fromisoformat(plain["due_on"]) if plain["due_on"] else None,
        mileage={int(key): _words(typed) for key, typed in plain["mileage"].items()},
        expenses=tuple(
            (_words(what), _number(amount) or 0) for what, amount in plain["expenses"]
        ),
        skills=_words(plain["skills"]),
        money=MoneyOutcome(plain["money"]) if plain["money"] else None,
        money_reason=_words(plain["money_reason"]),
        is_correction=plain.get("is_correction") is True,
    )


def _words(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError
    return found


def _number(found: object) -> int | None:
    number = None if found is None else whole(str(found))
    if number is None and found is not None:
        raise ValueError
    return number


def family_note(prompts: Sequence[str]) -> str:
    """Join the three answers to one note, each under its prompt."""
    lines = [
        f"{prompt}: {words.strip()}"
        for prompt, words in zip(PROMPTS, prompts, strict=True)
        if words.strip()
    ]
    return "\n".join(lines)


def prompts_of(note: str) -> tuple[str, str, str]:
    """Take a note apart again; what stands under no prompt goes to the first."""
    parts = dict.fromkeys(PROMPTS, "")
    current = PROMPTS[0]
    for line in note.splitlines():
        named = next((one for one in PROMPTS if line.startswith(f"{one}: ")), "")
        current = named or current
        words = line.removeprefix(f"{named}: ") if named else line
        parts[current] = f"{parts[current]}\n{words}".strip()
    did, well, following = (parts[prompt] for prompt in PROMPTS)
    return did, well, following


def request_of(
    draft: Draft,
    report: Report,
    proposals: Sequence[MileageProposal],
    start: datetime,
    claimant: int | None = None,
) -> CloseSession:
    """Make the request that saves a draft.

    Args:
        draft: what was entered.
        report: how the session stands.
        proposals: distances that are claimed where nothing else was typed.
        start: the planned start on the office's wall clock, naive.
        claimant: the tutor at the desk, whose expenses they are; else the first one's.
    """
    is_held = draft.outcome in _TIMED
    present = _present(draft, report) if is_held else ()
    homework = draft.homework.strip() if present else ""
    return CloseSession(
        session_id=report.session_id,
        outcome=draft.outcome,
        start=datetime.combine(start.date(), draft.start) if draft.start else None,
        minutes=draft.minutes,
        students=tuple(
            StudentOutcome(student_id, said.state, said.minutes)
            for student_id, said in draft.students.items()
        ),
        tutor_minutes=dict(draft.tutors),
        progress_note=family_note(draft.prompts),
        internal_note=draft.internal.strip(),
        copy_note=draft.copy_note,
        homework=(SetHomework(None, homework, draft.due_on),) if homework else (),
        skills=_skills(draft, present),
        mileage=_mileage(draft, report, proposals) if is_held else (),
        expenses=_expenses(draft, report, claimant),
        money=draft.money,
        money_reason=draft.money_reason.strip(),
        is_correction=draft.is_correction,
    )


def distance(typed: str) -> Decimal | None:
    """Read a distance as somebody types it; None where it is none."""
    try:
        number = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number > 0 else None


def _present(draft: Draft, report: Report) -> tuple[int, ...]:
    """Name the students who came, as far as the draft knows."""
    found = []
    for student in report.students:
        said = draft.students.get(student.student_id)
        is_off = student.state.is_cancelled
        came = not is_off if said is None else said.state is AttendanceState.PRESENT
        if came:
            found.append(student.student_id)
    return tuple(found)


def _expenses(
    draft: Draft, report: Report, claimant: int | None
) -> tuple[ClaimExpense, ...]:
    tutor_id = claimant or (report.tutors[0].tutor_id if report.tutors else None)
    if tutor_id is None:
        return ()
    return tuple(
        ClaimExpense(tutor_id, what, amount) for what, amount in draft.expenses
    )


def _skills(draft: Draft, present: Sequence[int]) -> tuple[TouchSkill, ...]:
    words = [skill.strip() for skill in draft.skills.split(",") if skill.strip()]
    return tuple(TouchSkill(one, skill) for one in present for skill in words)


def _mileage(
    draft: Draft, report: Report, proposals: Sequence[MileageProposal]
) -> tuple[ClaimMileage, ...]:
    proposed = {each.tutor_id: each for each in proposals}
    claims = []
    for tutor in report.tutors:
        way = proposed.get(tutor.tutor_id)
        typed = draft.mileage.get(tutor.tutor_id)
        length = way.distance if way else None
        if typed is not None:
            length = distance(typed)
        if length is None:
            continue
        claims.append(
            ClaimMileage(
                tutor.tutor_id,
                length,
                way.unit if way else None,
                way.from_place_id if way else None,
                way.to_place_id if way else None,
            )
        )
    return tuple(claims)
