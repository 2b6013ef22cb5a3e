"""The section of places, rooms and the table of travel times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind
from app.services.office import Office
from app.services.places.requests import (
    AddPlace,
    AddRoom,
    ChangePlace,
    ChangeRoom,
    PlaceRow,
    RoomRow,
    SetTravel,
    TravelRow,
)
from app.text import _
from app.views.settings.asking import (
    AskDialog,
    Asked,
    Values,
    choice,
    line,
    lines,
    tick,
)
from app.views.settings.fields import NumberField
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.tables.columns import Column
from app.views.tools import Tools


@dataclass(frozen=True, slots=True)
class Way:
    """A way of the table with the names of its ends."""

    number: int
    start: str
    end: str
    row: TravelRow


Everything = tuple[tuple[PlaceRow, ...], tuple[RoomRow, ...], tuple[Way, ...]]


def read_places(office: Office) -> Everything:
    """Read places, rooms and ways."""
    everywhere = office.places.places(with_archived=True)
    names = {place.place_id: place.name for place in everywhere}
    ways = tuple(
        Way(number, names[row.from_place_id], names[row.to_place_id], row)
        for number, row in enumerate(office.places.ways(), 1)
    )
    places = tuple(place for place in everywhere if not place.is_archived)
    return places, office.places.rooms(), ways


def keep_place(office: Office, row: PlaceRow | None, values: Values) -> None:
    """Keep a place, a new one or as it was changed."""
    values = {**values, "changing_minutes": int(values["changing_minutes"] or 0)}
    if row is None:
        office.places.add_place(AddPlace(**values))
    else:
        office.places.change_place(ChangePlace(row.place_id, row.version, **values))


def keep_room(office: Office, row: RoomRow | None, values: Values) -> None:
    """Keep a room, a new one or as it was changed."""
    seats = values["seats"]
    values = {**values, "seats": None if seats is None else int(seats)}
    if row is None:
        office.places.add_room(AddRoom(**values))
    else:
        office.places.change_room(ChangeRoom(row.room_id, row.version, **values))


def keep_way(office: Office, values: Values) -> None:
    """Note how long a way takes."""
    office.places.set_travel(SetTravel(**{**values, "minutes": int(values["minutes"])}))


class PlacesSection(ListSection):
    """Lists where sessions are held, and how long the ways between take."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._places: Sequence[PlaceRow] = ()
        self.places: ListCard[PlaceRow] = ListCard(_place_listing(), tools)
        self.places.add_button(_("New place…")).clicked.connect(self.ask_place)
        self.places.add_deed(_("Change…")).clicked.connect(self.change_place)
        out = self.places.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_place)
        self.places.opened.connect(self._on_place)
        self.rooms: ListCard[RoomRow] = ListCard(_room_listing(), tools)
        self.rooms.add_button(_("New room…")).clicked.connect(self.ask_room)
        self.rooms.add_deed(_("Change…")).clicked.connect(self.change_room)
        out = self.rooms.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_room)
        self.rooms.opened.connect(self._on_room)
        self.ways: ListCard[Way] = ListCard(_way_listing(tools), tools)
        self.ways.add_button(_("Note a way…")).clicked.connect(self.ask_way)
        for card in (self.places, self.rooms, self.ways):
            self.add(card)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_places, self.tools.office), self._show)

    def ask_place(self) -> None:
        """Ask for a new place."""
        self._ask_place(None)

    def change_place(self) -> None:
        """Ask how the current place changes."""
        self._ask_place(self.places.current())

    def archive_place(self) -> None:
        """Take the current place out of use."""
        row = self.places.current()
        if row is not None:
            archive = self.tools.office.places.archive_place
            self.run(partial(archive, row.place_id, row.version), self.taken_out)

    def ask_room(self) -> None:
        """Ask for a new room."""
        current = self.places.current()
        places = [(place.name, place.place_id) for place in self._places]
        where = choice(places, current.place_id if current else None)
        self._ask_room(None, Asked("place_id", _("Place"), where, is_needed=True))

    def change_room(self) -> None:
        """Ask how the current room changes."""
        row = self.rooms.current()
        if row is not None:
            self._ask_room(row)

    def archive_room(self) -> None:
        """Take the current room out of use."""
        row = self.rooms.current()
        if row is not None:
            archive = self.tools.office.places.archive_room
            self.run(partial(archive, row.room_id, row.version), self.taken_out)

    def ask_way(self) -> None:
        """Ask how long a way takes."""
        formats = self.tools.formats
        places = [(place.name, place.place_id) for place in self._places]
        means = [(_("by any means"), None), *_means()]
        asked = (
            Asked("from_place_id", _("From"), choice(places), is_needed=True),
            Asked("to_place_id", _("To"), choice(places), is_needed=True),
            Asked("means", _("How"), choice(means)),
            Asked(
                "minutes",
                _("Takes"),
                NumberField(formats, 0, 1440, unit=_("min"), whole=True),
                is_needed=True,
            ),
            Asked(
                "distance",
                _("Distance"),
                NumberField(formats, 0, 10_000),
                _("For mileage; may stay empty."),
            ),
        )
        work = partial(keep_way, self.tools.office)
        self._open(AskDialog(_("A way"), self.tools, asked, work, self))

    def _ask_place(self, row: PlaceRow | None) -> None:
        formats = self.tools.formats
        minutes = NumberField(formats, 0, 600, unit=_("min"), whole=True)
        minutes.show_saved(row.changing_minutes if row else 0)
        kind = choice(place_kinds(), row.kind if row else PlaceKind.OFFICE)
        north, east = (NumberField(formats, -180, 180) for _n in range(2))
        if row is not None and row.latitude is not None and row.longitude is not None:
            north.show_saved(row.latitude)
            east.show_saved(row.longitude)
        asked = (
            Asked("name", _("Name"), line(row.name if row else ""), is_needed=True),
            Asked("kind", _("Kind"), kind),
            Asked("address", _("Address"), lines(row.address if row else "")),
            Asked(
                "changing_minutes",
                _("Between sessions"),
                minutes,
                _("Minutes that a room there needs between two sessions."),
            ),
            Asked("latitude", _("Latitude"), north),
            Asked("longitude", _("Longitude"), east),
        )
        title = _("Change the place") if row else _("New place")
        work = partial(keep_place, self.tools.office, row)
        self._open(AskDialog(title, self.tools, asked, work, self))

    def _ask_room(self, row: RoomRow | None, *before: Asked) -> None:
        seats = NumberField(self.tools.formats, 1, 10_000, whole=True)
        if row is not None and row.seats is not None:
            seats.show_saved(row.seats)
        single = tick(
            _("Only one session at a time"),
            checked=row.is_single_use if row else True,
        )
        asked = (
            *before,
            Asked("name", _("Name"), line(row.name if row else ""), is_needed=True),
            Asked("seats", _("Seats"), seats, _("Empty where nobody counts.")),
            Asked("is_single_use", _("Use"), single),
        )
        title = _("Change the room") if row else _("New room")
        work = partial(keep_room, self.tools.office, row)
        self._open(AskDialog(title, self.tools, asked, work, self))

    def _open(self, dialog: AskDialog) -> None:
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def _show(self, found: Everything) -> None:
        self._places = found[0]
        self.places.show_rows(found[0])
        self.rooms.show_rows(found[1])
        self.ways.show_rows(found[2])

    def _on_place(self, row: PlaceRow) -> None:
        self._ask_place(row)

    def _on_room(self, row: RoomRow) -> None:
        self._ask_room(row)


