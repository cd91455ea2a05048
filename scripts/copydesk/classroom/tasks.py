"""What the lessons ask of a story: the prose of their tasks, phrases, claims. It stands in `data/lessons/STORY.toml`.

A lesson's notebook is written for one story. For another, its tasks stand beside: `build` puts them into the workbooks
and handouts in place of those of the first, and a notebook that is started with another story shows them.
"""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from copydesk.engine import toml_files
from copydesk.errors import InputError


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Phrase(_Strict):
    """Words of the later version, and whose they are: `reporter`, or the id of a source. said_by: whose view it is."""

    words: str
    whose: str
    said_by: str = ""


class Claim(_Strict):
    """A sentence about the practice story, whether its findings back it, and why (not)."""

    letter: str
    text: str
    backed: bool
    why: str


class Practice(_Strict):
    """What lesson 4 asks of a story: the sources that a reader finds in it, as they are written and whole; the claims."""

    sources: list[str]
    claims: list[Claim]


class Tasks(_Strict):
    """`data/lessons/STORY.toml`. prose: Markdown by the id of the cell whose place it takes. texts: files of a practice story."""

    title: str = ""
    prose: dict[str, str] = {}
    phrases: list[Phrase] = []
    practice: Practice | None = None
    texts: dict[str, str] = {}


@cache
def tasks(story: str) -> Tasks:
    """The tasks of the story of that name; empty where nobody wrote any."""
    path = toml_files.data_folder() / "lessons" / f"{story}.toml"
    return toml_files.read_toml(path, Tasks) if path.is_file() else Tasks()


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
        + "\n".join(f"> {line}".rstrip() for line in version.text.splitlines())
        for version in read_story(story).versions.values()
    )
    return {cell: words.replace("{texts}", quoted) for cell, words in prose.items()}


def phrases_of(story: str) -> list[str]:
    """The phrases of a story of which lesson 3 asks whose words they are; empty where nobody wrote any."""
    return [one.words for one in tasks(story).phrases]


def practice_files(story: str, folder: Path) -> dict[str, str]:
    """Write the texts of a practice story into a folder: dict file -> text. Raises InputError where there are none."""
    texts = tasks(story).texts
    if not texts:
        from copydesk.stories.story import read_story

        texts = {version.entry.file: version.text for version in read_story(story).versions.values()}
    if tasks(story).practice is None:
        raise InputError(f"The story {story} has no tasks for lesson 4; data/lessons has those that do.")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return dict(texts)
