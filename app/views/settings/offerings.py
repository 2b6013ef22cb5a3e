"""The section of what the office sells, and of its prices with the days they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter

from app.models.values.billing import PriceLevel, PricePer
from app.models.values.schedule import local_date
from app.models.values.terms import PriceTerms
from app.services.catalog.archiving import CatalogKind
from app.services.catalog.requests import (
    AddOffering,
    ChangeOffering,
    OfferingRow,
    PriceRow,
    SetPrice,
)
from app.services.office import Office
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.settings.asking import AskDialog, Asked, Values, choice
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.settings.offering_fields import (
    WHOLE,
    OfferChoices,
    detail_fields,
    main_fields,
    money_fields,
)
from app.views.tables.columns import Column
from app.views.tools import Tools
from app.views.widgets.inputs import DateEdit, MoneyField


@dataclass(frozen=True, slots=True)
class Offer:
    """An offering with the prices that were set for it, the newest first."""

    row: OfferingRow
    subject: str
    prices: tuple[PriceRow, ...]
    now: PriceRow | None


@dataclass(frozen=True, slots=True)
class Offers:
    """What is sold, and what an offering can be made of."""

    offers: tuple[Offer, ...]
    choices: OfferChoices


def read_offers(office: Office, today: date) -> Offers:
    """Read the offerings with their prices."""
    catalog = office.catalog
    subjects = {row.subject_id: row.name for row in catalog.subjects()}
    offers = []
    for row in catalog.offerings():
        prices = tuple(
            price
            for price in catalog.prices(offering_id=row.offering_id)
            if price.level is PriceLevel.OFFERING
        )
        holding = (one for one in prices if (one.valid_from or date.min) <= today)
        subject = subjects.get(row.subject_id, "") if row.subject_id else ""
        offers.append(Offer(row, subject, prices, next(holding, None)))
    return Offers(
        tuple(offers),
        OfferChoices(
            [(name, number) for number, name in subjects.items()],
            [(row.name, row.level_id) for row in catalog.levels()],
            [(row.name, row.tax_code_id) for row in catalog.tax_codes()],
        ),
    )


def keep_offering(office: Office, row: OfferingRow | None, values: Values) -> None:
    """Keep an offering, a new one with its price or as it was changed."""
    kept = dict(values)
    amount, per = kept.pop("amount", None), kept.pop("per", None)
    for name in WHOLE.intersection(kept):
        kept[name] = None if kept[name] is None else int(kept[name])
    if "lengths" in kept:
        kept["lengths"] = kept["lengths"] or ()
    if row is not None:
        change = ChangeOffering(row.offering_id, row.version, **kept)
        office.catalog.change_offering(change)
        return
    price = None if amount is None else PriceTerms(PricePer(per), amount)
    office.catalog.add_offering(AddOffering(**kept, price=price))


def set_price(office: Office, offering_id: int, values: Values) -> int:
    """Let a price hold from a day on; tell how many sessions are planned from then."""
    request = SetPrice(PriceLevel.OFFERING, offering_id=offering_id, **values)
    office.catalog.set_price(request)
    return office.policies.reach(request.valid_from, offering_id).sessions


class OfferingsSection(ListSection):
    """Lists the offerings; under them the prices of the current one."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._today = local_date(tools.clock.now(), tools.formats.zone)
        self._choices = OfferChoices((), (), ())
        self.offers: ListCard[Offer] = ListCard(_listing(tools.formats), tools)
        self.offers.add_button(_("New offering…")).clicked.connect(self.ask_new)
        self.offers.add_deed(_("Change…")).clicked.connect(self.ask_change)
        details = self.offers.add_deed(_("Details…"), "sliders-horizontal")
        details.clicked.connect(self.ask_details)
        charging = self.offers.add_deed(_("Charging…"), "scale")
        charging.clicked.connect(self.ask_charging)
        price = self.offers.add_deed(_("Set price…"), "coins")
        price.clicked.connect(self.ask_price)
        out = self.offers.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive)
        self.offers.opened.connect(self._on_opened)
        self.offers.table.current_changed.connect(self._on_current)
        self.prices: ListCard[PriceRow] = ListCard(_prices(tools.formats), tools)
        self.add(self.offers)
        self.add(self.prices)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_offers, self.tools.office, self._today), self._show)

    def ask_new(self) -> None:
        """Ask for an offering with its first price."""
        per = choice(_per(), PricePer.HOUR)
        asked = (
            *main_fields(None, self._choices, self.tools.formats),
            Asked("amount", _("Price"), MoneyField(None, self.tools.formats)),
            Asked("per", _("Price is"), per),
        )
        work = partial(keep_offering, self.tools.office, None)
        self._open(AskDialog(_("New offering"), self.tools, asked, work, self))

    def ask_change(self) -> None:
        """Ask how the current offering changes."""
        offer = self.offers.current()
        if offer is not None:
            asked = main_fields(offer.row, self._choices, self.tools.formats)
            work = partial(keep_offering, self.tools.office, offer.row)
            title = _("Change the offering")
            self._open(AskDialog(title, self.tools, asked, work, self))

    def ask_details(self) -> None:
        """Ask for whom, where and how long the current offering is."""
        offer = self.offers.current()
        if offer is not None:
            asked = detail_fields(offer.row, self._choices, self.tools.formats)
            work = partial(keep_offering, self.tools.office, offer.row)
            title = _("Details of {offering}").format(offering=offer.row.name)
            self._open(AskDialog(title, self.tools, asked, work, self))

    def ask_charging(self) -> None:
        """Ask how the time of the current offering is charged and paid."""
        offer = self.offers.current()
        if offer is not None:
            asked = money_fields(offer.row, self.tools.formats)
            work = partial(keep_offering, self.tools.office, offer.row)
            title = _("Charging of {offering}").format(offering=offer.row.name)
            self._open(AskDialog(title, self.tools, asked, work, self))

    def ask_price(self) -> None:
        """Ask what the current offering costs, and from which day on."""
        offer = self.offers.current()
        if offer is None:
            return
        formats, now = self.tools.formats, offer.now
        amount = MoneyField(now.amount if now else None, formats)
        per = choice(_per(), now.per if now else PricePer.HOUR)
        day = DateEdit(self._today, formats, self._today)
        hint = _("Sessions before it keep the former price.")
        asked = (
            Asked("amount", _("Price"), amount, is_needed=True),
            Asked("per", _("Price is"), per),
            Asked("valid_from", _("Valid from"), day, hint, is_needed=True),
        )
        work = partial(set_price, self.tools.office, offer.row.offering_id)
        dialog = AskDialog(offer.row.name, self.tools, asked, work, self)
        dialog.succeeded.connect(self._on_priced)
        dialog.open()

    def archive(self) -> None:
        """Stop selling the current offering."""
        offer = self.offers.current()
        if offer is not None:
            archive = self.tools.office.catalog.archive
            row, kind = offer.row, CatalogKind.OFFERING
            work = partial(archive, kind, row.offering_id, row.version)
            self.run(work, self.taken_out)

    def _open(self, dialog: AskDialog) -> None:
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def _show(self, found: Offers) -> None:
        self._choices = found.choices
        self.offers.show_rows(found.offers)
        if self.offers.current() is None and found.offers:
            self.offers.table.select(found.offers[0].row.offering_id)
        self._on_current(self.offers.current())

    def _on_current(self, offer: Offer | None) -> None:
        self.prices.show_rows(offer.prices if offer else ())
        title = _("Prices")
        if offer is not None:
            title = _("Prices of {offering}").format(offering=offer.row.name)
        self.prices.title.setText(title)

    def _on_opened(self, _offer: Offer) -> None:
        self.ask_change()

    def _on_priced(self, sessions: int) -> None:
        words = ngettext(
            "The price was set; {n} session is planned from that day on.",
            "The price was set; {n} sessions are planned from that day on.",
            sessions,
        )
        self.tell(words.format(n=sessions))
        self.refresh()


