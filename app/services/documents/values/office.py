"""Who sends a document and who receives it, and how money is named on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender: head, return line and legal footer.

    Attributes:
        name: of the office, as families know it.
        address: lines for the return line over a receiver's address.
        contact: address, mail, telephone, divided by `` · ``; a line breaks only there.
        legal: full legal name, registration, tax number, divided in the same way.
        mark: one or two letters for the coloured mark.
        logo: a picture in the mark's place; empty for none.
    """

    name: str
    address: tuple[str, ...]
    contact: str
    legal: str
    mark: str
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Party:
    """A receiver: the name and the lines under it, as on an envelope.

    More than six lines (four on Letter paper) are joined to fit the window.
    """

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled amount, with its sign: discounts and payments are negative."""

    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """How to pay.

    In euros with a valid IBAN the document gets an EPC code, else with a link a link
    code, else none.

    Attributes:
        payee: name of the account.
        rows: account data as label and text, such as sort code and account number.
        reference: a structured RF reference, or any text.
        iban: shown, too, unless a row shows it already.
        link: an address beginning with ``https://``.
        other_ways: a short sentence.
    """

    payee: str
    rows: tuple[tuple[str, str], ...]
    reference: str
    iban: str = ""
    bic: str = ""
    link: str = ""
    other_ways: str = ""
