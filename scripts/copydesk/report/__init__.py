"""From a story to its report: notebooks run by papermill, then pages, and a PDF where one is asked for."""

import os
import re
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from copydesk.engine import codebooks, light_imports
from copydesk.errors import InputError
from copydesk.pages.story_page import open_page
from copydesk.report import pages
from copydesk.report import pdf as pdf_writer
from copydesk.report.workshop import FULL, cannot_write, open_workshop, recover
from copydesk.show.claims import gather_claims
from copydesk.stories.story import Rights, Story, StoryEntry, read_story

FORMATS = ("html", "pdf")
CELL_SECONDS = 600  # the longest that a cell may run, where no other limit is given

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ERRNO = re.compile(r"\[Errno (\d+)\]")
_HEADING = re.compile(r"^#{1,3} +(.+)$", re.MULTILINE)


@dataclass
class Failure:
    """A notebook that did not run to its end: its name, the cell, the error, and the executed copy."""

    notebook: str
    cell: int | None
    error: str
    copy: Path | None = None
    is_input: bool = False


@dataclass
class Report:
    """What a run made: the folder, its index, its PDF if any, and the notebooks that failed."""

    folder: Path
    index: Path
    pdf: Path | None = None
    failures: list[Failure] = field(default_factory=list)


def make_report(
    story_name, output, *, corpus=None, archive=None, stories=0, only=(), parameters=None, formats=("html",),
    jobs=None, timeout=None, progress=None,
):  # fmt: skip
    """Run the notebooks on a story and write its report to the folder `output`.

    story_name: a name or folder; None where many stories are studied and none by itself. corpus: an archive or
    run for the notebook of many stories, which runs only where there is one, or where `only` asks for it.
    stories: how many of its most revised stories get a report of their own inside this one; archive: where
    their texts are, if `corpus` is a run.
    only: names or numbers of notebooks, empty for all. parameters: dict of those of the notebooks. formats:
    of FORMATS; `pdf` comes beside the pages. jobs: notebooks at once. timeout: seconds a cell may run.
    progress: called with (notebook's name, "running", "done" or "failed", what it is at). Returns a Report.
    Raises InputError for a wrong input. The report is built beside the earlier one and takes its place only
    when it is whole; where a notebook fails, the earlier report stays.
    """
    output = Path(os.path.realpath(output))
    with suppress(OSError):
        recover(output)
    many = _corpus_parameters(corpus, archive, stories) if corpus else {}
    story = read_story(story_name) if story_name is not None else _many_stories(many["corpus"])
    paths = [path for path in find_notebooks(only) if only or _concerns(path, story, corpus)]
    per_notebook = check_parameters(paths, parameters or {})
    for path, given in per_notebook.items():
        if "story" in parameters_of(path):
            open_page([], story=story.folder, **given)  # a wrong value is refused before anything runs
    for path in paths:
        per_notebook[path] |= many if "corpus" in parameters_of(path) else {}
    with open_workshop(output) as workshop:
        try:
            tell = progress or (lambda name, state, place="": None)
            with _kernels_apart(workshop.folder):
                failures = _run_all(paths, per_notebook, story, workshop.report, jobs, timeout, tell)
            if failures:
                _keep_failed(workshop.report, output, failures)
                return Report(output, output / "index.html", failures=failures)
            gather_claims(workshop.report)
            planned = pdf_writer.NAME if "pdf" in formats else None
            pages.write_pages(story, workshop.report, parameters or {}, pdf=planned)
            if many and stories:
                _write_story_reports(many, workshop.report, jobs, timeout, tell)
            pdf = _write_pdf(story.title, workshop.report, tell) if "pdf" in formats else None
        except OSError as error:
            raise cannot_write(output, error) from error
        workshop.publish()
    _forget_failed(output)
    return Report(output, output / "index.html", pdf and output / pdf.name)


def _corpus_parameters(corpus, archive, stories):
    """The parameters of the notebook of many stories. Raises InputError where there is nothing to read."""
    from copydesk.corpus.page import find_corpus, where_texts_are

    found = {"corpus": str(find_corpus(corpus).resolve()), "reports": stories}
    if archive:
        found["archive"] = str(find_corpus(archive).resolve())
    if stories:
        where_texts_are(found["corpus"], found.get("archive"))
    return found


def _many_stories(corpus):
    """What stands in a story's place where many are studied."""
    name = Path(corpus).name
    entry = StoryEntry.model_construct(
        title=f"Many stories: {name}", versions=[], order=None, rights=Rights()
    )
    return Story(entry, {}, name=name)


def _concerns(path, story, corpus):
    """Whether a notebook has something to read."""
    declared = parameters_of(path)
    return bool(story.versions) if "story" in declared else bool(corpus)


