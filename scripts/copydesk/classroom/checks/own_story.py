"""Lesson 4: your own story."""

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

from copydesk.classroom.checks.tables import Exercise, Hint, Slip, Step
from copydesk.classroom.tasks import tasks
from copydesk.errors import InputError
from copydesk.stories.dates import moment


def _toml(text, folder):
    if not isinstance(text, str):
        raise Hint("The text of the file is wanted, between three quotation marks.")
    try:
        entry = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Hint(
            f'This is no proper TOML: {error}. Texts stand in quotation marks (title = "..."), and each version begins with a '
            "line [[versions]]."
        ) from None
    versions = entry.get("versions")
    rows = [row for row in versions if isinstance(row, dict)] if isinstance(versions, list) else []
    there = sorted(one.name for one in Path(folder).glob("*.txt"))
    return SimpleNamespace(
        entry=entry, versions=versions, rows=[*enumerate(rows, 1)], there=", ".join(there), text=text,
        lost=next(((n, row["file"]) for n, row in enumerate(rows, 1) if row.get("file", there[0]) not in there), None),
        dates=[moment(str(row.get("date", ""))) for row in rows],
    )  # fmt: skip


def _first_without(key):
    return lambda f: next((number for number, row in f.rows if key not in row), None)


_TOML: list[Slip] = [
    (
        lambda f: "title" not in f.entry,
        'The story has no title: title = "...", above the first [[versions]].',
    ),
    (
        lambda f: isinstance(f.versions, dict),
        "[versions] is one table; write [[versions]], twice, for a list of two.",
    ),
    (lambda f: len(f.rows) < 2, "There should be two versions: a block [[versions]] for each."),
    (_first_without("id"), "Version {told} has no id: the short name that ids are made of."),
    (_first_without("file"), "Version {told} has no file: the name of its text file."),
    (
        lambda f: f.lost,
        "Version {told[0]} names the file '{told[1]}', which is not there; there are {there}.",
    ),
    (_first_without("label"), "Version {told} has no label, by which your readers will know it."),
    (
        _first_without("date"),
        "Version {told} has no date. You know it here; a date is what makes the order more than a guess.",
    ),
    (
        lambda f: None not in f.dates and f.dates != sorted(f.dates),
        "The later version comes first; put the earlier one first.",
    ),
]


def _read(text, folder):
    from copydesk.stories.story import read_story

    (Path(folder) / "story.toml").write_text(text, encoding="utf-8", newline="\n")
    try:
        story = read_story(folder)
    except InputError as error:
        raise Hint(str(error)) from None
    return SimpleNamespace(title=story.title, n=len(story.versions))


# --- a sentence that the table backs ---------------------------------------------------------------------

_SMALL = {
    word: n
    for n, word in enumerate("no one two three four five six seven eight nine ten eleven twelve".split())
}
_NUMBER = r"\b(\d+|" + "|".join([*_SMALL, "none", "nothing", "a", "an"]) + r")\b"
_LOADED = (
    "because",
    "in order to",
    "wanted to",
    "censor",
    "bias",
    "hide",
    "hid ",
    "deliberate",
    "on purpose",
)


def _finding(finding, comparison):
    if not isinstance(finding, str):
        raise Hint("A sentence is wanted, as a text.")
    relations = comparison.links["relation"].value_counts().to_dict()
    said = {word: _number_of(finding.lower(), word) for word in ("reworded", "added")}
    counts = {word: int(relations.get(word, 0)) for word in said}
    return SimpleNamespace(finding=finding, words=finding.lower(), said=said, counts=counts)


def _number_of(words, relation):
    """The number that a sentence ties to a relation; None where it has none, "" where the relation is not in it.

    It is the last number between the relation and the one before it ("2 sentences were reworded and 1 was added"); in
    a sentence without a number before its first relation, the first one behind ("reworded: 2, added: 1").
    """
    marks = [*re.finditer("reworded|added", words)]
    place = next((n for n, mark in enumerate(marks) if mark.group() == relation), None)
    if place is None:
        return ""
    if re.search(_NUMBER, words[: marks[0].start()]):
        begin = marks[place - 1].end() if place else 0
        numbers = re.findall(_NUMBER, words[begin : marks[place].start()])[::-1]
    else:
        end = marks[place + 1].start() if place + 1 < len(marks) else len(words)
        numbers = re.findall(_NUMBER, words[marks[place].end() : end])
    return None if not numbers else int(numbers[0]) if numbers[0].isdigit() else _SMALL[numbers[0]]


def _untied(f):
    """The first relation whose number in the sentence is not the table's: (relation, what the table has, what is said)."""
    return next(((word, f.counts[word], "no number" if n is None else n) for word, n in f.said.items() if n != f.counts[word]), None)  # fmt: skip


