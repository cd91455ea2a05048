"""What a run writes: a folder of Parquet for each table, a file a part, and what says which parts are finished.

Nothing is written in place: a file gets its name when it is whole, and a part counts as finished when its
receipt, written last, tells the hash of each of its files. The same part gives the same bytes, however often
and wherever it is done.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from copydesk.corpus.story_rows import COLUMNS, TABLES, moment
from copydesk.errors import InputError
from copydesk.show.counts_and_lists import listing

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
# What else stands in a run's folder while it runs: the folder that it works in begins with the one name.
WORK, LOCK = ".work", ".lock"
# What a receipt and the manifest count besides rows: stories of one version, versions that tell no time of
# publication, and those whose time cannot be read.
NOTED = ("stories_of_one_version", "undated_versions", "unread_dates")
_TEXT = frozenset(
    """story version before after published published_before published_after title url sha256 relation kind level
    statement same_as sentence source source_id source_type affiliation actor resolved_by cue content content_spans
    quoted_spans quotation cue_class cue_lemma marker marker_class polarity voice measure spans text label category
    type sender sender_id target target_id obligated_party condition exemption status change binding_before binding_after unit
    reason holds""".split()
)
_NUMBERS = frozenset(
    """similarity hours reading_ease grade words_per_sentence syllables_per_word reading_ease_change grade_change
    quantity""".split()
)
_FLAGS = frozenset("moved negated umbrella title_changed same_text".split())


def schema(table):
    """The Arrow schema of a table."""
    import pyarrow as pa

    fields = []
    for name in COLUMNS[table]:
        flag = name in _FLAGS and not (table == "summary" and name == "moved")
        kind = pa.bool_() if flag else pa.float64() if name in _NUMBERS else pa.int32()
        fields.append(pa.field(name, pa.string() if name in _TEXT else kind))
    return pa.schema(fields)


def write_json(path, content):
    """Write JSON under a name that is taken when it is whole."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    _put(path, lambda file: file.write(text.encode("utf-8", "backslashreplace")))


