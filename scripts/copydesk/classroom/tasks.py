"""What the lessons ask of a story: the prose of their tasks, phrases, claims. It stands in `data/lessons/STORY.toml`.

What is right stands in `teaching/lessons/answers.toml`, which students do not have. The checks know it by a hash of each
question with its answer (`data/lessons/right.txt`): whether an answer is right can be asked, and not read.

A lesson's notebook is written for one story. For another, its tasks stand beside: `build` puts them into the workbooks
and handouts in place of those of the first, and a notebook that is started with another story shows them.
"""

import hashlib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from copydesk.engine import toml_files
from copydesk.errors import InputError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Claim(_Strict):
    """A sentence about a practice story, and what to ask before one says that the findings back it."""

    letter: str
    text: str
    ask: str


class Tasks(_Strict):
    """`data/lessons/STORY.toml`. prose: Markdown by the id of the cell whose place it takes. phrases: words of the later
    version, of which lesson 3 asks whose they are. texts: files of a practice story. claims: on it, for lesson 4."""

    title: str = ""
    prose: dict[str, str] = {}
    phrases: list[str] = []
    texts: dict[str, str] = {}
    claims: list[Claim] = []


class Answers(_Strict):
    """What is right on a story, in `teaching/lessons/answers.toml`. whose: for each phrase in order `reporter`, or the id of a
    source. backed: the letters of the claims that hold. sources: of the practice story, as a reader finds them, whole."""

    whose: list[str] = []
    backed: list[str] = []
    sources: list[str] = []


@cache
def tasks(story: str) -> Tasks:
    """The tasks of the story of that name; empty where nobody wrote any."""
    path = toml_files.data_folder() / "lessons" / f"{story}.toml"
    return toml_files.read_toml(path, Tasks) if path.is_file() else Tasks()


def _hash(story: str, question: str, answer: str) -> str:
    return hashlib.sha256(f"{story}\n{question}\n{answer.casefold()}".encode()).hexdigest()[:16]


def is_right(story: str, question: str, answer: str) -> bool:
    """Whether this is a right answer: to a phrase of lesson 3, "backed" or "source" of lesson 4 (their answers: see Answers)."""
    return _hash(story, question, answer) in _right()


@cache
def _right() -> frozenset[str]:
    return frozenset(toml_files.read_text(toml_files.data_folder() / "lessons" / "right.txt").split())


def hashes(answers: dict[str, Answers]) -> list[str]:
    """The lines of `data/lessons/right.txt`."""
    right = set()
    for story, own in answers.items():
        asked = [*zip(tasks(story).phrases, own.whose, strict=True)]
        asked += [("backed", letter) for letter in own.backed] + [("source", one) for one in own.sources]
        right |= {_hash(story, question, answer) for question, answer in asked}
    return sorted(right)


def read_instead(story: str, lesson: int):
    """What of a lesson's prose another story has in its own words, to be shown in a notebook: Markdown, or None."""
    from IPython.display import Markdown

    own = [words for cell, words in prose_of(story).items() if cell.startswith(f"{lesson}-")]
    if not own:
        return None
    parts = "\n\n---\n\n".join(words.strip() for words in own)
    return Markdown(
        f"**This story has tasks of its own; read them in place of those above and below.**\n\n---\n\n{parts}"
    )


def prose_of(story: str) -> dict[str, str]:
    """The prose of a story's tasks by the cell's id, the story's texts set where it says `{texts}`."""
    prose = tasks(story).prose
    if not any("{texts}" in words for words in prose.values()):
        return prose
    from copydesk.stories.story import read_story

    quoted = "\n\n".join(
        f"**{version.label.capitalize()}**\n\n"
        + "\n>\n".join(f"> {line}" for line in version.text.splitlines() if line.strip())
        for version in read_story(story).versions.values()
    )
    return {cell: words.replace("{texts}", quoted) for cell, words in prose.items()}


def phrases_of(story: str) -> list[str]:
    """The phrases of a story of which lesson 3 asks whose words they are; empty where nobody wrote any."""
    return list(tasks(story).phrases)


def practice_texts(story: str) -> dict[str, str]:
    """The texts of a practice story: dict file -> text."""
    if tasks(story).texts:
        return dict(tasks(story).texts)
    from copydesk.stories.story import read_story

    return {version.entry.file: version.text for version in read_story(story).versions.values()}


def practice_files(story: str, folder: Path) -> dict[str, str]:
    """Write the texts of a practice story into a folder: dict file -> text. Raises InputError where it is none."""
    if not tasks(story).claims:
        raise InputError(f"The story {story} has no tasks for lesson 4; data/lessons has those that do.")
    texts = practice_texts(story)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return texts
