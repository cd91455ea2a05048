"""From a story to its report: notebooks run by papermill, then pages, and a PDF where one is asked for."""

import os
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from copydesk.errors import InputError
from copydesk.report.fingerprint import fingerprint, is_made_from, note_made_from
from copydesk.report.notebooks import check_parameters, find_notebooks, parameters_of, read_parameters
from copydesk.report.running import CELL_SECONDS, Failure, Job, run_all
from copydesk.report.workshop import cannot_write, open_workshop, recover
from copydesk.show.claims import gather_claims

__all__ = [
    "CELL_SECONDS", "FORMATS", "Failure", "Report", "find_notebooks", "make_report", "parameters_of",
    "read_parameters",
]  # fmt: skip

FORMATS = ("html", "pdf")
_KERNELS = min(
    2, os.cpu_count() or 1
)  # which import their libraries at the same time; a third one has no notebook to serve
PDF = "report.pdf"


@dataclass
class Report:
    """What a run made: the folder, its index, its PDF if any, and the notebooks that failed.

    is_unchanged: whether nothing was done, since the report there was made from the same.
    """

    folder: Path
    index: Path
    pdf: Path | None = None
    failures: list[Failure] = field(default_factory=list)
    is_unchanged: bool = False


@dataclass
class _Wish:
    """What a run was asked for, besides what it reads."""

    parameters: dict
    formats: tuple
    appendix: bool
    jobs: int | None
    timeout: int | None
    tell: object


def make_report(
    story_name, output, *, corpus=None, archive=None, stories=0, only=(), parameters=None, formats=("html",),
    appendix=False, force=False, jobs=None, timeout=None, progress=None,
) -> Report:  # fmt: skip
    """Run the notebooks on a story, or that of many stories on a corpus, and write the report to the folder `output`.

    story_name: a name or folder; None where a corpus is studied. corpus: an archive or run, given in a story's
    place. stories: how many of its most revised stories get a report of their own inside this one; archive: where
    their texts are, if `corpus` is a run. only: names or numbers of notebooks, empty for all. parameters: dict of
    those of the notebooks. formats: of FORMATS; `pdf` comes beside the pages, with every table where `appendix`.
    force: whether to make anew a report whose inputs have not changed. jobs: kernels at once, two where there are two processors. timeout: seconds a
    cell may run. progress: called with (notebook's name, "running", "done" or "failed", what it is at).
    Raises InputError for a wrong input. The report is built beside the earlier one and takes its place only when
    it is whole; where a notebook fails, the earlier report stays.
    """
    output = Path(os.path.realpath(output))
    with suppress(OSError):
        recover(output)
    tell = progress or (lambda name, state, place="": None)
    wish = _Wish(parameters or {}, tuple(formats), appendix, jobs, timeout, tell)
    if story_name is None:
        return _make_corpus_report(output, wish, only, corpus, archive, stories)
    return _make_story_report(story_name, output, wish, only, force)


def _make_story_report(story_name, output, wish, only, force):
    from copydesk.pages.story_page import open_page
    from copydesk.stories.story import story_folder

    folder = story_folder(story_name)
    paths = [path for path in find_notebooks(only) if "story" in parameters_of(path)]
    if not paths:
        raise InputError(
            "None of these notebooks reads a story; give the notebook of many stories its --corpus."
        )
    given = check_parameters(paths, wish.parameters)
    made_from = fingerprint(folder, paths, wish.parameters, wish.formats, wish.appendix)
    pdf = output / PDF if "pdf" in wish.formats else None
    if not force and is_made_from(output, made_from):
        return Report(output, output / "index.html", pdf, is_unchanged=True)
    for parameters in given.values():
        page = open_page([], story=folder, **parameters)  # a wrong value is refused before anything runs
    every = {name: value for parameters in given.values() for name, value in parameters.items()}

    def write(report):
        from copydesk.report.html_pages import write_pages

        return write_pages(_page_of(page.story, every, report), report, wish.parameters, pdf=pdf and PDF)

    def get_ready():
        """What pages read of the story is found while the kernels compute."""
        from copydesk.stories import resolved

        _get_ready()
        with suppress(Exception):  # what is wrong here is wrong again, and said, where it is needed
            resolved.measures(page.story, resolved.statements(page.story))

    places, shown = {"story": str(folder.resolve())}, {"story": _story_shown(folder, story_name)}
    return _make(output, wish, given, places, shown, write, made_from, get_ready)


