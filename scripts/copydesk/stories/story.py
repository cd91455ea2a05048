"""A story's folder: its versions, what on their pages is not the article, and where they come from."""

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from copydesk.engine import boilerplate, toml_files
from copydesk.engine.spans import row_id
from copydesk.engine.text import Document, count_words, read
from copydesk.errors import InputError
from copydesk.stories.dates import NOT_STATED, iso_date

if TYPE_CHECKING:
    import pandas as pd


# A long magazine story has a third of this: what is longer is no article, and would take hours and gigabytes.
MOST_CHARACTERS = 200_000

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _check_id(value):
    if not _ID.fullmatch(value):
        raise ValueError(f"'{value}' is no id; use small letters, digits and single hyphens")
    return value


# An id is part of links and of the names of files.
Id = Annotated[str, AfterValidator(_check_id)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class VersionEntry(_Strict):
    """One version, as `story.toml` describes it; what is not known is left out."""

    id: Id
    file: str
    label: str
    date: str = NOT_STATED
    source: str = NOT_STATED
    url: str = NOT_STATED
    retrieved: str = NOT_STATED
    sha256: str | None = None

    @field_validator("date", "retrieved", mode="before")
    @classmethod
    def _is_iso(cls, value):
        return iso_date(value)

    @field_validator("file")
    @classmethod
    def _stays_inside(cls, value):
        path = PurePosixPath(value.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in value or not path.parts:
            raise ValueError(f"'{value}' leaves the story's folder; name a file inside it")
        return value


class Order(_Strict):
    """Which version is the later one, and how that is known."""

    later: str
    evidence: str


class Rights(_Strict):
    """Whose the texts are."""

    holder: str = "not stated"
    note: str = "not stated"


class Target(_Strict):
    """What a stance is taken toward: its id, its name for readers, the words that name it in the text.

    against: the ids of the targets that it is made against, so that to back it is to be against them.
    """

    id: Id
    label: str
    names: list[str] = Field(min_length=1)
    against: list[str] = []


# What an actor can be: whoever somebody speaks for, or a person who speaks for nobody else.
ActorKind = Literal[
    "state", "local government", "international organisation", "organisation", "association", "company",
    "news agency", "newspaper", "broadcaster", "group", "named official", "named person",
]  # fmt: skip


class Actor(_Strict):
    """An actor that the codebook of actors does not have, or other names for one that it has."""

    id: Id
    label: str
    kind: ActorKind
    names: list[str] = Field(min_length=1)
    demonyms: list[str] = []


class Cited(_Strict):
    """Words of a version that back a claim; they must stand in its file."""

    version: str
    words: str
    claim: str = ""


class Lede(_Strict):
    """What a report leads with: a headline, a deck, and the words that back each of their claims.

    topic: a row of `outcome.csv` that the report sets beside what the versions said (`then`).
    """

    headline: str
    deck: str
    claims: list[Cited] = Field(min_length=1)
    topic: str = ""
    then: list[Cited] = []

    @model_validator(mode="after")
    def _claims_are_made(self):
        told = f"{self.headline} {self.deck}"
        for one in self.claims:
            if not one.claim or one.claim not in told:
                raise ValueError(f"the claim '{one.claim}' stands neither in the headline nor in the deck")
        return self


class StoryEntry(_Strict):
    """`story.toml`, whole."""

    title: str
    versions: list[VersionEntry] = Field(min_length=1)
    order: Order | None = None
    rights: Rights = Rights()
    rules_developed_here: bool = False
    actors: list[str] = []
    extra_actors: list[Actor] = []
    targets: list[Target] = []
    lede: Lede | None = None
    sanctions: bool = False  # whether a report has a page of measures though none is counted

    @model_validator(mode="after")
    def _is_consistent(self):
        ids = [version.id for version in self.versions]
        for one in ids:
            if ids.count(one) > 1:
                raise ValueError(f"two versions have the id '{one}'; give each its own")
        if self.order and self.order.later not in ids:
            raise ValueError(f"order.later names '{self.order.later}', which is no version; use one of {ids}")
        targets = [target.id for target in self.targets]
        for target in self.targets:
            for other in target.against:
                if other not in targets or other == target.id:
                    raise ValueError(
                        f"the target '{target.id}' is against '{other}', which is no other target; "
                        f"use one of {targets}"
                    )
        return self


class Version:
    """One version of a story.

    `text` is the file, decoded and otherwise untouched; `body` is the same with all that is not the
    article blanked, so that an offset in one is an offset in the other. `shown` is what a reader gets to see:
    the text, unless `copydesk.stories.withholding` has withheld some of it, and of the same length.
    """

    def __init__(self, entry: Any, text, *, story="", sha256=None):
        self.id = entry.id
        self.label = entry.label
        self.entry = entry
        self.story = story
        self.text = text
        self.shown = text
        self.sha256 = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def __repr__(self):
        return f"Version({self.id!r}: {len(self.document.sentences)} sentences, {self.words} words)"

    @cached_property
    def _page(self):
        return Document(self.text)

    @cached_property
    def _stretches(self):
        return boilerplate.find_boilerplate(self._page)

    @cached_property
    def body(self) -> str:
        """str: the article alone, at its own offsets; blanks stand for the rest of the page."""
        return boilerplate.blank(self.text, self._stretches)

    @cached_property
    def document(self) -> Document:
        """Document: the body, tokenised once for every module that reads it."""
        return Document(self.body, self._page.line_breaks) if self._stretches else self._page

    @cached_property
    def share_set_apart(self) -> float:
        """Of the words from the article's first sentence to the end of the file, the share that is set apart (0 to 1)."""
        if not self.document.sentences:
            return 0.0
        lead = self.document.sentences[0].start
        behind = [stretch[:2] for stretch in self._stretches if stretch.start > lead]
        return count_words(self._page, behind) / max(1, count_words(self._page, [(lead, len(self.text))]))

    @property
    def much_is_set_apart(self) -> bool:
        """Whether so much is set apart behind the lead that a reader should see that none of it is the article's."""
        return self.share_set_apart > boilerplate.MOST_SET_APART

    @cached_property
    def words(self) -> int:
        """int: the words and numbers of the article."""
        return count_words(self.document)

    @cached_property
    def sentences(self) -> "pd.DataFrame":
        """DataFrame `story, version, sentence, start, end, text`: each sentence of the article once."""
        rows = [
            (self.story, self.id, row_id("sentence", self.id, number), start, end, self.shown[start:end])
            for number, (start, end) in enumerate(self.document.sentences, 1)
        ]
        return _frame(rows, ["story", "version", "sentence", "start", "end", "text"])

    @cached_property
    def boilerplate(self) -> "pd.DataFrame":
        """DataFrame `story, version, start, end, kind, text`: the page around the article."""
        rows = [
            (self.story, self.id, *stretch, self.shown[stretch[0] : stretch[1]])
            for stretch in self._stretches
        ]
        return _frame(rows, ["story", "version", "start", "end", "kind", "text"])


class Story:
    """A story: `name`, `title`, `folder` and its `versions` (dict by id, the earlier first)."""

    def __init__(self, entry: Any, versions, *, name, folder=None):
        self.entry = entry
        self.name = name
        self.title = entry.title
        self.folder = folder
        self.versions = versions

    def __repr__(self):
        return f"Story({self.name!r}: {', '.join(self.versions)})"

    @cached_property
    def sentences(self) -> "pd.DataFrame":
        """DataFrame: the sentences of all versions."""
        return _concat([version.sentences for version in self.versions.values()])

    @cached_property
    def boilerplate(self) -> "pd.DataFrame":
        """DataFrame: the boilerplate of all versions."""
        return _concat([version.boilerplate for version in self.versions.values()])

    @cached_property
    def provenance(self) -> "pd.DataFrame":
        """DataFrame: a row a version with label, date, source, file and hash."""
        columns = ["version", "label", "date", "source", "url", "retrieved", "file", "sha256"]
        rows = [
            v.entry.model_dump() | {"version": v.id, "label": v.label, "sha256": v.sha256}
            for v in self.versions.values()
        ]
        return _frame(rows, columns)

    def version(self, version_id: str) -> Version:
        """The version of that id, or an InputError that names those there are."""
        if version_id not in self.versions:
            raise InputError(
                f"The story {self.name} has no version '{version_id}'; choose from "
                f"{', '.join(self.versions)}."
            )
        return self.versions[version_id]


def read_story(name: str | Path) -> Story:
    """A story by its name under `data/stories`, or by the path of its folder.

    Returns a `Story`. Raises InputError, in one sentence, when the folder, `story.toml` or a version is
    missing or wrong: not UTF-8, binary, empty, or with another hash than the one that is written down.
    """
    folder = story_folder(name)
    entry = toml_files.read_toml(folder / "story.toml", StoryEntry)
    versions = {one.id: _read_version(folder, one) for one in entry.versions}
    _check_lede(folder, entry.lede, versions)
    return Story(entry, versions, name=folder.resolve().name, folder=folder)


def _check_lede(folder, lede, versions):
    """Refuse a lede that cites words which its version does not have."""
    for one in [*lede.claims, *lede.then] if lede else []:
        if one.version not in versions or one.words not in versions[one.version].text:
            raise InputError(
                f"{folder / 'story.toml'}, lede: the version '{one.version}' does not have the words '{one.words}'; "
                "cite them as they are written."
            )


def story_folder(name: str | Path) -> Path:
    """The folder of the story named, or an InputError that lists the stories there are."""
    stories = toml_files.data_folder() / "stories"
    text = str(name)
    is_path = "/" in text or "\\" in text or text in (".", "..") or Path(text).is_absolute()
    folder = Path(name) if is_path else stories / text
    if (folder / "story.toml").is_file():
        return folder
    if folder.is_dir():
        raise InputError(
            f"{folder} has no story.toml; write one, or make the story with scripts/new_story.py."
        )
    known = sorted(path.parent.name for path in stories.glob("*/story.toml"))
    raise InputError(f"There is no story '{name}'; choose from {', '.join(known)}, or give a folder's path.")


def story_from_texts(texts: Mapping[str, str], *, name: str = "story", title: str | None = None) -> Story:
    """A `Story` from a dict of version id and text, for programs that have no folder.

    Raises InputError where a text holds half of a surrogate pair, which no file in UTF-8 can: tables and
    pages could not be written. An empty text is taken; it has no sentences.
    """
    for one, text in texts.items():
        if half := re.search("[\ud800-\udfff]", text):
            raise InputError(
                f"The version {one} holds half of a surrogate pair (U+{ord(half.group()):04X}, character "
                f"{half.start()}), which is no text; replace it, with U+FFFD for one."
            )
    entries = [VersionEntry(id=one, file=f"{one}.txt", label=one) for one in texts]
    entry = StoryEntry(title=title or name, versions=entries)
    versions = {one.id: Version(one, texts[one.id], story=name) for one in entries}
    return Story(entry, versions, name=name)


def _read_version(folder, entry):
    path = folder / entry.file
    if not path.is_file():
        raise InputError(
            f"{folder / 'story.toml'} names the version file {entry.file}, which is not there; add it."
        )
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{path} leads out of the story's folder; put the file itself there.")
    if path.stat().st_size > 4 * MOST_CHARACTERS:
        raise InputError(_too_long(path, f"{path.stat().st_size:,} bytes"))
    text = toml_files.read_text(path)
    if len(text) > MOST_CHARACTERS:
        raise InputError(_too_long(path, f"{len(text):,} characters"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    if entry.sha256 and entry.sha256.lower() != sha256:
        raise InputError(
            f"{path} has the SHA-256 {sha256}, not {entry.sha256} as story.toml says; "
            "restore the file, or write its hash down."
        )
    version = Version(entry, text, story=folder.resolve().name, sha256=sha256)
    if not read(version.body).tokens:
        what = "is empty" if not text.strip() else "holds no article, only the page around one"
        raise InputError(f"{path} {what}; give the text of the version.")
    return version


def _too_long(path, length):
    return (
        f"{path} has {length}; a version may have {MOST_CHARACTERS:,} characters, so give the article alone."
    )


def _frame(rows, columns):
    import pandas as pd

    return pd.DataFrame(rows, columns=columns)


def _concat(frames):
    import pandas as pd

    return pd.concat(frames, ignore_index=True)
