"""What a payment code says: EPC069-12 for euro transfers, a link elsewhere."""

from __future__ import annotations

from typing import Final

from app.services.documents.cleaning import clean

_LARGEST: Final = 99_999_999_999
_LONGEST_NAME: Final = 70
_LONGEST_TEXT: Final = 140
_LONGEST_EPC: Final = 331  # bytes
_LONGEST_REFERENCE: Final = 21  # after RF and its check digits
_LENGTHS: Final = range(5, 35)  # of an IBAN or RF reference


def epc_text(payee: str, iban: str, bic: str, amount: int, reference: str) -> str:
    """Give what an EPC code says; empty when no code can ask for this payment.

    Args:
        payee: name of the account, cut at 70 letters as the standard says.
        iban: with or without spaces; checked, so that no code sends money astray.
        bic: may be empty.
        amount: in cents, 1 to 99,999,999,999.
        reference: a valid RF reference goes as such, anything else as text.
    """
    account = "".join(iban.split()).upper()
    if not 1 <= amount <= _LARGEST or not _checks(account):
        return ""
    words = " ".join(clean(reference).split())
    structured = "".join(words.split()).upper()
    is_structured = structured.startswith("RF") and _checks(structured)
    rows = (
        *("BCD", "002", "1", "SCT", "".join(bic.split()).upper()),
        " ".join(clean(payee).split())[:_LONGEST_NAME],
        *(account, f"EUR{amount // 100}.{amount % 100:02}", ""),
        structured if is_structured else "",
        "" if is_structured else words[:_LONGEST_TEXT],
    )
    text = "\n".join(rows).rstrip("\n")
    return text if len(text.encode("utf-8", "replace")) <= _LONGEST_EPC else ""


def structured_reference(number: str) -> str:
    """Make an RF reference (ISO 11649) of a document's number, in groups of four.

    It is empty where the number has no letters or digits, or too many of them.
    """
    plain = "".join(
        char for char in number.upper() if char.isascii() and char.isalnum()
    )
    if not plain or len(plain) > _LONGEST_REFERENCE:
        return ""
    left = 98 - _value(f"{plain}RF00") % 97
    text = f"RF{left:02}{plain}"
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def link_text(link: str) -> str:
    """Give a link as a code says it; empty when it is none or too long for one."""
    is_link = link.startswith(("https://", "http://"))
    is_plain = link.isascii() and link.isprintable() and " " not in link
    return link if is_link and is_plain and len(link) < _LONGEST_EPC else ""


def _checks(number: str) -> bool:
    """Say whether an IBAN or RF reference has the right check digits (ISO 7064)."""
    if not (number.isascii() and number.isalnum() and len(number) in _LENGTHS):
        return False
    return _value(number[4:] + number[:4]) % 97 == 1


def _value(text: str) -> int:
    """Read letters as 10 to 35, as check digits are worked out."""
    return int("".join(str(int(char, 36)) for char in text))
