"""A few letters find people, sessions and documents; typing errors are forgiven."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.models.people import Guardian, Household
from app.models.values.folding import folded
from app.services.desk import Desk
from app.services.search import HitKind, Search
from app.services.search.index import Entry, Index
from app.services.search.reading import TABLES, tables_of
from app.services.search.service import LOOK_EVERY
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.conftest import tutor_desk


def titles(search: Search, text: str) -> list[tuple[HitKind, str]]:
    return [(hit.kind, hit.title) for hit in search.find(text)]


def test_finds_names_without_accents(desk: Desk, make: Make) -> None:
    make.student("Łukasz Øst")
    make.tutor("Renée Weiß")
    search = Search(desk)
    assert titles(search, "lukasz") == [(HitKind.STUDENT, "Łukasz Øst")]
    assert titles(search, "ØST") == [(HitKind.STUDENT, "Łukasz Øst")]
    assert titles(search, "weiss") == [(HitKind.TUTOR, "Renée Weiß")]
    assert titles(search, "") == []


def test_the_exact_name_comes_first(desk: Desk, make: Make) -> None:
    for name in ("Mariana", "Anna Berg", "Ann", "Annabel", "Joann"):
        make.tutor(name)
    found = Search(desk).find("ann")
    assert [hit.title for hit in found][:3] == ["Ann", "Anna Berg", "Annabel"]
    assert found[0].score == 1
    assert [hit.score for hit in found] == sorted(
        (hit.score for hit in found), reverse=True
    )


def test_forgives_typing_errors_only_where_little_is_found(
    desk: Desk, make: Make
) -> None:
    make.student("Katharina Meier")
    search = Search(desk)
    assert titles(search, "kathrina")[0] == (HitKind.STUDENT, "Katharina Meier")
    assert titles(search, "xq") == []
    for number in range(5):
        make.student(f"Meyer {number}")
    assert all("Meyer" in title for _kind, title in titles(search, "meyer"))


def test_students_show_whom_to_call_first(desk: Desk, make: Make) -> None:
    family = make.household("Berg")
    for place, phone in enumerate(("0171 555", "0172 666")):
        made = Guardian(household_id=family, name=phone, phones=[phone])
        made.position = place
        make.save(made)
    row_id = make.student("Maya Sommer", family)
    search = Search(desk)
    (hit,) = search.named([(HitKind.STUDENT, row_id), (HitKind.TUTOR, 12345)])
    assert hit.title == "Maya Sommer"
    assert "0171 555" in hit.subtitle
    assert "0172 666" not in hit.subtitle


def test_words_are_found_in_any_order(desk: Desk, make: Make) -> None:
    family = make.household("Berg")
    make.save(Guardian(household_id=family, name="Eva", phones=["0171 555"]))
    make.student("Maya Sommer", family)
    search = Search(desk)
    assert (HitKind.STUDENT, "Maya Sommer") in titles(search, "sommer maya")
    assert (HitKind.HOUSEHOLD, "Berg") in titles(search, "0171 555")
    assert (HitKind.STUDENT, "Maya Sommer") in titles(search, "0171 555")


def test_sees_what_changed_since(desk: Desk, make: Make, clock: FakeClock) -> None:
    search = Search(desk)
    assert titles(search, "Maya") == []
    family = make.household("Maya's family")
    assert titles(search, "Maya") == [(HitKind.HOUSEHOLD, "Maya's family")]
    with make.transaction() as transaction:
        row = transaction.get(Household, family)
        assert row is not None
        row.name = "Berg"
    clock.advance(seconds=LOOK_EVERY.total_seconds())
    assert titles(search, "Maya") == []
    assert titles(search, "berg") == [(HitKind.HOUSEHOLD, "Berg")]


def test_finds_sessions_by_their_people_and_day(desk: Desk, make: Make) -> None:
    session = make.session(
        datetime(2026, 3, 9, 15, tzinfo=UTC),
        tutors=[make.tutor("Anna")],
        students=[make.student("Maya")],
        offering=make.offering("Maths"),
    )
    search = Search(desk)
    for text in ("2026-03-09", "maya", "maths"):
        hits = [hit for hit in search.find(text) if hit.kind is HitKind.SESSION]
        assert [hit.id for hit in hits] == [session]


def test_a_tutor_finds_only_what_is_the_own(desk: Desk, make: Make) -> None:
    own, other = make.tutor("Anna Own"), make.tutor("Bea Other")
    mine, foreign = make.student("Maya Mine"), make.student("Fred Foreign")
    day = datetime(2026, 3, 9, 15, tzinfo=UTC)
    make.session(day, tutors=[own], students=[mine])
    make.session(day, tutors=[other], students=[foreign])
    search = Search(tutor_desk(desk, own))
    assert {hit.kind for hit in search.find("maya")} == {
        HitKind.STUDENT,
        HitKind.SESSION,
    }
    for text in ("Bea Other", "Fred Foreign"):
        assert not [hit for hit in search.find(text) if hit.title in text]
    make.placement(own, [foreign])
    assert (HitKind.STUDENT, "Fred Foreign") in titles(search, "fred")


def test_gives_no_more_than_asked_for(desk: Desk, make: Make) -> None:
    for number in range(6):
        make.tutor(f"Anna {number}")
    assert len(Search(desk).find("anna", limit=4)) == 4


def test_every_kind_knows_its_tables(desk: Desk) -> None:
    assert set(TABLES) == set(HitKind)
    tutor = tutor_desk(desk, 1).actor
    assert tables_of(HitKind.STUDENT, tutor) > tables_of(HitKind.STUDENT, desk.actor)


names = st.text("abcdeéł ß", min_size=1, max_size=8).filter(folded)


@given(st.lists(names, max_size=12), st.text("abcdel", min_size=1, max_size=3))
def test_finds_exactly_the_lines_that_hold_the_text(
    words: list[str], needle: str
) -> None:
    entries = [Entry(HitKind.TUTOR, number, word) for number, word in enumerate(words)]
    found = Index(entries).find(needle, 100)
    expected = {number for number, word in enumerate(words) if needle in folded(word)}
    assert {line for _score, line in found} == expected
    assert len(found) == len(expected)
