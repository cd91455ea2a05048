"""The stories of an archive, whatever its form, without ever holding the archive in memory.

An archive is read twice. The first time, each row's story and place are put into an index on disk, which
gives the stories in the order in which they first appear, however their versions are scattered; the second
time each part of a run reads its own rows by their places. Forms: folders of stories, JSON Lines, CSV and
TSV, Parquet, a diffengine database, and the databases of NewsEdits (Spangher et al. 2022).
"""

import csv
import errno
import hashlib
import io
import json
import re
import sqlite3
import sys
import tempfile
from contextlib import closing
from html.parser import HTMLParser
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from copydesk.corpus.story_rows import Options, RawVersion, in_order, moment
from copydesk.engine import toml_files
from copydesk.errors import InputError
from copydesk.show.counts_and_lists import listing
from copydesk.stories.dates import iso_date
from copydesk.stories.story import read_story
from copydesk.stories.whole_folder import written_whole

FIELDS = ("story", "version", "published", "text", "title", "url")
_NEEDED = ("story", "text")
_LINE_FORMS = {".jsonl": "json", ".ndjson": "json", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet"}
_DATABASES = (".db", ".sqlite", ".sqlite3")
_DELIMITERS = {"csv": ",", "tsv": "\t", "semicolons": ";"}
# What is read of the tables of the databases.
_COLUMNS = {
    "entryversion": ("entry_id", "title", "created", "summary"),
    "split_sentences": ("entry_id", "version", "sent_idx", "sentence"),
}
# A part is closed when its rows have so many bytes, so that no worker holds more at once.
_MOST_BYTES = 16_000_000


class Source(NamedTuple):
    """An archive: its `path`, and its files as pairs of form and path. `columns`: name of a field -> of a column."""

    path: str
    files: list
    columns: dict


class Part(NamedTuple):
    """Some stories of an archive: `number` from 0; `stories`: pairs of id and list of places."""

    number: int
    stories: list


def open_source(path, columns=None):
    """The `Source` at a path. Raises InputError where there is no archive, or columns are named that no field has."""
    path = whole_path(path)
    for name in columns or {}:
        if name not in FIELDS:
            raise InputError(f"There is no field '{name}' to map a column to; use {', '.join(FIELDS)}.")
    if path.is_dir():
        folders = sorted(str(one.parent.relative_to(path)) for one in path.rglob("story.toml"))
        if folders:
            return Source(str(path), [("folder", name) for name in folders], dict(columns or {}))
        # What is known of a generated archive stands beside it.
        found = sorted(one for one in path.iterdir() if one.is_file() and one.stem != "truth")
        files = [(form, str(one)) for one in found if (form := _form(one))]
        if not files:
            raise InputError(
                f"{path} holds no archive; give folders with story.toml, JSON Lines, CSV or Parquet."
            )
        return Source(str(path), files, dict(columns or {}))
    if not path.is_file():
        raise InputError(
            f"There is no archive {path}; give a folder of stories, a file of versions or a database."
        )
    form = _form(path)
    if form is None:
        raise InputError(
            f"{path} is in no form that is read; give .jsonl, .csv, .tsv, .parquet or a SQLite database."
        )
    return Source(str(path), [(form, str(path))], dict(columns or {}))


def whole_path(path):
    """A path from the root, without steps back; links in it stay, since a cluster's machines may know no others."""
    path = Path(path).absolute()
    return path.resolve() if ".." in path.parts else path


def _form(path):
    if path.suffix.lower() in _LINE_FORMS:
        form = _LINE_FORMS[path.suffix.lower()]
        return "semicolons" if form == "csv" and _has_semicolons(path) else form
    if path.suffix.lower() in _DATABASES:
        tables = _tables(path)
        if "entryversion" in tables:
            return "database"
        if "split_sentences" in tables:
            return "sentences"
        raise InputError(f"{path} is no database of diffengine or NewsEdits: it has neither entryversion nor "
                         "split_sentences.")  # fmt: skip
    return None


def _has_semicolons(path):
    """Whether a CSV file is one of a country where commas stand in numbers."""
    with open(path, "rb") as file:
        heads = file.readline(10_000)
    return b";" in heads and b"," not in heads


def _tables(path):
    try:
        with closing(_connect(path)) as base:
            return {
                name.lower()
                for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path} cannot be read as a SQLite database ({error}).") from None


def _connect(path):
    # Read-only; bytes that are no UTF-8 are kept, and refused when the story is read.
    base = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    base.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return base


def fingerprint(source):
    """SHA-256 over the archive: the bytes of its files and their names, in order."""
    total = hashlib.sha256()
    for form, name in source.files:
        paths = [Path(name)]
        if form == "folder":
            paths = sorted(one for one in (Path(source.path) / name).iterdir() if one.is_file())
        for path in paths:
            with open(path, "rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            total.update(f"{form} {path.name} {digest}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


# --- the index --------------------------------------------------------------------------------------


class Index:
    """Where each story's rows are, on disk. `work`: a folder for it, and for what must be unpacked."""

    def __init__(self, source, work, part=0):
        self.source = source
        self._work = Path(work)
        self._base = sqlite3.connect(self._work / "index.sqlite")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("CREATE TABLE rows (n INTEGER PRIMARY KEY, story TEXT, place TEXT, size INTEGER)")
        rows = chain.from_iterable(self._places(number) for number in range(len(source.files)))
        try:
            self._base.executemany(
                "INSERT INTO rows (story, place, size) VALUES (?, ?, ?)",
                ((_clean_id(story), json.dumps(place), size) for story, place, size in rows),
            )
        except BaseException:
            self.close()
            raise
        self._base.execute("CREATE INDEX by_story ON rows (story, n)")
        self.stories, self.rows = self._base.execute(
            "SELECT COUNT(DISTINCT story), COUNT(*) FROM rows"
        ).fetchone()
        # Whatever the number of workers, the same archive has the same parts.
        self.part_size = part or max(8, min(250, self.stories // 64))
        self._base.commit()

    def close(self):
        self._base.close()

    def parts(self):
        """The parts, one after the other; stories in the order of their first rows."""
        found = self._base.execute(
            "SELECT rows.story, rows.place, rows.size FROM rows JOIN "
            "(SELECT story, MIN(n) AS first FROM rows GROUP BY story) AS firsts ON rows.story = firsts.story "
            "ORDER BY firsts.first, rows.n"
        )
        number, stories, size = 0, [], 0
        for story, rows in groupby(found, key=lambda row: row[0]):
            places = [(json.loads(place), bytes_) for _, place, bytes_ in rows]
            own = sum(bytes_ for _, bytes_ in places)
            if stories and (len(stories) == self.part_size or size + own > _MOST_BYTES):
                yield Part(number, stories)
                number, stories, size = number + 1, [], 0
            stories.append((story, [place for place, _ in places]))
            size += own
        if stories:
            yield Part(number, stories)

    def places(self, story):
        """The places of one story's rows, or an InputError."""
        rows = self._base.execute(
            "SELECT place FROM rows WHERE story = ? ORDER BY n", [str(story)]
        ).fetchall()
        if not rows:
            raise InputError(
                f"The archive has no story '{story}'; ids are written as in the tables of a run."
            )
        return [json.loads(place) for (place,) in rows]

    def _places(self, number):
        """(story, place, bytes) of each row of a file."""
        form, name = self.source.files[number]
        column = self.source.columns.get("story", "story")
        if form == "folder":
            yield name, ["folder", name], _folder_size(Path(self.source.path) / name)
        elif form == "parquet":
            yield from _parquet_places(name, number, self.source.columns, self._work / f"rows-{number}.jsonl")
        elif form == "json":
            yield from _json_places(name, number, self.source.columns)
        elif form in _DELIMITERS:
            yield from _csv_places(name, number, column, form, self.source.columns)
        elif form == "database":
            yield from _database_places(name, number)
        else:
            yield from _sentence_places(name, number)


def _clean_id(story):
    """A story's id as text; a number that was written as 4212.0 is 4212."""
    if isinstance(story, float) and story.is_integer():
        story = int(story)
    return str(story).encode("utf-8", "backslashreplace").decode("utf-8")


def _folder_size(folder):
    return sum(one.stat().st_size for one in folder.iterdir() if one.is_file())


def _broken(name, where, reason):
    """A row that belongs to no story that could be told: it is a story that fails."""
    label = f"{Path(name).name}, {where}"
    return label, ["broken", reason], 0


def _json_places(name, number, columns, at="json"):
    offset, column, checked = 0, columns.get("story", "story"), False
    with open(name, "rb") as file:
        for count, line in enumerate(file, 1):
            start, offset = offset, offset + len(line)
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig", "surrogateescape"))
            except (ValueError, RecursionError):
                yield _broken(name, f"line {count}", "the line is not JSON")
                continue
            if not isinstance(row, dict):
                yield _broken(name, f"line {count}", "the line is no JSON object")
                continue
            if not checked:  # the first line shows whether the names are right
                checked = True
                _check_columns(name, list(row), columns)
            story = row.get(column)
            if story is None or story == "":
                yield _broken(name, f"line {count}", "the line names no story")
            else:
                yield story, [at, number, start, len(line)], len(line)


class _Lines:
    """The lines of a file as text, and how many bytes have been given out."""

    def __init__(self, file):
        self._file = file
        self.offset = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self._file)
        self.offset += len(line)
        return line.decode("utf-8", "surrogateescape")


def _csv_places(name, number, column, form, columns):
    _allow_long_fields()
    with open(name, "rb") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=_DELIMITERS[form])
        header = [title.removeprefix("\ufeff") for title in next(reader, [])]
        if not header:
            return
        if re.search("[\0\ud800-\udfff]", "".join(header)):
            raise InputError(f"{name} is not UTF-8: save it as CSV in UTF-8.")
        _check_columns(name, header, columns)
        place = header.index(column)
        start = lines.offset
        for count, row in enumerate(reader, 1):
            size, first = lines.offset - start, start
            start = lines.offset
            if not row:
                continue
            if len(row) != len(header) or not row[place]:
                problem = (
                    "names no story"
                    if len(row) == len(header)
                    else f"has {len(row)} fields, not {len(header)}"
                )
                yield _broken(name, f"row {count}", f"the row {problem}")
            else:
                yield row[place], [form, number, first, size, header], size


def _allow_long_fields():
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def _check_columns(name, header, columns):
    wanted = {field: columns.get(field, field) for field in (*_NEEDED, *columns)}
    missing = {field: column for field, column in wanted.items() if column not in header}
    if missing:
        raise InputError(
            f"{name} has no column {' and none '.join(repr(one) for one in missing.values())}; it has "
            f"{', '.join(header)}: name the right with {' '.join(f'--columns {field}=NAME' for field in missing)}."
        )


def _parquet_places(name, number, columns, spool):
    """Parquet cannot be read row by row: it is unpacked, batch by batch, into lines that can."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(name) as file:
            _check_columns(name, file.schema_arrow.names, columns)
            titles = {field: columns.get(field, field) for field in FIELDS}
            present = [title for title in titles.values() if title in file.schema_arrow.names]
            with open(spool, "w", encoding="utf-8", newline="\n") as lines:
                for group in range(file.num_row_groups):
                    try:
                        for batch in file.iter_batches(256, row_groups=[group], columns=present):
                            lines.writelines(json.dumps(row, default=str) + "\n" for row in batch.to_pylist())
                    except (pa.ArrowException, OSError) as error:
                        yield _broken(
                            name, f"row group {group}", f"the rows cannot be read ({_short(error)})"
                        )
    except (pa.ArrowException, OSError) as error:
        yield _broken(name, "whole", f"the file cannot be read as Parquet ({_short(error)})")
        return
    yield from _json_places(spool, number, columns, at="spool")


def _short(error):
    return str(error).splitlines()[0][:200]


def _columns_of(base, table):
    return {name.lower() for _, name, *_ in base.execute(f"PRAGMA table_info({table})")}


def _check_table(name, base, table):
    missing = [column for column in _COLUMNS[table] if column not in _columns_of(base, table)]
    if missing:
        raise InputError(f"{name} has a table {table} without {listing(missing)}, and is not read.")


def _database_places(name, number):
    with closing(_connect(name)) as base:
        _check_table(name, base, "entryversion")
        what = "entry_id, rowid, LENGTH(CAST(summary AS BLOB))"
        for damage, row in _readable_rows(base, what, "entryversion"):
            if damage:
                yield _broken(
                    name, f"entryversion {damage}", "the rows cannot be read: the database is damaged"
                )
            elif row[0] is None:
                yield _broken(name, f"entryversion {row[1]}", "the row names no entry")
            else:
                story, place, size = row
                yield story, ["database", number, place], size or 0


def _sentence_places(name, number):
    with closing(_connect(name)) as base:
        _check_table(name, base, "split_sentences")
        what = "entry_id, rowid, CAST(version AS INTEGER), LENGTH(CAST(sentence AS BLOB))"
        found = {}  # (story, version) -> first row, last row, bytes
        for damage, row in _readable_rows(base, what, "split_sentences"):
            if damage:
                yield _broken(
                    name, f"split_sentences {damage}", "the rows cannot be read: the database is damaged"
                )
                continue
            story, place, version, size = row
            if story is None:
                yield _broken(name, f"split_sentences {place}", "the row names no entry")
            else:
                first, _, before = found.get((story, version), (place, place, 0))
                found[story, version] = first, place, before + (size or 0)
        for (story, version), (first, last, size) in sorted(found.items(), key=lambda one: one[1][0]):
            yield story, ["sentences", number, story, version, first, last], size


def _readable_rows(base, what, table):
    """(None, row) for each row of a table, and ("FIRST to LAST", None) for each gap where the file is damaged.

    what: the columns; the second is the row's number. Behind a page that is damaged the next that can be read is
    looked for by doubling steps, and then by halving them. Numbers that do not rise are damage too: a page that
    points back to an earlier one gives rows without end.
    """
    last, end = 0, _last_row(base, table)
    while True:
        try:
            for row in base.execute(f"SELECT {what} FROM {table} WHERE rowid > ? ORDER BY rowid", [last]):
                if row[1] <= last:
                    break
                last = row[1]
                yield None, row
            else:
                if last < end:
                    yield f"{last + 1} to {end}", None
                return
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            pass
        first = _first_readable(base, what, table, last, end)
        if first > end:  # nothing more can be read
            yield f"{last + 1} on", None
            return
        if first > last + 1:
            yield f"{last + 1} to {first - 1}", None
        row = base.execute(_FROM.format(what, table), [first]).fetchone()
        last = row[1]
        yield None, row


_FROM = "SELECT {} FROM {} WHERE rowid >= ? ORDER BY rowid LIMIT 1"


def _last_row(base, table):
    try:
        return base.execute(f"SELECT MAX(rowid) FROM {table}").fetchone()[0] or 0
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return 0


def _first_readable(base, what, table, last, end):
    """The number of the first row behind `last` from which on a row can be read; beyond `end` where none can."""

    def reads(place):
        try:
            row = base.execute(_FROM.format(what, table), [place]).fetchone()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
        return row is not None and row[1] >= place

    step = 1
    while last + step <= end and not reads(last + step):
        step *= 2
    low, high = last + step // 2, min(last + step, end + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reads(middle) else (middle, high)
    return high


# --- a story's rows ---------------------------------------------------------------------------------


class Rows:
    """Reads the rows of a source by their places. A context manager; files are kept open within it."""

    def __init__(self, source, work):
        self._source = source
        self._work = Path(work)
        self._open = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for one in self._open.values():
            one.close()

    def read(self, places):
        """list[RawVersion] at the places. Raises InputError where one cannot be read."""
        return [version for place in places for version in self._at(place)]

    def _at(self, place):
        kind = place[0]
        if kind == "broken":
            raise InputError(place[1])
        if kind == "folder":
            return _folder_versions(Path(self._source.path) / place[1])
        if kind in ("json", "spool"):
            name = (
                self._source.files[place[1]][1] if kind == "json" else self._work / f"rows-{place[1]}.jsonl"
            )
            return [self._version(json.loads(self._piece(name, *place[2:])))]
        if kind in _DELIMITERS:
            _, number, offset, size, header = place
            _allow_long_fields()
            piece = io.StringIO(self._piece(self._source.files[number][1], offset, size), newline="")
            values = next(csv.reader(piece, delimiter=_DELIMITERS[kind]))
            return [self._version(dict(zip(header, values, strict=True)))]
        base = self._base(self._source.files[place[1]][1])
        try:
            return [
                _entry_version(base, place[2]) if kind == "database" else _joined_sentences(base, *place[2:])
            ]
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise InputError(f"its rows cannot be read ({error})") from None

    def _piece(self, name, offset, size):
        file = self._open.get(name)
        if file is None:
            file = self._open[name] = open(name, "rb")  # noqa: SIM115
        file.seek(offset)
        piece = file.read(size)
        if len(piece) < size:
            raise OSError(f"{name} has become shorter while it was read")
        return _decoded(piece).removeprefix("\ufeff")

    def _base(self, name):
        if name not in self._open:
            self._open[name] = _connect(name)
        return self._open[name]

    def _version(self, row):
        named = {field: row.get(self._source.columns.get(field, field)) for field in FIELDS}
        text = named["text"]
        if not isinstance(text, str):
            raise InputError("a version has no text" if text is None else "a version's text is no text")
        version = None if named["version"] in (None, "") else _clean_id(named["version"])
        title = None if named["title"] in (None, "") else _sound(str(named["title"]))
        published = _sound(named["published"]) if isinstance(named["published"], str) else named["published"]
        url = None if named["url"] in (None, "") else _sound(str(named["url"]))
        return RawVersion(version, published, plain_text(_sound(text)), title, url=url)


def _decoded(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"a version is not UTF-8 (byte {error.start} of its row is 0x{data[error.start]:02x})"
        ) from None


def _sound(text):
    """The text, or an InputError where it holds half a surrogate pair, which no file in UTF-8 can."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"a version holds half a surrogate pair (character {error.start})") from None
    return text


def _is_passing(error):
    """Whether a folder's fault is the machine's: a file that is missing or is none is the story's own."""
    own = FileNotFoundError, IsADirectoryError, NotADirectoryError
    return isinstance(error, OSError) and not isinstance(error, own) and error.errno != errno.ELOOP


def _folder_versions(folder):
    """The versions of a story's folder, in the order of its story.toml; their dates where they agree with it."""
    try:
        versions = list(read_story(folder).versions.values())
    except InputError as error:
        (
            folder / "story.toml"
        ).stat()  # an OSError where the folder is out of reach: that is no fault of the story's
        if _is_passing(error.__context__):
            raise error.__context__ from None
        raise
    dates = [None if one.entry.date == "not stated" else one.entry.date for one in versions]
    times = [time for date in dates if (time := moment(date)) is not None]
    agree = times == sorted(times)
    return [
        RawVersion(
            one.id,
            date if agree else None,
            one.text,
            rank=rank,
            url=None if one.entry.url == "not stated" else one.entry.url,
        )
        for rank, (one, date) in enumerate(zip(versions, dates, strict=True))
    ]


def _entry_version(base, row):
    """A version of a diffengine or NewsEdits database; NewsEdits numbers versions, diffengine's ids do."""
    columns = _columns_of(base, "entryversion")
    version, url = "version" if "version" in columns else "id", "url" if "url" in columns else "NULL"
    found = base.execute(
        f"SELECT {version}, created, summary, title, {url} FROM entryversion WHERE rowid = ?", [row]
    )
    number, created, summary, title, url = found.fetchone() or (row, *[None] * 4)
    if summary is None:
        raise InputError(f"version {number} has no text")
    text = _strict(summary)
    title, url = (_strict(value) if value else None for value in (title, url))
    return RawVersion(_clean_id(number), created, plain_text(text, html=True), title, url=url)


def _joined_sentences(base, story, version, first, last):
    """A version of NewsEdits' `split_sentences`; its sentences carry the marks of paragraphs with them."""
    found = base.execute(
        "SELECT sentence FROM split_sentences WHERE rowid BETWEEN ? AND ? AND entry_id = ? "
        "AND CAST(version AS INTEGER) = ? ORDER BY CAST(sent_idx AS INTEGER), rowid",
        [first, last, story, version],
    )
    text = " ".join(_strict(sentence) for (sentence,) in found if sentence)
    return RawVersion(_clean_id(version), None, plain_text(text, html=True))


def _strict(text):
    return _decoded(str(text).encode("utf-8", "surrogateescape"))


# --- HTML -------------------------------------------------------------------------------------------

_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article".split())
_SILENT = frozenset(("script", "style"))
_BLANKS = re.compile(r"[^\S\n]+")


class _Words(HTMLParser):
    """The words of a piece of HTML; a block begins on a line of its own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        if tag in _BLOCKS:
            self.pieces.append("\n")
        self._silent += tag in _SILENT

    def handle_endtag(self, tag):
        if tag in _BLOCKS:
            self.pieces.append("\n")
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data):
        if not self._silent:
            self.pieces.append(data.replace("\n", " "))


def plain_text(text, html=None):
    """The words of a text, a line each paragraph, where it is HTML; else the text as it is.

    html: whether it is; None: where a paragraph is marked with `<p>`.
    """
    if html is None:
        html = "</p>" in text or text[:40].lstrip().lower().startswith(("<p>", "<p "))
    if not html:
        return text
    words = _Words()
    words.feed(text)
    words.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(words.pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


# --- a story of an archive by itself ----------------------------------------------------------------


def export_story(archive: str | Path, story: str, folder: str | Path, options: Options) -> Path:
    """Write one story of an archive as a folder that `report.py` reads; returns the folder (Path).

    archive: a path. story: its id, as in the tables of a run. Its versions are `v1`, `v2`, … in order of time.
    A story that is a folder already stays where it is. Raises InputError where there is no such story.
    """
    source = open_source(archive, options.columns)
    with tempfile.TemporaryDirectory(prefix="copydesk-") as work:
        index = Index(source, work)
        try:
            places = index.places(story)
        finally:
            index.close()
        if places[0][0] == "folder":
            return Path(source.path) / places[0][1]
        with Rows(source, work) as rows:
            versions = in_order(rows.read(places), options)
    return write_story(folder, story, versions)


def write_story(folder, story, versions):
    """Write a story's folder from its versions (list[RawVersion], the earliest first)."""
    title = next((one.title for one in reversed(versions) if one.title), None) or f"Story {story}"
    lines = [f"title = {_toml(title)}"]
    for number, one in enumerate(versions, 1):
        lines += ["", "[[versions]]", f'id = "v{number}"', f'file = "v{number}.txt"',
                  f"label = {_toml(f'version {one.version}')}", *_dated(one.published)]  # fmt: skip
        lines += [f"url = {_toml(one.url)}"] if one.url else []
    with written_whole(folder) as build:
        for number, one in enumerate(versions, 1):
            (build / f"v{number}.txt").write_bytes(one.text.encode("utf-8"))
        (build / "story.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Path(folder)


def _dated(published):
    """The line of story.toml on when a version was published; what is no date in ISO form is told as the archive has it."""
    if published is None:
        return []
    try:
        return [f"date = {_toml(iso_date(str(published)))}"]
    except ValueError:
        return [f"source = {_toml(f'dated {published} in the archive')}"]


def _toml(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def corpora_folder():
    """The folder of the archives that come with the project."""
    return toml_files.data_folder() / "corpora"