def _per() -> tuple[tuple[str, PricePer], ...]:
    return ((_("per hour"), PricePer.HOUR), (_("per session"), PricePer.SESSION))


def _listing(formats: Formats) -> Listing[Offer]:
    def price(offer: Offer) -> str:
        """Write the price that holds today."""
        return _priced(offer.now, formats) if offer.now else _("no price")

    def amount(offer: Offer) -> int:
        """Give the price that holds today."""
        return offer.now.amount if offer.now else -1

    columns: tuple[Column[Offer], ...] = (
        Column("name", _("Name"), _name, "strong", stretch=True),
        Column("subject", _("Subject"), attrgetter("subject"), width=120),
        Column("length", _("Length"), _length, "number", sort_by=_minutes, width=80),
        Column("group", _("Students"), _group, "number", sort_by=_size, width=80),
        Column("price", _("Price today"), price, "text", sort_by=amount, width=160),
    )
    noun = (_("offering"), _("offerings"))
    return Listing("offerings", _("Offerings"), noun, _offering_id, columns)


def _prices(formats: Formats) -> Listing[PriceRow]:
    def since(row: PriceRow) -> str:
        """Write from when a price holds."""
        return formats.date(row.valid_from) or _("the beginning")

    def price(row: PriceRow) -> str:
        """Write a price."""
        return _priced(row, formats)

    columns: tuple[Column[PriceRow], ...] = (
        Column("from", _("Valid from"), since, "date", sort_by=_since, width=140),
        Column("price", _("Price"), price, sort_by=attrgetter("amount"), stretch=True),
    )
    noun = (_("price"), _("prices"))
    return Listing("prices", _("Prices"), noun, attrgetter("price_id"), columns)


def _priced(row: PriceRow, formats: Formats) -> str:
    per = {key: words for words, key in _per()}[row.per]
    tiers = ", ".join(
        _("{n} students {price}").format(n=n, price=formats.money(amount))
        for n, amount in sorted(row.tiers.items())
    )
    return " · ".join(
        part for part in (f"{formats.money(row.amount)} {per}", tiers) if part
    )


def _since(row: PriceRow) -> date:
    return row.valid_from or date.min


def _name(offer: Offer) -> str:
    return offer.row.name


def _length(offer: Offer) -> str:
    return _("{n} min").format(n=offer.row.length_minutes)


def _minutes(offer: Offer) -> int:
    return offer.row.length_minutes


def _group(offer: Offer) -> str:
    return str(offer.row.group_size)


def _size(offer: Offer) -> int:
    return offer.row.group_size


def _offering_id(offer: Offer) -> int:
    return offer.row.offering_id
