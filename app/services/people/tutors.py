"""Keeping the tutors, what they teach and their papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import select

from app.models.catalog import Level, Place, Subject
from app.models.database import Snapshot, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.office import Attachment
from app.models.people import Tutor, TutorDocument, TutorTeaches
from app.models.values import entries
from app.models.values.schedule import PlaceKind
from app.services.desk import Desk, fetch, profile
from app.services.people.archiving import (
    require_in_use,
    require_no_sessions_of_tutor,
    require_paid,
)
from app.services.people.checks import DOCUMENT, TUTOR
from app.services.people.errors import NotArchivedError
from app.services.people.tutor_errors import LevelsError, SubjectTwiceError
from app.services.people.tutor_requests import (
    AddDocument,
    AddTutor,
    ChangeTutor,
    DocumentRow,
    SetTeaches,
    Teaches,
    TutorRow,
)
from app.services.records import change, cleaned, names_a_record, read_at, usable
from app.services.rights import require_self
from app.text import _


class Tutors:
    """Keeps who teaches; a tutor sees only the own record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_tutor(self, request: AddTutor) -> int:
        """Keep a new tutor.

        Raises:
            ArchivedError: A subject, level or place is archived.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, TUTOR)
        with self._desk.transaction(_("Add a tutor")) as transaction:
            names_a_record(transaction, Place, values["home_place_id"], _("place"))
            tutor = Tutor(**values)
            transaction.add(tutor)
            transaction.flush()
            _require_teachable(transaction, request.teaches)
            _write_teaches(transaction, tutor.id, request.teaches)
            return tutor.id

    def change_tutor(self, request: ChangeTutor) -> None:
        """Change a tutor.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, TUTOR)
        with self._desk.transaction(_("Change a tutor")) as transaction:
            tutor = read_at(
                transaction, Tutor, request.tutor_id, request.version, _("tutor")
            )
            names_a_record(transaction, Place, values.get("home_place_id"), _("place"))
            change(tutor, values)

    def set_teaches(self, request: SetTeaches) -> None:
        """Let a tutor teach exactly these subjects and levels.

        Raises:
            ChangedMeanwhileError: It is not what was looked at any more.
            SubjectTwiceError: A subject is listed twice.
            LevelsError: A range of levels ends before it starts.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Set what a tutor teaches")) as transaction:
            usable(transaction, Tutor, request.tutor_id, _("tutor"))
            former = _teaches(transaction, [request.tutor_id])[request.tutor_id]
            if request.former is not None and set(request.former) != set(former):
                raise ChangedMeanwhileError
            rows = select(TutorTeaches).where(TutorTeaches.tutor_id == request.tutor_id)
            kept = set(request.teaches)
            for row in transaction.scalars(rows).all():
                one = Teaches(row.subject_id, row.from_level_id, row.to_level_id)
                if one not in kept:
                    transaction.delete(row)
            _require_teachable(transaction, request.teaches)
            new = tuple(one for one in request.teaches if one not in former)
            _write_teaches(transaction, request.tutor_id, new)

    def archive_tutor(self, tutor_id: int, version: int | None = None) -> None:
        """Take a tutor out of use.

        Raises:
            StillPlannedError: Sessions are planned or not closed out.
            OpenBalanceError: Pay waits for a pay run.
            ChangedMeanwhileError: Somebody changed the record since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a tutor")) as transaction:
            tutor = read_at(transaction, Tutor, tutor_id, version, _("tutor"))
            require_in_use(tutor)
            require_no_sessions_of_tutor(transaction, tutor_id, tutor.name)
            currency = profile(transaction).currency
            require_paid(transaction, tutor_id, tutor.name, currency)
            tutor.archived_at = transaction.at

    def bring_tutor_back(self, tutor_id: int) -> None:
        """Use an archived tutor again.

        Raises:
            NotArchivedError: The tutor is in use.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Bring a tutor back")) as transaction:
            tutor = fetch(transaction, Tutor, tutor_id, _("tutor"))
            if tutor.archived_at is None:
                raise NotArchivedError(tutor.name)
            tutor.archived_at = None

    def add_document(self, request: AddDocument) -> int:
        """Keep a paper of a tutor, with its expiry.

        Raises:
            DatesError: It expires before it was issued.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, DOCUMENT)
        entries.in_order(request.issued_on, request.expires_on)
        with self._desk.transaction(_("Add a tutor's paper")) as transaction:
            usable(transaction, Tutor, request.tutor_id, _("tutor"))
            names_a_record(transaction, Attachment, request.attachment_id, _("file"))
            document = TutorDocument(tutor_id=request.tutor_id, **values)
            transaction.add(document)
            transaction.flush()
            return document.id

    def archive_document(self, document_id: int, version: int | None = None) -> None:
        """Take a paper out of use, such as one that a newer one follows.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a tutor's paper")) as transaction:
            document = read_at(
                transaction, TutorDocument, document_id, version, _("paper")
            )
            document.archived_at = transaction.at

    def tutors(self, *, with_archived: bool = False) -> tuple[TutorRow, ...]:
        """List the tutors by name; a tutor's list is the own record."""
        query = select(Tutor).order_by(Tutor.name, Tutor.id)
        if not with_archived:
            query = query.where(Tutor.archived_at.is_(None))
        if not self._desk.actor.is_office:
            query = query.where(Tutor.id == (self._desk.actor.tutor_id or 0))
        with self._desk.snapshot() as snapshot:
            rows = snapshot.scalars(query).all()
            teaches = _teaches(snapshot, [row.id for row in rows])
            return tuple(_row(row, teaches[row.id]) for row in rows)

    def tutor(self, tutor_id: int) -> TutorRow:
        """Tell about one tutor.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for another.
        """
        require_self(self._desk.actor, tutor_id, _("record"))
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, Tutor, tutor_id, _("tutor"))
            return _row(row, _teaches(snapshot, [tutor_id])[tutor_id])

    def documents(self, tutor_id: int) -> tuple[DocumentRow, ...]:
        """List the papers of a tutor by kind and expiry.

        Raises:
            NotYoursError: A tutor asked for another's.
        """
        require_self(self._desk.actor, tutor_id, _("papers"))
        query = select(TutorDocument).where(
            TutorDocument.tutor_id == tutor_id, TutorDocument.archived_at.is_(None)
        )
        with self._desk.snapshot() as snapshot:
            rows = snapshot.scalars(
                query.order_by(TutorDocument.kind, TutorDocument.id)
            )
            return tuple(
                DocumentRow(
                    row.id,
                    row.version,
                    row.tutor_id,
                    row.kind,
                    row.issued_on,
                    row.expires_on,
                    row.for_minors,
                    row.attachment_id,
                )
                for row in rows
            )