def _put(path, write):
    """Write a file beside its place, then put it there; returns its SHA-256. Two may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        with open(name, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return digest


class Store:
    """The folder of a run, for those who write into it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._plan = self.folder / "plan.json"

    def table_path(self, table, number):
        return self.folder / table / f"part-{number:05d}.parquet"

    def _receipt_path(self, number):
        return self.folder / "parts" / f"{number:05d}.json"

    def write_part(self, number, rows, stories, run_id):
        """Write the rows (dict from table to list of tuples) of a part, and its receipt, which is returned."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        files = {}
        for table in TABLES:
            kind = schema(table)
            columns = list(zip(*rows[table], strict=True)) or [()] * len(kind)
            arrays = [pa.array(values, one.type) for values, one in zip(columns, kind, strict=True)]
            made = pa.Table.from_arrays(arrays, schema=kind)
            digest = _put(
                self.table_path(table, number),
                lambda file, made=made: pq.write_table(made, file, compression="zstd"),
            )
            files[table] = {"rows": len(rows[table]), "sha256": digest}
        receipt = {"part": number, "run": run_id, "stories": stories, "tables": files, **_noted(rows)}
        write_json(self._receipt_path(number), receipt)
        return receipt

    def receipt(self, number, run_id):
        """The receipt of a part that is finished and whole, else None."""
        try:
            receipt = json.loads(self._receipt_path(number).read_text(encoding="utf-8"))
            if receipt["run"] != run_id or not receipt.keys() >= set(NOTED):
                return None
            for table, file in receipt["tables"].items():
                with open(self.table_path(table, number), "rb") as opened:
                    if hashlib.file_digest(opened, "sha256").hexdigest() != file["sha256"]:
                        return None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return receipt

    @contextmanager
    def held(self):
        """Hold the folder for one run alone. Raises InputError where another holds it.

        An empty folder goes at the end, and so does what was half written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK, thread_local=False)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise InputError(
                f"Another run is at work in {self.folder}; wait until it has ended, or name another folder with --output."
            ) from None
        try:
            yield
        finally:
            with suppress(OSError):
                self._sweep()
            with suppress(OSError):
                (self.folder / LOCK).unlink(missing_ok=True)  # while it is held: nobody else's goes
            lock.release()
            with suppress(OSError):
                self.folder.rmdir()

    def _sweep(self):
        """Remove the files of a run that were not finished."""
        for table in (".", "parts", *TABLES):
            for left in (self.folder / table).glob(".*.tmp"):
                left.unlink(missing_ok=True)

    def forget_failed(self):
        """Take away the receipts of the parts in which a story failed, so that they are done anew."""
        for path in sorted((self.folder / "parts").glob("*.json")):
            receipt = _read_json(path)
            with suppress(TypeError, KeyError):
                if receipt["tables"]["failed"]["rows"]:
                    path.unlink()

    def refuse_another(self, run_id, what, restart=False):
        """Raise InputError where the folder holds another run, unless it is to begin anew, or anything else."""
        known = _read_json(self._plan)
        is_run = known is not None or (self.folder / MANIFEST).exists()
        # A run that was killed before it had begun leaves a folder that it worked in.
        if not is_run and any(not one.name.startswith((WORK, LOCK)) for one in self.folder.iterdir()):
            raise InputError(
                f"{self.folder} holds other things than a run; name an empty folder with --output."
            )
        if is_run and not restart and (known or {}).get("run") != run_id:
            raise InputError(
                f"{self.folder} holds another run: {_differences((known or {}).get('what', {}), what)}. Begin anew with "
                "--restart, or name another folder with --output."
            )

    def claim(self, run_id, what, restart=False):
        """Make the folder ready for a run, which `refuse_another` has let pass."""
        if restart:
            self.clear()
        write_json(self._plan, {"run": run_id, "what": what})
        self._sweep()

    def clear(self):
        """Remove what a run wrote, and nothing else."""
        for name in (*TABLES, "parts"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for path in (self.folder / MANIFEST, self._plan):
            path.unlink(missing_ok=True)

    def drop_parts_from(self, number):
        """Remove the parts beyond the last, which an earlier run with other parts may have left."""
        for table in (*TABLES, "parts"):
            for path in (self.folder / table).glob("*[0-9].*"):
                if int(path.stem.removeprefix("part-")) >= number:
                    path.unlink()


def _noted(rows):
    """dict: the counts of `NOTED` in the rows of a part."""
    place = {name: COLUMNS["versions"].index(name) for name in ("story", "published")}
    stories = Counter(row[place["story"]] for row in rows["versions"])
    dates = [row[place["published"]] for row in rows["versions"]]
    told = [date for date in dates if date]
    counts = sum(n == 1 for n in stories.values()), len(dates) - len(told), sum(map(_is_unread, told))
    return dict(zip(NOTED, counts, strict=True))


def _is_unread(date):
    return moment(date) is None


def _differences(known, what):
    """What sets a run apart from the one whose plan is known, in words."""
    said = []
    if known.get("archive") != what["archive"]:
        said.append("of an archive with other contents")
    before, now = known.get("parameters", {}), what["parameters"]
    said += [
        f"with {name} {_said(before.get(name))} (now {_said(now[name])})"
        for name in now
        if before.get(name) != now[name]
    ]
    if known.get("rules") != what["rules"]:
        said.append("by other rules or codebooks than today's")
    return listing(said) or "one whose plan cannot be read"


def _said(value):
    if isinstance(value, dict):
        return ", ".join(f"{field}={name}" for field, name in value.items()) or "empty"
    return str(value)


def _read_json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


class Run:
    """A finished run, for those who read it: `manifest` (dict), `read(table)` (DataFrame).

    What is read is what the manifest tells of: a file that is missing, or has other bytes, is an InputError.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest = _read_json(self.folder / MANIFEST)
        if not _is_manifest(self.manifest):
            begun = any((self.folder / name).exists() for name in ("plan.json", MANIFEST))
            state = "was not finished; start it again" if begun else "is no run"
            raise InputError(f"{self.folder} {state}: scripts/corpus.py ARCHIVE --output {self.folder}.")
        self._files = {}

    def __repr__(self):
        return f"Run({self.folder.name!r}: {self.manifest['stories']} stories)"

    def read(self, table: str, columns: list[str] | None = None, where: Any = None) -> "pd.DataFrame":
        """A table as DataFrame; `columns`: those to read, all without; where: pyarrow's filters."""
        import pyarrow.parquet as pq

        if table not in TABLES:
            raise InputError(f"A run has no table '{table}'; it has {', '.join(TABLES)}.")
        if table not in self._files:
            self._files[table] = self._whole_files(table)
        kind = schema(table)
        if not self._files[table]:
            return kind.empty_table().to_pandas()
        found = pq.read_table(
            self._files[table], columns=columns, filters=where, schema=kind, partitioning=None
        )
        return found.to_pandas()

    def _whole_files(self, table):
        """The files of a table (list of str), each compared with the manifest's hash of it."""
        files, store = [], Store(self.folder)
        for part in self.manifest["parts"]:
            path = store.table_path(table, part["part"])
            try:
                with open(path, "rb") as file:
                    whole = hashlib.file_digest(file, "sha256").hexdigest() == part["tables"][table]["sha256"]
                damage = None if whole else "is not what the run wrote"
            except OSError as error:
                damage = f"cannot be read ({error.strerror})"
            if damage:
                raise InputError(
                    f"{path} {damage}; start the run again, which reads that part anew: scripts/corpus.py ARCHIVE "
                    f"--output {self.folder}."
                )
            files.append(str(path))
        return files

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """DataFrame: a row a comparison."""
        return self.read("summary")


def _is_manifest(content):
    """Whether a manifest tells of every part, and its counts of rows are those of its parts."""
    try:
        counts = {name: sum(part["tables"][name]["rows"] for part in content["parts"]) for name in TABLES}
        return content["rows"] == counts and content["stories"] == sum(p["stories"] for p in content["parts"])
    except (TypeError, KeyError):
        return False
