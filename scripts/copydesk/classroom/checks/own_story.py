"""Lesson 4: your own story."""

import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

from copydesk.classroom.checks.tables import Exercise, Hint, Slip, Step
from copydesk.classroom.tasks import is_right, practice_texts, tasks
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
} | {"none": 0, "nothing": 0, "a": 1, "an": 1}
_NUMBER = r"\b(\d+|" + "|".join(_SMALL) + r")\b"
# What counts as well, though no number of the table can be compared with it.
_VAGUE = (
    r"\b(?:all|both|every|each|most|half|several|many|few|some|dozens?|hundreds?|thousands?|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|per ?cent|twice)\b|%"
)
_DENIED = r"\b(?:not|never|neither|nor|without|hardly|cannot|false|falsely|untrue|wrong|wrongly|incorrect|lie)\b|n['’]t\b"
# What may stand behind a number: the table counts sentences, and nothing else.
_BEHIND = {
    *("sentence", "sentences", "reworded", "added", "was", "were", "is", "are", "has", "have", "been", "and", "but", "while"),
    *("of", "in", "to", "from", "between", "new", "more", "other", "others", "further"),
}  # fmt: skip
# "to" before what is no noun phrase begins a purpose ("to please the readers"), not a place ("to the later edition").
_PURPOSE = r"\bto (?!(?:the|this|that|these|it|them|a|an|one|its|version|edition)\b)[a-z]+"
_LOADED = (
    rf"\bbecause\b|\bin order to\b|\bso that\b|\bdue to\b|\bwanted to\b|censor\w*|bias\w*|\bhid(?:e|es|den|ing)?\b|deliberate\w*|"
    rf"\bon purpose\b|\bon (?:the )?orders?\b|\bordered\b|mislead\w*|scandal\w*|{_PURPOSE}"
)


def _finding(finding, comparison):
    if not isinstance(finding, str):
        raise Hint("A sentence is wanted, as a text.")
    relations = comparison.links["relation"].value_counts().to_dict()
    words = finding.lower()
    numbers = {word: _number_of(words, word) for word in ("reworded", "added")}
    said = {word: _value(found) if found else found for word, found in numbers.items()}
    tied = {found.start() for found in numbers.values() if found}
    numerals = [
        one for one in re.finditer(_NUMBER, words) if one.start() in tied or one.group() not in ("a", "an")
    ]
    told = [one.group() for one in numerals] + re.findall(_VAGUE, words)
    behind = [re.match(r"\s+([^\W\d]+)", words[found.end() :]) for found in numbers.values() if found]
    counts = {word: int(relations.get(word, 0)) for word in said}
    return SimpleNamespace(
        finding=finding, words=words, said=said, counts=counts, n_tied=len(tied), told_of=told, listed=", ".join(told),
        other=next((one.group(1) for one in behind if one and one.group(1) not in _BEHIND), None),
    )  # fmt: skip


def _value(found):
    return int(found.group()) if found.group().isdigit() else _SMALL[found.group()]


def _number_of(words, relation):
    """The number (a match) that a sentence ties to a relation; None where it has none, "" where the relation is not in it.

    It is the last number between the relation and the one before it ("2 sentences were reworded and 1 was added"); in
    a sentence without a number before its first relation, the first one behind ("reworded: 2, added: 1").
    """
    marks = [*re.finditer(r"\b(?:reworded|added)\b", words)]
    place = next((n for n, mark in enumerate(marks) if mark.group() == relation), None)
    if place is None:
        return ""
    numbers = re.compile(_NUMBER)
    begin = marks[place - 1].end() if place else 0
    ahead = [*numbers.finditer(words, begin, marks[place].start())]
    if numbers.search(words, 0, marks[0].start()):
        return ahead[-1] if ahead else None
    end = marks[place + 1].start() if place + 1 < len(marks) else len(words)
    behind = numbers.search(words, marks[place].end(), end)
    # "reworded 2 sentences, and 1 was added": the first of two numbers is of the relation before them.
    return behind or (ahead[-1] if len(ahead) > 1 else None)


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
        lambda f: None not in f.said.values() and len(f.told_of) > f.n_tied,
        (
            "This check can compare two numbers only, the one of reworded sentences and the one of added ones. Your sentence speaks "
            "of more: {listed}. Nobody has compared the others with the table; leave them out here."
        ),
    ),
    (
        lambda f: re.search(_DENIED, f.words),
        "'{told[0]}' turns what is said around, or part of it. Say what was changed, in so many words.",
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
        lambda f: f.other,
        "Behind a number stands '{told}', and the table counts sentences: write the number straight before 'sentences', or its word.",
    ),
    (
        lambda f: re.search(_LOADED, f.words),
        "'{told[0]}' says why or by whose will. Two versions show a difference, not a reason.",
    ),
]  # fmt: skip


# --- checked by hand -------------------------------------------------------------------------------------

_BLANK = ("", "nan", "none")
_OF_SOURCE, _OF_REST = ("source", "speaker"), ("cue", "content", "quot", "verb")
_WORDS_OF_A_REASON = 4


