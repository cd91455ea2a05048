"""The value of one cell of a coding sheet, as spreadsheets of all countries store it: its text, and the code that was meant."""

import datetime
import re
from functools import cache

from copydesk.classroom.sheets import FIELDS, codes_of


def text_of(cell):
    """A cell as text, without blanks around it and without a mark of UTF-8 that was read in another encoding."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return re.sub(r"^(?:\ufeff|ï»¿|Ôªø)+", "", str(cell)).strip()


def plain(cell):
    """A cell as a column's name or a code is compared: small letters, blanks for signs."""
    return re.sub(r"[\s_\-.,;:/]+", "_", text_of(cell).casefold()).strip("_")


def code_of(cell, codes):
    """(code, whether it was repaired, why there is none)."""
    if set(codes) <= set("0123456789"):
        return _digit(cell, codes)
    if _is_date(cell):
        return None, False, "is a date, which a spreadsheet may have made of something else"
    value = plain(cell)
    known = {plain(code): code for code in codes}
    if value in known:
        return known[value], False, ""
    if not value.strip("?"):
        return None, False, "is no code"
    if value.strip("?()_") in known:  # given in doubt, and given
        return known[value.strip("?()_")], True, ""
    begun = [code for plain, code in known.items() if len(value) >= 4 and plain.startswith(value)]
    if len(begun) == 1:
        return begun[0], True, ""
    return _misspelt(value, known)


def _misspelt(value, known):
    """The code that a value is misspelt from: one slip (two in a long word), and no other code nearly as near.

    What is a code of another field is none that is misspelt: "opposed" is not "proposed".
    """
    from rapidfuzz.distance import DamerauLevenshtein

    near = sorted(
        (DamerauLevenshtein.distance(value, plain), code, len(plain)) for plain, code in known.items()
    )
    distance, code, length = near[0]
    allowed = 2 if length >= 10 else 1 if length >= 5 else 0
    if value not in _every_code() and distance <= allowed and (len(near) == 1 or near[1][0] > distance + 1):
        return code, True, ""
    return None, False, "is no code"


@cache
def _every_code():
    return {plain(code) for table in FIELDS for codes in codes_of(table).values() for code in codes}


def _digit(cell, codes):
    if isinstance(cell, (datetime.datetime, datetime.date)):
        day = (datetime.date(cell.year, cell.month, cell.day) - datetime.date(1899, 12, 31)).days
        # A spreadsheet shows the number 2 in a cell made for dates as 2 January 1900.
        return (str(day), True, "") if str(day) in codes else (None, False, "is a date, not a number")
    if isinstance(cell, datetime.time):
        return ("0", True, "") if cell == datetime.time() else (None, False, "is a time, not a number")
    if isinstance(cell, bool):
        return None, False, "is no number"
    text = text_of(cell)
    if text in codes:
        return text, False, ""
    match = re.fullmatch(r"(\d+)[.,]0+", text)
    if match and match.group(1) in codes:
        return match.group(1), True, ""
    return None, False, "is a date, not a number" if _is_date(cell) else f"is not one of {', '.join(codes)}"


def _is_date(cell):
    if isinstance(cell, (datetime.date, datetime.time)):
        return True
    return bool(
        re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[-. ][A-Za-zäé]{3,4}\.?", text_of(cell))
    )


def why_no_code(cell, name, codes, reason):
    """Why a cell holds no code, in one clause."""
    value = plain(cell)
    elsewhere = [other for other, values in codes.items() if other != name and value in map(plain, values)]
    if elsewhere and reason == "is no code":
        return f"'{text_of(cell)}' is a code of {elsewhere[0]}, not of {name}"
    if reason == "is no code":
        return f"'{text_of(cell)}' is no code of {name}; choose from {', '.join(codes[name])}"
    return f"'{text_of(cell)}' {reason}"
