"""Dates as `story.toml` has them: ISO form, of a day or of a moment, as a text or as TOML's own."""

from datetime import UTC, date, datetime

NOT_STATED = "not stated"


def iso_date(value: object) -> str:
    """A date in ISO form, or "not stated"; raises ValueError, with what it should be, for anything else."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    text = str(value).strip()
    if isinstance(value, str) and (text == NOT_STATED or _parsed(text)):
        return text
    raise ValueError(
        f"'{text}' is not a date in ISO form; write the year, the month and the day as 2016-02-25 (with the time as "
        "2016-02-25T17:30), or leave it out"
    )


def moment(value: str) -> datetime | None:
    """When a date in ISO form is, for putting dates in order (a day begins at midnight, UTC); None where it is not stated."""
    found = _parsed(value)
    return None if found is None else found if found.tzinfo else found.replace(tzinfo=UTC)


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