def _write_teaches(
    transaction: Transaction, tutor_id: int, teaches: Sequence[Teaches]
) -> None:
    for one in teaches:
        transaction.add(
            TutorTeaches(
                tutor_id=tutor_id,
                subject_id=one.subject_id,
                from_level_id=one.from_level_id,
                to_level_id=one.to_level_id,
            )
        )


def _require_teachable(transaction: Transaction, teaches: Sequence[Teaches]) -> None:
    seen: set[int] = set()
    for one in teaches:
        subject = usable(transaction, Subject, one.subject_id, _("subject"))
        if one.subject_id in seen:
            raise SubjectTwiceError(subject.name)
        seen.add(one.subject_id)
        first, last = (
            None if end is None else usable(transaction, Level, end, _("level"))
            for end in (one.from_level_id, one.to_level_id)
        )
        if first and last and last.position < first.position:
            raise LevelsError(subject.name, first.name, last.name)


def _teaches(
    work: Snapshot | Transaction, tutor_ids: Sequence[int]
) -> dict[int, tuple[Teaches, ...]]:
    found: dict[int, tuple[Teaches, ...]] = defaultdict(tuple)
    rows = work.scalars(
        select(TutorTeaches)
        .where(TutorTeaches.tutor_id.in_(tutor_ids))
        .order_by(TutorTeaches.id)
    )
    for row in rows:
        one = Teaches(row.subject_id, row.from_level_id, row.to_level_id)
        found[row.tutor_id] = (*found[row.tutor_id], one)
    return found


def _row(tutor: Tutor, teaches: tuple[Teaches, ...]) -> TutorRow:
    apart = {"tutor_id", "teaches", "is_archived", "languages", "place_kinds"}
    values: dict[str, Any] = {
        field.name: getattr(tutor, field.name)
        for field in fields(TutorRow)
        if field.name not in apart
    }
    return TutorRow(
        tutor_id=tutor.id,
        teaches=teaches,
        is_archived=tutor.archived_at is not None,
        languages=tuple(tutor.languages),
        place_kinds=tuple(PlaceKind(kind) for kind in tutor.place_kinds),
        **values,
    )