def _write_story_reports(many, folder, jobs, timeout, tell):
    """Reports of the most revised stories of an archive, inside the report of the archive."""
    from copydesk.corpus.page import export_most_revised

    with tempfile.TemporaryDirectory(prefix="copydesk-") as place:
        for name, story in export_most_revised(many, folder, place):
            tell(name, "running")
            report = make_report(story, folder / "stories" / name, jobs=jobs, timeout=timeout)
            if report.failures:
                first = report.failures[0]
                raise InputError(f"The report of the story {name} failed: {first.notebook}, {first.error}")
            tell(name, "done")


def _write_pdf(title, folder, tell):
    tell("PDF", "running")
    path = pdf_writer.write_pdf(title, folder)
    tell("PDF", "done")
    return path


# --- notebooks and their parameters -----------------------------------------------------------------


def notebooks_folder():
    """The folder of the notebooks, beside `data`."""
    folder = codebooks.data_folder().parent / "notebooks"
    if not folder.is_dir():
        raise InputError(f"The notebooks folder {folder} is not there; it belongs beside the data folder.")
    return folder


def find_notebooks(only=()):
    """The paths of the collection's notebooks in order; `only` picks some by name, part of a name, or number."""
    every = sorted(notebooks_folder().glob("[0-9]*.ipynb"))
    if not only:
        return every
    chosen = []
    for wanted in only:
        stem = Path(wanted).name.removesuffix(".ipynb")
        match = [path for path in every if path.stem == stem or path.stem.split("-")[0] == stem]
        match = match or [path for path in every if stem in path.stem]
        if len(match) != 1:
            raise InputError(f"There is no notebook '{wanted}'; {_mend(stem, [path.stem for path in every])}")
        chosen += match
    return [path for path in every if path in chosen]


@cache
def parameters_of(path):
    """dict: a notebook's parameters by name, each with `inferred_type_name`, `default` and `help`."""
    return _papermill().inspect_notebook(_for_papermill(path))


def read_parameters(path):
    """The parameters in a YAML file: dict. Raises InputError."""
    import yaml

    text = codebooks.read_text(Path(path))
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise InputError(
            f"{path}{place}: this is not valid YAML; write a line NAME: VALUE for each."
        ) from None
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise InputError(f"{path} holds no parameters; write a line NAME: VALUE for each.")
    return found


def check_parameters(paths, given):
    """The parameters (dict) for each notebook (dict by path), as the types that the notebook annotates.

    A name that no notebook has, or a value of another type, is an InputError before anything runs.
    """
    declared = {path: parameters_of(path) for path in paths}
    elsewhere = {"story": "as an argument", "output": "with --output", "corpus": "with --corpus"}
    known = {name for parameters in declared.values() for name in parameters} - set(elsewhere)
    for name in given:
        if name in elsewhere:
            how = elsewhere[name]
            raise InputError(f"'{name}' is not set as a parameter; give it {how}.")
        if name not in known:
            raise InputError(f"The notebooks have no parameter '{name}'; {_mend(name, known)}")
    return {
        path: {
            n: _as_type(n, v, parameters[n]["inferred_type_name"])
            for n, v in given.items()
            if n in parameters
        }
        for path, parameters in declared.items()
    }


def _mend(word, known):
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"choose from {', '.join(sorted(known))}."


_EXAMPLES = {
    "float": "a number, such as 0.3",
    "int": "a whole number, such as 5",
    "list": "a list, such as china,united-states",
    "dict": "names and values, such as {a: 1}",
    "bool": "true or false",
}


def _as_type(name, value, kind):
    """A value given as text on the command line or in a file, as the type that the notebook wants."""
    import yaml

    if kind == "str":
        return str(value)
    parsed = value
    if isinstance(value, str):
        with suppress(yaml.YAMLError):
            parsed = yaml.safe_load(value)
    if kind == "float" and isinstance(parsed, str):
        with suppress(ValueError):  # YAML takes 1e-3 for a text
            parsed = float(parsed)
    if kind == "list" and isinstance(parsed, str):
        parsed = [part.strip() for part in parsed.split(",") if part.strip()]
    wanted = {"float": (int, float), "int": int, "list": list, "dict": dict, "bool": bool}.get(kind, object)
    if not isinstance(parsed, wanted) or (isinstance(parsed, bool) and kind in ("int", "float")):
        raise InputError(f"The parameter '{name}' is {value!r}; give {_EXAMPLES[kind]}.")
    return parsed


# --- running ----------------------------------------------------------------------------------------


def _papermill():
    light_imports.without_iri_grammar()
    import papermill

    return papermill