def _checked(checked, sheet, story):
    """The rows: number, mark, note, source, and whether a reader finds that source so."""
    import pandas as pd

    if isinstance(checked, (list, tuple)) and len(checked) != len(sheet):
        raise Hint(f"That is a wrong number of answers: {len(checked)}, and the sheet has {len(sheet)} rows.")
    if isinstance(checked, list):
        raise Hint(
            "The list right is whole; notes needs as many entries too, '' where there is nothing to say."
        )
    if not isinstance(checked, pd.DataFrame):
        raise Hint("Hand over the table itself, with its column right filled in.")
    if not {"right", "note"} <= set(checked.columns):
        raise Hint("The column right or note is gone.")
    if len(checked) != len(sheet):
        raise Hint(f"The sheet has {len(sheet)} rows, and yours {len(checked)}: check every row.")
    lines = [line for text in practice_texts(story).values() for line in text.splitlines()]
    rows = [
        SimpleNamespace(
            n=n, lacks=_words(*(line for line in lines if str(source) in line)) - _words(str(source)), mark=str(mark).strip().lower(), note="" if str(note).strip().lower() in _BLANK else str(note).strip(),
            source=str(source), is_whole=is_right(story, "source", str(source)),
        )
        for n, (mark, note, source) in enumerate(zip(checked["right"], checked["note"], sheet["source"], strict=True))
    ]  # fmt: skip
    whole = [row for row in rows if row.is_whole]
    return SimpleNamespace(rows=rows, whole=whole, yes=sum(row.mark == "yes" for row in rows), n=len(rows))


def _words(*lines):
    return {word for line in lines for word in re.findall(r"[^\W\d]{3,}", line.lower())}


def _row(test):
    return lambda f: next((row for row in f.rows if test(row)), None)


def _names(note, parts):
    return any(part in note.lower() for part in parts)


def _is_reason(note):
    """Whether a note on a row whose source is right says what is wrong with the rest of it, in some words."""
    return len(note.split()) >= _WORDS_OF_A_REASON and _names(note, _OF_REST) and not _names(note, _OF_SOURCE)


_CHECKED = [
    (_row(lambda row: row.mark in _BLANK), "Row {told.n} is not checked yet: read its words, and write yes or no."),
    (_row(lambda row: row.mark not in ("yes", "no")), "'{told.mark}' is neither yes nor no."),
    (
        _row(lambda row: row.mark == "no" and not row.note),
        "Row {told.n} is wrong, you say; write into its note what is wrong with it.",
    ),
    (
        _row(lambda row: row.mark == "no" and len(re.findall(r"[^\W_]+", row.note)) < 2),
        "Row {told.n}: one word is no reason. Name the part that is wrong (source, cue or content), and say how it should read.",
    ),
    (
        _row(lambda row: row.mark == "no" and not row.is_whole and _names(row.note, _OF_REST) and not _names(row.note, _OF_SOURCE)),
        "Row {told.n}: your note speaks of another part, and the source reads '{told.source}'. Is that all of it?",
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
        ("Row {told.n}: you say no, and the source '{told.source}' stands so in the text: it needs no correction. What is your "
        "reason? Name the part that is wrong (cue or content), and say in a few words how it should read."),
    ),
    (
        _row(lambda row: row.mark == "no" and not row.is_whole and row.lacks and not row.lacks & _words(row.note)),
        "Row {told.n}: the source reads '{told.source}'. Say in your note how it should read, in the words of the sentence.",
    ),
]  # fmt: skip


def _supported(supported, story):
    if isinstance(supported, str) or not hasattr(supported, "__iter__"):
        raise Hint("A list of letters is wanted: ['A', ...].")
    claims = {one.letter: one for one in tasks(story).claims}
    given = {str(one).strip().upper() for one in supported}
    backed = {letter for letter in claims if is_right(story, "backed", letter)}
    return SimpleNamespace(given=given, backed=backed, claims=claims, letters=", ".join(claims))


_SUPPORTED = [
    (
        lambda f: next((one for one in sorted(f.given) if one not in f.claims), None),
        "There is no claim {told}; there are {letters}.",
    ),
    (
        lambda f: next((f.claims[one] for one in sorted(f.given - f.backed)), None),
        "Claim {told.letter} goes further than your tables. {told.ask}",
    ),
    (
        lambda f: next((f.claims[one] for one in sorted(f.backed - f.given)), None),
        "Claim {told.letter} is backed, and you leave it out. {told.ask}",
    ),
]  # fmt: skip

EXERCISES = {
    "finding": Exercise(
        [Step(_finding, _FINDING)],
        "The numbers match your table: {counts[reworded]} reworded, {counts[added]} added. That is all that was compared; whether the "
        "rest of the sentence holds, ask a classmate.",
    ),
    "checked": Exercise(
        [Step(_checked, _CHECKED)], "By hand, {yes} of {n} rows are right. That is for you to defend."
    ),
    "supported": Exercise([Step(_supported, _SUPPORTED)], "You claim what your tables show, and no more."),
    "story_toml": Exercise([Step(_toml, _TOML), Step(_read, ())], "{title}: {n} versions."),
}
