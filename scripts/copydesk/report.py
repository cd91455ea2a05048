"""From a story to its report: notebooks run by papermill, pages made by nbconvert from our own template."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from copydesk import codebooks, pages
from copydesk.desk import open_desk
from copydesk.errors import InputError
from copydesk.stories import read_story


@dataclass
class Failure:
    """A notebook that did not run to its end: its name, the cell, the error, and the executed copy."""

    notebook: str
    cell: int
    error: str
    copy: Path | None = None
    is_input: bool = False


@dataclass
class Report:
    """What a run made: the folder, its pages, and the notebooks that failed."""

    folder: Path
    index: Path
    failures: list[Failure] = field(default_factory=list)


def notebooks_folder():
    """The folder of the notebooks, beside `data`."""
    return codebooks.data_folder().parent / "notebooks"


def find_notebooks(only=()):
    """The paths of the collection's notebooks in order; `only` picks some by name or number."""
    every = sorted(notebooks_folder().glob("[0-9]*.ipynb"))
    if not only:
        return every
    chosen = []
    for wanted in only:
        stem = Path(wanted).name.removesuffix(".ipynb")
        match = [path for path in every if path.stem == stem or path.stem.split("-")[0] == stem]
        if not match:
            names = [path.stem for path in every]
            near = get_close_matches(stem, names, n=1)
            mend = f"did you mean '{near[0]}'?" if near else f"choose from {', '.join(names)}."
            raise InputError(f"There is no notebook '{wanted}'; {mend}")
        chosen += match
    return [path for path in every if path in chosen]


def parameters_of(path):
    """dict: a notebook's parameters by name, each with `inferred_type_name`, `default` and `help`."""
    import papermill

    return papermill.inspect_notebook(str(path))


def check_parameters(paths, given):
    """The parameters (dict) for each notebook (dict by path), as the types that the notebook annotates.

    A name that no notebook has, or a value of another type, is an InputError before anything runs.
    """
    declared = {path: parameters_of(path) for path in paths}
    known = {name for parameters in declared.values() for name in parameters} - {"story", "output"}
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            mend = f"did you mean '{near[0]}'?" if near else f"they have {', '.join(sorted(known))}."
            raise InputError(f"The notebooks have no parameter '{name}'; {mend}")
    return {
        path: {
            n: _as_type(n, v, parameters[n]["inferred_type_name"])
            for n, v in given.items()
            if n in parameters
        }
        for path, parameters in declared.items()
    }


def _as_type(name, value, kind):
    """A value given as text on the command line, as the type that the notebook wants."""
    import yaml

    if kind == "str":
        return str(value)
    try:
        parsed = yaml.safe_load(value) if isinstance(value, str) else value
    except yaml.YAMLError:
        parsed = value
    if kind == "list" and isinstance(parsed, str):
        parsed = [part.strip() for part in parsed.split(",") if part.strip()]
    wanted = {"float": (int, float), "int": int, "list": list, "dict": dict, "bool": bool}.get(kind, object)
    if not isinstance(parsed, wanted) or (isinstance(parsed, bool) and kind in ("int", "float")):
        raise InputError(f"The parameter '{name}' wants {kind}, and {value!r} is none.")
    return parsed


def make_report(story_name, output, *, only=(), parameters=None, jobs=None, progress=None):
    """Run the notebooks on a story and write its report to the folder `output`.

    progress: called with (notebook's name, "running" | "done" | "failed"). Returns a Report. Raises
    InputError for a wrong input. The report is built beside the earlier one and takes its place only
    when it is whole; where a notebook fails, the earlier report stays.
    """
    story = read_story(story_name)
    paths = find_notebooks(only)
    per_notebook = check_parameters(paths, parameters or {})
    for given in per_notebook.values():
        open_desk([], story=story.folder, **given)  # a wrong value is refused before anything runs
    # A kernel that the user has installed elsewhere under this name is not ours.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    output = Path(output)
    with _built_beside(output) as folder:
        failures = _run_all(paths, per_notebook, story, folder, jobs, progress)
        if failures:
            _keep_failed(folder, output, failures)
            wrong = next((one for one in failures if one.is_input), None)
            if wrong:
                raise InputError(wrong.error)
            return Report(output, output / "index.html", failures)
        pages.write_pages(story, folder, parameters or {})
        _put_in_place(folder, output)
    return Report(output, output / "index.html")


@contextmanager
def _built_beside(output):
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{output.name}.", dir=output.parent))
    except OSError as error:
        raise InputError(
            f"{output} cannot be written ({error.strerror}); name another with --output."
        ) from None
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder, output):
    """Two renames: the earlier report aside, the new one in its place."""
    if output.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{output.name}.old.", dir=output.parent))
        os.rename(output, aside / output.name)
        os.rename(folder, output)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        os.rename(folder, output)


def _keep_failed(folder, output, failures):
    """Move the executed copies of failed notebooks out of the folder that will be removed."""
    kept = output.parent / f"{output.name}.failed"
    kept.mkdir(exist_ok=True)
    for failure in failures:
        copy = folder / "executed" / f"{failure.notebook}.ipynb"
        if copy.exists():
            failure.copy = kept / copy.name
            os.replace(copy, failure.copy)


def _run_all(paths, per_notebook, story, folder, jobs, progress):
    (folder / "executed").mkdir()
    workers = min(len(paths), jobs or os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        done = pool.map(lambda path: _run(path, per_notebook[path], story, folder, progress), paths)
        return [failure for failure in done if failure]


def _run(path, parameters, story, folder, progress):
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    tell = progress or (lambda name, state: None)
    tell(path.stem, "running")
    # Without encryption each kernel prints a warning; with the IPC transport parallel kernels share sockets.
    config = Config({"KernelManager": {"transport_encryption": "auto"}})
    try:
        papermill.execute_notebook(
            str(path),
            str(folder / "executed" / path.name),
            parameters={"story": str(story.folder.resolve()), "output": str(folder.resolve()), **parameters},
            progress_bar=False,
            config=config,
            kernel_name="python3",
            cwd=str(folder),
        )
    except PapermillExecutionError as error:
        tell(path.stem, "failed")
        return Failure(
            path.stem,
            error.exec_count,
            f"{error.ename}: {error.evalue}" if error.ename != "InputError" else error.evalue,
            is_input=error.ename == "InputError",
        )
    tell(path.stem, "done")
    return None
