"""Telephone numbers: read as people type them, kept as E.164, shown as people say them."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

_BRITISH = 44


class NumberRefused(ValueError):
    """This is no telephone number that can be rung from anywhere: ask for one such as 0141 496 0101, area code and
    all, without an extension."""


def as_e164(text: str, nation: str) -> str:
    """A number such as "0141 496 0101" as E.164: "+441414960101".

    In: what was typed; the organisation's nation (GB-SCT, US), whose way of writing numbers it may follow.
    Raises NumberRefused, also for short numbers: 101 reaches another police force from another place.
    """
    try:
        number = phonenumbers.parse(text, nation.partition("-")[0])
    except NumberParseException:
        raise NumberRefused from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise NumberRefused
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def spoken(number: str) -> str:
    """A number as people say it: 0141 276 7724 for +441412767724, +1 888-373-7888 for one from elsewhere.

    What is not E.164 (999, nothing) stays as it is.
    """
    if not number.startswith("+"):
        return number
    try:
        read = phonenumbers.parse(number)
    except NumberParseException:
        return number
    shape = PhoneNumberFormat.NATIONAL if read.country_code == _BRITISH else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(read, shape)