def place_kinds() -> tuple[tuple[str, PlaceKind], ...]:
    """Name the kinds of places."""
    return (
        (_("the office's own"), PlaceKind.OFFICE),
        (_("a school"), PlaceKind.SCHOOL),
        (_("somebody's home"), PlaceKind.HOME),
        (_("online"), PlaceKind.ONLINE),
    )


def _means() -> tuple[tuple[str, TravelMeans], ...]:
    return (
        (_("by car"), TravelMeans.CAR),
        (_("by bus or train"), TravelMeans.TRANSIT),
        (_("by bicycle"), TravelMeans.BICYCLE),
        (_("on foot"), TravelMeans.FOOT),
    )


def _place_listing() -> Listing[PlaceRow]:
    name, minutes = attrgetter("name"), attrgetter("changing_minutes")
    columns: tuple[Column[PlaceRow], ...] = (
        Column("name", _("Name"), name, "strong", width=200),
        Column("kind", _("Kind"), _kind, width=140),
        Column("address", _("Address"), _address, "muted", stretch=True),
        Column("minutes", _("Between"), _between, "number", sort_by=minutes, width=88),
    )
    noun = (_("place"), _("places"))
    return Listing("places", _("Places"), noun, attrgetter("place_id"), columns)


def _room_listing() -> Listing[RoomRow]:
    columns: tuple[Column[RoomRow], ...] = (
        Column("name", _("Name"), attrgetter("name"), "strong", width=200),
        Column("place", _("Place"), attrgetter("place"), stretch=True),
        Column("seats", _("Seats"), _seats, "number", sort_by=_count, width=88),
        Column("use", _("Use"), _use, "muted", width=180),
    )
    noun = (_("room"), _("rooms"))
    return Listing("rooms", _("Rooms"), noun, attrgetter("room_id"), columns)


def _way_listing(tools: Tools) -> Listing[Way]:
    def distance(way: Way) -> str:
        """Write a distance."""
        if way.row.distance is None:
            return ""
        return f"{way.row.distance:f}".replace(".", tools.formats.locale.decimal)

    columns: tuple[Column[Way], ...] = (
        Column("from", _("From"), attrgetter("start"), "strong", width=180),
        Column("to", _("To"), attrgetter("end"), "strong", stretch=True),
        Column("means", _("How"), _how, "muted", width=120),
        Column("minutes", _("Minutes"), _minutes, "number", sort_by=_took, width=88),
        Column("distance", _("Distance"), distance, "muted", width=96),
    )
    noun = (_("way"), _("ways"))
    return Listing("ways", _("Travel times"), noun, attrgetter("number"), columns)


def _kind(row: PlaceRow) -> str:
    return {kind: words for words, kind in place_kinds()}[row.kind]


def _address(row: PlaceRow) -> str:
    return ", ".join(row.address.splitlines())


def _between(row: PlaceRow) -> str:
    return _("{n} min").format(n=row.changing_minutes)


def _seats(row: RoomRow) -> str:
    return "" if row.seats is None else str(row.seats)


def _count(row: RoomRow) -> int | None:
    return row.seats


def _use(row: RoomRow) -> str:
    return _("one session at a time") if row.is_single_use else _("shared")


def _how(way: Way) -> str:
    named = {means: words for words, means in _means()}
    return named[way.row.means] if way.row.means else _("by any means")


def _minutes(way: Way) -> str:
    return str(way.row.minutes)


def _took(way: Way) -> int:
    return way.row.minutes
