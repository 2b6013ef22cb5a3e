"""Money, dates, times and names as text, in the office's own way of writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.services.documents.locale import Locale, locale_for
from app.text import _

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class Formats:
    """How this office writes.

    Attributes:
        locale: numbers, dates and times.
        zone: of the office's wall clock.
        currency: that amounts are in when nothing else is said.
    """

    locale: Locale
    zone: ZoneInfo
    currency: str

    @classmethod
    def of(cls, locale: str, zone: str, currency: str) -> Formats:
        """Take the office's own choices."""
        return cls(locale_for(locale), ZoneInfo(zone), currency)

    def local(self, instant: datetime) -> datetime:
        """Give an instant on the office's wall clock."""
        return instant.astimezone(self.zone)

    def clock(self, instant: datetime) -> str:
        """Write an instant's time of day."""
        return self.locale.clock(self.local(instant).time())

    def times(self, start: datetime, end: datetime) -> str:
        """Write a span of time of one day."""
        first, last = self.local(start), self.local(end)
        return self.locale.times(first.time(), last.time())

    def day(self, day: date) -> str:
        """Write weekday, day and month."""
        return self.locale.day_text(day)

    def day_of(self, instant: datetime) -> str:
        """Write an instant's weekday, day and month."""
        return self.day(self.local(instant).date())

    def date(self, day: date | None) -> str:
        """Write a date with its year; nothing for none."""
        return "" if day is None else self.locale.short_date(day)

    def stamp(self, instant: datetime) -> str:
        """Write when something happened."""
        return self.locale.stamp(self.local(instant))

    def amount(self, minor: int, currency: str = "") -> str:
        """Write money without its sign, as it stands in columns."""
        return self.locale.amount(minor, currency or self.currency)

    def money(self, minor: int, currency: str = "") -> str:
        """Write money with its sign."""
        return self.locale.money(minor, currency or self.currency)

    def sign(self, currency: str = "") -> str:
        """Write a currency's sign alone, as it stands in headings."""
        return self.money(0, currency).replace(self.amount(0, currency), "").strip()

    def hours(self, minutes: int) -> str:
        """Write hours as in ``1.5 h``, with a second decimal where it says more."""
        is_even = minutes % 6 == 0
        tenths = self.locale.number(round(minutes / 6), 1)
        words = tenths if is_even else self.locale.hours(minutes)
        return _("{hours} h").format(hours=words).replace(" ", NBSP)


def initials(name: str) -> str:
    """Give the first letters of a name, two at most; not of what is in brackets."""
    plain = name.partition(" (")[0].replace("-", " ")
    words = [word for word in plain.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
