"""What the close-out page reads and writes, each in one job at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.values.errors import OfficeError
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    TimeSpan,
    day_span,
)
from app.models.values.unchanged import UNCHANGED
from app.services.closing.requests import CloseSession, Outcome
from app.services.closing.results import (
    Closed,
    ClosedMany,
    ClosedOut,
    HomeworkSet,
    LeftOut,
    MileageProposal,
    MoneyEffect,
    NoteText,
    OpenCloseOut,
    Report,
    Rules,
)
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.details import SessionDetail
from app.views.close_out.drafts import Draft, Said, prompts_of, request_of

AHEAD = timedelta(days=14)
Drafts = Sequence[tuple[int, Draft | None]]


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that waits, and what was done today.

    Attributes:
        undecided: closed out, but still to be reviewed or approved.
        following: the next session ahead, if one is.
    """

    open: tuple[OpenCloseOut, ...]
    closed: tuple[ClosedOut, ...]
    following: SessionCard | None
    undecided: tuple[ClosedOut, ...] = ()


@dataclass(frozen=True, slots=True)
class LastTime:
    """What the session before left behind."""

    starts_at: datetime
    notes: tuple[NoteText, ...]
    homework: tuple[HomeworkSet, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One session with all that its form shows.

    Attributes:
        kept: what was kept of it as a draft, where it was closed out before.
    """

    detail: SessionDetail
    report: Report
    proposals: tuple[MileageProposal, ...]
    rules: Rules
    last: LastTime | None
    kept: Draft
    zone: ZoneInfo
    claimant: int | None = None

    @property
    def session_id(self) -> int:
        """Its number."""
        return self.report.session_id

    @property
    def start(self) -> datetime:
        """The planned start on the office's wall clock, naive."""
        return self.detail.card.starts_at.astimezone(self.zone).replace(tzinfo=None)

    @property
    def minutes(self) -> int:
        """The planned length."""
        card = self.detail.card
        return int((card.ends_at - card.starts_at).total_seconds()) // 60

    @property
    def is_open(self) -> bool:
        """Say whether nobody has closed it out."""
        return self.report.state is CloseOutState.OPEN

    def request(self, draft: Draft) -> CloseSession:
        """Make the request that saves a draft of it.

        Homework and skills of single students stay, unless they were changed here.
        """
        desk = self.claimant
        made = request_of(draft, self.report, self.proposals, self.start, desk)
        kept = self.kept
        if (draft.homework, draft.due_on) == (kept.homework, kept.due_on):
            made = replace(made, homework=UNCHANGED)
        if draft.skills == kept.skills:
            made = replace(made, skills=UNCHANGED)
        return made


@dataclass(frozen=True, slots=True)
class ManyEffects:
    """What several close-outs would come to, minor units, and which need a look."""

    effects: tuple[MoneyEffect, ...]
    refused: tuple[LeftOut, ...]


def read_board(office: Office, now: datetime, zone: ZoneInfo) -> Board:
    """Read what waits, what was closed out today, and what comes next."""
    today = now.astimezone(zone).date()
    ahead = office.timetable.sessions_in(TimeSpan(now, now + AHEAD))
    following = [card for card in ahead if card.starts_at > now]
    return Board(
        office.close_outs.open_close_outs(),
        office.close_outs.closed_out(day_span(today, zone).start),
        following[0] if following else None,
        office.close_outs.undecided() if office.actor.is_office else (),
    )


def read_session(office: Office, session_id: int, zone: ZoneInfo) -> Opened:
    """Read one session with everything its form shows."""
    detail = office.timetable.session(session_id)
    report = office.close_outs.report(session_id)
    return Opened(
        detail=detail,
        report=report,
        proposals=office.close_outs.mileage_proposals(session_id),
        rules=office.close_outs.rules(session_id),
        last=_last_time(office, report, detail.card.starts_at),
        kept=kept_draft(report, zone),
        zone=zone,
        claimant=office.actor.tutor_id,
    )


def close_one(
    office: Office, session_id: int, draft: Draft | None, zone: ZoneInfo
) -> Closed:
    """Save one close-out as its form shows it; without a draft as planned."""
    [request] = _requests(office, [(session_id, draft)], zone)
    return office.close_outs.close(request)


def close_some(office: Office, drafts: Drafts, zone: ZoneInfo) -> ClosedMany:
    """Save several close-outs as one step."""
    return office.close_outs.close_many(_requests(office, drafts, zone))


def effect_of_some(office: Office, drafts: Drafts, zone: ZoneInfo) -> ManyEffects:
    """Tell what several close-outs would come to."""
    effects: list[MoneyEffect] = []
    refused: list[LeftOut] = []
    for request in _requests(office, drafts, zone):
        try:
            effects.append(office.close_outs.preview(request))
        except OfficeError as error:
            refused.append(LeftOut(request.session_id, str(error)))
    return ManyEffects(tuple(effects), tuple(refused))


def kept_draft(report: Report, zone: ZoneInfo) -> Draft:
    """Take a close-out that stands back into the form, to correct it."""
    whole = [note for note in report.notes if note.student_id is None]
    note = next((n.text for n in whole if not n.is_internal), "")
    internal = next((n.text for n in whole if n.is_internal), "")
    copies = [n for n in report.notes if n.student_id is not None and n.text == note]
    homework = report.homework[0] if report.homework else None
    words = Draft(
        prompts=prompts_of(note),
        internal=internal,
        copy_note=bool(copies),
        homework=homework.text if homework else "",
        due_on=homework.due_on if homework else None,
        skills=", ".join(dict.fromkeys(each.skill for each in report.skills)),
    )
    if report.state is CloseOutState.OPEN:
        return words
    outcome, main = _outcome(report), next(iter(report.tutors), None)
    is_moved = outcome is Outcome.OTHER_TIMES and main is not None
    start = main.actual_starts_at if main else None
    return replace(
        words,
        outcome=outcome,
        start=start.astimezone(zone).time() if is_moved and start else None,
        minutes=main.actual_minutes if is_moved and main else None,
        students=_said(report) if not outcome.is_cancellation else {},
        mileage={
            each.tutor_id: "" if claim is None else str(claim)
            for each in report.tutors
            for claim in [_claim(report, each.tutor_id)]
        },
        expenses=tuple((each.what, each.amount) for each in report.expenses),
        money=report.money,
        money_reason=report.money_reason,
    )


def _requests(office: Office, drafts: Drafts, zone: ZoneInfo) -> list[CloseSession]:
    requests: list[CloseSession] = []
    for session_id, draft in drafts:
        opened = read_session(office, session_id, zone)
        as_planned = opened.kept.choose(Outcome.AS_PLANNED)
        requests.append(opened.request(as_planned if draft is None else draft))
    return requests


def _last_time(office: Office, report: Report, before: datetime) -> LastTime | None:
    """Find what the first student's session before left behind."""
    if not report.students:
        return None
    told = office.close_outs.latest_notes(report.students[0].student_id)
    notes = [n for n in told.notes if n.starts_at and n.starts_at < before]
    tasks = [h for h in told.homework if h.starts_at and h.starts_at < before]
    starts = [each.starts_at for each in notes if each.starts_at]
    starts += [each.starts_at for each in tasks if each.starts_at]
    if not starts:
        return None
    latest = max(starts)
    texts: dict[str, NoteText] = {}
    for note in notes:
        if note.starts_at == latest:
            texts.setdefault(note.text, note)
    return LastTime(
        latest,
        tuple(texts.values()),
        tuple(each for each in tasks if each.starts_at == latest),
    )


def _outcome(report: Report) -> Outcome:
    status = report.status
    if status.is_cancelled or status.value == Outcome.NO_SHOW.value:
        return Outcome(status.value)
    main = next(iter(report.tutors), None)
    is_other = main is not None and main.actual_minutes not in {
        None,
        main.planned_minutes,
    }
    return Outcome.OTHER_TIMES if is_other else Outcome.AS_PLANNED


def _said(report: Report) -> dict[int, Said]:
    """Keep what is said of students who did not simply come."""
    main = next(iter(report.tutors), None)
    usual = main.actual_minutes if main else None
    said: dict[int, Said] = {}
    for student in report.students:
        came = student.state is AttendanceState.PRESENT
        if came and student.actual_minutes in {None, usual}:
            continue
        if student.state is AttendanceState.EXPECTED:
            continue
        if report.status.value == student.state.value:
            continue
        minutes = student.actual_minutes if came else None
        said[student.student_id] = Said(student.state, minutes)
    return said


def _claim(report: Report, tutor_id: int) -> object:
    return next((m.distance for m in report.mileage if m.tutor_id == tutor_id), None)
