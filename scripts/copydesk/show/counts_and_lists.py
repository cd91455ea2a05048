"""Numbers and lists as a sentence says them."""

_MOST_NAMES = 10  # in a list


def count(number, noun, plural=None):
    """`1 sentence`, `3 sentences`, `no sentences`."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}" if number else f"no {word}"


def listing(items):
    """`a`, `a and b`, `a, b and c`."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def few(items):
    """A list without doubles, the last of many counted: `a, b and 3 others`."""
    items = list(dict.fromkeys(items))
    more = len(items) - _MOST_NAMES
    return listing(items) if more <= 1 else listing([*items[:_MOST_NAMES], f"{more} others"])


def inside(string):
    """A name as it stands inside a sentence: `the union of seafarers` for `The union of seafarers`."""
    first, blank, rest = string.partition(" ")
    return f"{first.lower()}{blank}{rest}" if first in ("The", "A", "An") else string


def capital(string):
    """The string with its first letter a capital, all others as they are."""
    return string[:1].upper() + string[1:]