def _page_of(story, parameters, output):
    """The page of a story whose links lead into its report."""
    from copydesk.pages.story_page import StoryPage

    ids = list(story.versions)
    before, after = (parameters.get(side) or ids[n] for side, n in (("before", 0), ("after", -1)))
    rest = {name: value for name, value in parameters.items() if name not in ("before", "after", "public")}
    return StoryPage(
        story, story.version(before), story.version(after), rest, str(output), bool(parameters.get("public"))
    )


def _story_shown(folder, name):
    """What stands for a story in an executed notebook: its name, without this machine's folders."""
    return folder.resolve().name if Path(str(name)).is_absolute() or folder.exists() else str(name)


def _make_corpus_report(output, wish, only, corpus, archive, stories):
    from copydesk.report.html_pages import write_corpus_pages

    if corpus is None:
        raise InputError("A report wants a story, or with --corpus an archive.")
    many = _corpus_parameters(corpus, archive, stories)
    paths = [path for path in find_notebooks(only) if "corpus" in parameters_of(path)]
    if not paths:
        raise InputError("None of these notebooks reads a corpus; give a story without --corpus.")
    given = check_parameters(paths, wish.parameters)
    title = f"Many stories: {Path(many['corpus']).name}"

    def write(report):
        write_corpus_pages(title, report, wish.parameters, PDF if "pdf" in wish.formats else None)
        if stories:
            _write_story_reports(many, report, wish)

    shown = {name: Path(many[name]).name for name in ("corpus", "archive") if name in many}
    return _make(output, wish, given, many, shown, write, None, _get_ready)


def _make(output, wish, given, places, shown, write, made_from, get_ready):
    """Run notebooks in a workshop and put the report in its place. given: dict of a notebook and its parameters."""
    with open_workshop(output) as workshop:
        report = workshop.report
        places = {**places, "output": str(report.resolve())}
        jobs = [
            Job(path, {n: v for n, v in places.items() if n in parameters_of(path)} | parameters, shown | {"output": ""})
            for path, parameters in given.items()
        ]  # fmt: skip
        try:
            ready = threading.Thread(target=get_ready, daemon=True)
            ready.start()
            failures = run_all(jobs, report, wish.jobs or _KERNELS, wish.timeout, wish.tell)
            ready.join()
            if failures:
                _keep_failed(report, output, failures)
                return Report(output, output / "index.html", failures=failures)
            gather_claims(report)
            story_report = write(report)
            pdf = _write_pdf(story_report, report, wish) if "pdf" in wish.formats else None
            if made_from:
                note_made_from(report, made_from)
        except OSError as error:
            raise cannot_write(output, error) from error
        workshop.publish()
    _forget_failed(output)
    return Report(output, output / "index.html", pdf and output / pdf.name)


def _get_ready():
    """What comes after the kernels is imported while they compute."""
    import copydesk.report.html_pages
    import copydesk.show.versions  # noqa: F401


def _write_pdf(story_report, folder, wish):
    from copydesk.report import pdf

    wish.tell("PDF", "running")
    path = pdf.write_pdf(story_report, folder, appendix=wish.appendix)
    wish.tell("PDF", "done")
    return path


# --- many stories -----------------------------------------------------------------------------------


def _corpus_parameters(corpus, archive, stories):
    """The parameters of the notebook of many stories. Raises InputError where there is nothing to read."""
    from copydesk.corpus.opening import find_corpus, where_texts_are

    found = {"corpus": str(find_corpus(corpus).resolve()), "reports": stories}
    if archive:
        found["archive"] = str(find_corpus(archive).resolve())
    if stories:
        where_texts_are(found["corpus"], found.get("archive"))
    return found


def _write_story_reports(many, folder, wish):
    """Reports of the most revised stories of an archive, inside the report of the archive."""
    from copydesk.corpus.opening import export_most_revised

    with tempfile.TemporaryDirectory(prefix="copydesk-") as place:
        for name, story in export_most_revised(many, folder, place):
            wish.tell(name, "running")
            report = make_report(story, folder / "stories" / name, jobs=wish.jobs, timeout=wish.timeout)
            if report.failures:
                first = report.failures[0]
                raise InputError(f"The report of the story {name} failed: {first.notebook}, {first.error}")
            wish.tell(name, "done")


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