_FINDING = [
    (lambda f: "{" in f.finding, "The braces stand in the sentence: put an f before the first quotation mark."),
    (
        lambda f: next((word for word, n in f.said.items() if n == ""), None),
        "The sentence does not speak of sentences that were {told}.",
    ),
    (
        lambda f: f.said["reworded"] == f.counts["added"] != f.counts["reworded"] == f.said["added"],
        "The two numbers have changed places: the table has {counts[reworded]} reworded and {counts[added]} added.",
    ),
    (
        _untied,
        ("The table has {told[1]} {told[0]}, and the sentence ties {told[2]} to that word. Let Python put the number in, before its "
        "word: an f-string with the count in braces."),
    ),
    (
        lambda f: next((word.strip() for word in _LOADED if word in f.words), None),
        "'{told}' says why or by whose will. Two versions show a difference, not a reason.",
    ),
]  # fmt: skip


# --- checked by hand -------------------------------------------------------------------------------------

_BLANK = ("", "nan", "none")
_PARTS = ("source", "cue", "content", "quot", "speaker", "verb")
_WORDS_OF_A_REASON = 4


def _checked(checked, sheet, story):
    """The rows: number, mark, note, source, and whether a reader finds that source so (see data/lessons)."""
    import pandas as pd

    if isinstance(checked, (list, tuple)) and len(checked) != len(sheet):
        raise Hint(f"That is a wrong number of answers: {len(checked)}, and the sheet has {len(sheet)} rows.")
    if not isinstance(checked, pd.DataFrame):
        raise Hint("Hand over the table itself, with its column right filled in.")
    if not {"right", "note"} <= set(checked.columns):
        raise Hint("The column right or note is gone.")
    if len(checked) != len(sheet):
        raise Hint(f"The sheet has {len(sheet)} rows, and yours {len(checked)}: check every row.")
    practice = tasks(story).practice
    known = [one.casefold() for one in practice.sources] if practice else []
    rows = [
        SimpleNamespace(
            n=n, mark=str(mark).strip().lower(), note="" if str(note).strip().lower() in _BLANK else str(note).strip(),
            source=str(source), is_whole=str(source).casefold() in known,
        )
        for n, (mark, note, source) in enumerate(zip(checked["right"], checked["note"], sheet["source"], strict=True))
    ]  # fmt: skip
    whole = [row for row in rows if row.is_whole]
    return SimpleNamespace(rows=rows, whole=whole, yes=sum(row.mark == "yes" for row in rows), n=len(rows))


def _row(test):
    return lambda f: next((row for row in f.rows if test(row)), None)


def _is_reason(note):
    """Whether a note says of a row what is wrong with it: of which part it speaks, in some words."""
    return len(note.split()) >= _WORDS_OF_A_REASON and any(part in note.lower() for part in _PARTS)


_CHECKED = [
    (_row(lambda row: row.mark in _BLANK), "Row {told.n} is not checked yet: read its words, and write yes or no."),
    (_row(lambda row: row.mark not in ("yes", "no")), "'{told.mark}' is neither yes nor no."),
    (
        _row(lambda row: row.mark == "no" and not row.note),
        "Row {told.n} is wrong, you say; write into its note what is wrong with it.",
    ),
    (
        _row(lambda row: row.mark == "yes" and not row.is_whole),
        ("Row {told.n}: you say that it is right, and the source reads '{told.source}'. Read the sentence from its first word: "
        "who speaks, and is that all of it?"),
    ),
    (
        lambda f: len(f.whole) > 1 and all(row.mark == "no" for row in f.whole),
        "You say no to every row whose source stands in the text as it stands in the table. Read them once more.",
    ),
    (
        _row(lambda row: row.mark == "no" and row.is_whole and not _is_reason(row.note)),
        ("Row {told.n}: you say no, and the source '{told.source}' stands so in the text. What is your reason? Name the part that is "
        "wrong (source, cue or content), and say in a few words how it should read."),
    ),
]  # fmt: skip


def _supported(supported, story):
    practice = tasks(story).practice
    if isinstance(supported, str) or not hasattr(supported, "__iter__"):
        raise Hint("A list of letters is wanted: ['A', ...].")
    claims = {one.letter: one for one in practice.claims}
    given = {str(one).strip().upper() for one in supported}
    return SimpleNamespace(given=given, claims=claims, letters=", ".join(claims))


_SUPPORTED = [
    (
        lambda f: next((one for one in sorted(f.given) if one not in f.claims), None),
        "There is no claim {told}; there are {letters}.",
    ),
    (
        lambda f: next((c for c in f.claims.values() if c.letter in f.given and not c.backed), None),
        "Claim {told.letter} goes further than your tables: {told.why}",
    ),
    (
        lambda f: next((c for c in f.claims.values() if c.letter not in f.given and c.backed), None),
        "Claim {told.letter} is backed, and you leave it out: {told.why}",
    ),
]  # fmt: skip

EXERCISES = {
    "finding": Exercise([Step(_finding, _FINDING)], "A sentence that your table backs."),
    "checked": Exercise(
        [Step(_checked, _CHECKED)], "By hand, {yes} of {n} rows are right. That is for you to defend."
    ),
    "supported": Exercise([Step(_supported, _SUPPORTED)], "You claim what your tables show, and no more."),
    "story_toml": Exercise([Step(_toml, _TOML), Step(_read, ())], "{title}: {n} versions."),
}
