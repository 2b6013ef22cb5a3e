"""Where sessions are held, and how long the way between two places takes."""

from app.services.places.records import Places
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
from app.services.places.travel import Spot, TravelTable, Way, travel_minutes

__all__ = [
    "AddPlace",
    "AddRoom",
    "ChangePlace",
    "ChangeRoom",
    "PlaceRow",
    "Places",
    "RoomRow",
    "SetTravel",
    "Spot",
    "TravelRow",
    "TravelTable",
    "Way",
    "travel_minutes",
]
