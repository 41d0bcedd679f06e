"""Dates as feeds, pages and files write them, as aware UTC.

Does not know today: whether a date lies too far ahead is for the caller to judge. Dates in words of other languages
are left to feedparser.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Zones by name, hours from UTC. feedparser knows those of North America and reads any other as UTC, which puts
# Israeli, Ukrainian and Russian feeds hours off. Where a name has several owners, our subject's is meant.
_HOURS = {
    name: hours
    for hours, names in {
        -8.0: "PST",
        -7.0: "MST PDT",
        -6.0: "CST MDT",
        -5.0: "EST CDT",
        -4.0: "AST EDT",
        -3.5: "NST",
        -3.0: "ADT ART BRT",
        -2.5: "NDT",
        0.0: "UTC UT GMT Z WET",
        1.0: "CET MET WEST BST WAT",
        2.0: "IST EET CEST MEST CAT SAST",
        3.0: "IDT EEST MSK TRT EAT",
        3.5: "IRST",
        4.0: "MSD SAMT GST AZT GET AMT",
        4.5: "AFT",
        5.0: "PKT UZT",
        5.75: "NPT",
        7.0: "ICT WIB",
        8.0: "HKT SGT AWST",
        9.0: "JST KST",
        10.0: "AEST",
        11.0: "AEDT",
        12.0: "NZST",
        13.0: "NZDT",
    }.items()
    for name in names.split()
}
# IST is Israel's, unless the source is Indian or Irish.
_IST = {"in": 5.5, "ie": 1.0}

_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
# As RFC 822 wants it; most are so, and take a tenth of the time that others do.
_USUAL = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) ((?:19|20|21)\d\d)"
    r" (\d\d):(\d\d):(\d\d) (?:GMT|([+-])([01]\d)([0-5]\d))",
    re.ASCII,
)
_ZONE_NAME = re.compile(r"\s*\(?\b([A-Za-z]{1,5})\)?$")
_LONGEST = 64  # characters; anything longer is no date


def read(value: str, country: str | None = None) -> datetime | None:
    """The moment that an ISO 8601 or RFC 822 date names; None where it names none that news can have.

    A date without a time is midnight, one without a zone is UTC. `country` (ISO 3166, lower case) decides who owns
    an ambiguous zone name. Years outside 1990 to 2100 are mistakes of the source: None.
    """
    value = " ".join(value.split())
    if not value or len(value) > _LONGEST:
        return None
    return plausible(_usual(value) or _iso(value) or _rfc822(value, country))


def plausible(moment: datetime | None) -> datetime | None:
    """The moment in UTC, a naive one read as UTC; None for years that no news is from."""
    if moment is None or not 1990 <= moment.year <= 2100:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _usual(value: str) -> datetime | None:
    found = _USUAL.fullmatch(value)
    month = _MONTHS.get(found[2]) if found else None
    if not found or not month:
        return None
    day, _, year, hour, minute, second, sign, hours, minutes = found.groups("0")
    off = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return moment + off if sign == "-" else moment - off
    except (ValueError, OverflowError):
        return None


def _iso(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _rfc822(value: str, country: str | None) -> datetime | None:
    offset = timedelta()
    named = _ZONE_NAME.search(value)
    if named:
        hours = _hours(named[1].upper(), country)
        if hours is None:
            return None
        offset, value = timedelta(hours=hours), value[: named.start()]
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - offset
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _hours(zone: str, country: str | None) -> float | None:
    if zone == "IST" and country in _IST:
        return _IST[country]
    return _HOURS.get(zone)
