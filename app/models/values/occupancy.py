"""How a resource's time is packed into whole numbers.

``resource << 28 | minutes since 1970``: all times of one resource lie together and in
order, so that "who comes last before this" is one step in an index, and one number
range says whose time it is and when.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import IntEnum

MINUTE_BITS = 28
MINUTE_MASK = (1 << MINUTE_BITS) - 1
_KIND_BITS = 2


class ResourceKind(IntEnum):
    """What can only be in one session at a time."""

    TUTOR = 0
    STUDENT = 1
    ROOM = 2


def resource(kind: ResourceKind, row_id: int) -> int:
    """Number a tutor, student or room among all resources."""
    return row_id << _KIND_BITS | kind


def pack(resource_number: int, moment: datetime) -> int:
    """Pack a resource and an instant on a whole minute into one number."""
    return resource_number << MINUTE_BITS | int(moment.timestamp()) // 60


def unpack_resource(packed: int) -> tuple[ResourceKind, int]:
    """Give the kind and id of a packed number's resource."""
    number = packed >> MINUTE_BITS
    return ResourceKind(number & ((1 << _KIND_BITS) - 1)), number >> _KIND_BITS


def unpack_moment(packed: int) -> datetime:
    """Give the instant of a packed number."""
    return datetime.fromtimestamp((packed & MINUTE_MASK) * 60, UTC)