def _for_papermill(path):
    """A path as papermill wants it: braces would stand for parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


@contextmanager
def _kernels_apart(folder):
    """Kernels write what they need into the workshop, and read no settings and no history of the user's."""
    apart = {
        "JUPYTER_RUNTIME_DIR": str(folder / "kernels"),
        "IPYTHONDIR": str(folder / "ipython"),
        # A kernel that the user has installed elsewhere under this name is not ours.
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    before = {name: os.environ.get(name) for name in apart}
    os.environ.update(apart)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _run_all(paths, per_notebook, story, folder, jobs, timeout, tell):
    (folder / "executed").mkdir()
    _papermill()
    with ThreadPoolExecutor(min(len(paths), jobs or _processors())) as pool:
        running = [
            pool.submit(
                _run,
                path,
                _places(path, story, folder) | per_notebook[path],
                folder,
                timeout or CELL_SECONDS,
                tell,
            )
            for path in paths
        ]
        # While kernels start and compute, this process gets ready for what comes after them.
        ready = threading.Thread(target=_get_ready, args=(story,), daemon=True)
        ready.start()
        failures = [failure for failure in (one.result() for one in running) if failure]
    ready.join()
    return failures


def _processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _get_ready(story):
    import nbconvert.exporters  # noqa: F401

    for version in story.versions.values():
        _ = version.sentences


def _places(path, story, folder):
    """Where a notebook reads and writes, as far as it asks."""
    places = {"story": story.folder and str(story.folder.resolve()), "output": str(folder.resolve())}
    return {name: place for name, place in places.items() if name in parameters_of(path)}


def _run(path, parameters, folder, timeout, tell):
    """Run one notebook; a Failure if it does not come to its end."""
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    watch = _Watch(path.stem, tell)
    tell(path.stem, "running")
    try:
        _papermill().execute_notebook(
            _for_papermill(path),
            _for_papermill(folder / "executed" / path.name),
            parameters=parameters,
            progress_bar=False,
            kernel_name="python3",
            # Written once, at the end: papermill would write the whole notebook twice a cell.
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            execution_timeout=timeout,
            # Without encryption a kernel prints a warning; with IPC, parallel kernels share their sockets.
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
            # papermill's `cwd` would change the folder of this whole process, with all its threads.
            resources={"metadata": {"path": str(folder)}},
            shutdown_kernel="immediate",
            on_notebook_start=watch.start,
            on_cell_execute=watch.cell,
        )
    except PapermillExecutionError as error:
        failure = _failure(path.stem, error, folder)
    except CellTimeoutError:
        watch.save(folder / "executed" / path.name)
        failure = Failure(path.stem, watch.number, f"the cell ran longer than {timeout} seconds (--timeout)")
    except RuntimeError as error:  # nbclient's word for a kernel that died or never answered
        watch.save(folder / "executed" / path.name)
        failure = Failure(
            path.stem, watch.number, f"{' '.join(str(error).split())[:300]} (too little memory?)"
        )
    else:
        tell(path.stem, "done")
        return None
    tell(path.stem, "failed")
    return failure


def _failure(name, error, folder):
    """A Failure in one sentence; an InputError for a full disk, whoever met it."""
    sentence = " ".join(_ANSI.sub("", error.evalue).split()) or error.ename
    if error.ename == "InputError":
        return Failure(name, error.exec_count, sentence, is_input=True)
    number = _ERRNO.search(sentence)
    if error.ename == "OSError" and number and int(number.group(1)) in FULL:
        raise OSError(int(number.group(1)), sentence)
    return Failure(name, error.exec_count, f"{error.ename}: {sentence}"[:500])


class _Watch:
    """Follows a notebook as it runs, to say what it is at and to keep it if its kernel is lost."""

    def __init__(self, name, tell):
        self.name, self.tell = name, tell
        self.notebook, self.number = None, None

    def start(self, notebook):
        self.notebook = notebook

    def cell(self, cell, cell_index):
        if cell.cell_type != "code":
            return
        before = self.notebook.cells[: cell_index + 1]
        self.number = sum(one.cell_type == "code" for one in before)
        headings = [
            heading
            for one in before
            if one.cell_type == "markdown"
            for heading in _HEADING.findall(one.source)
        ]
        self.tell(self.name, "running", headings[-1] if headings else f"cell {self.number}")

    def save(self, path):
        import nbformat

        if self.notebook is not None:
            path.write_text(nbformat.writes(self.notebook), encoding="utf-8")


# --- failed notebooks -------------------------------------------------------------------------------


def _failed_folder(output):
    return output.parent / f"{output.name}.failed"


def _keep_failed(folder, output, failures):
    """Move the executed copies of failed notebooks to a place of their own; raise what is a wrong input."""
    wrong = next((one for one in failures if one.is_input), None)
    if wrong:
        raise InputError(wrong.error)
    kept = _failed_folder(output)
    kept.mkdir(exist_ok=True)
    for failure in failures:
        copy = folder / "executed" / f"{failure.notebook}.ipynb"
        if copy.exists():
            failure.copy = kept / copy.name
            os.replace(copy, failure.copy)


def _forget_failed(output):
    """What an earlier run kept of its failures says nothing of this report."""
    kept = _failed_folder(output)
    if kept.is_dir():
        for copy in kept.glob("*.ipynb"):
            copy.unlink(missing_ok=True)
        with suppress(OSError):
            kept.rmdir()
