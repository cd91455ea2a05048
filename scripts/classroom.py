"""What a teacher needs around the lessons.

python3 scripts/classroom.py build             workbooks, solutions, handouts (PDF) and coding sheets
python3 scripts/classroom.py collect FOLDER    a class's coding sheets, put together into a report
python3 scripts/classroom.py pack windows      a folder that installs Copydesk without a network
python3 scripts/classroom.py binder            the link by which a class opens this repository on Binder
python3 scripts/classroom.py workbooks         the workbooks in notebooks/lessons, after a change to a lesson's source
"""

import sys

from _environment import ROOT, ensure

# What each command needs beside the core.
EXTRAS = {
    "build": ("pdf", "teach"),
    "collect": ("teach",),
    "pack": ("teach",),
    "workbooks": ("teach",),
    "binder": (),
}

ensure(extras=next((EXTRAS[word] for word in sys.argv[1:] if word in EXTRAS), ()))

from pathlib import Path

import click
from _command import BUNDLED, SETTINGS, run, say

SYSTEMS = ("windows", "macos", "macos-intel", "linux", "linux-arm")
FOLDER = click.Path(path_type=Path)
story_option = click.option(
    "--story",
    default=BUNDLED,
    show_default=True,
    help="The story of the units that are coded, and of the lessons.",
)


def output_option(place):
    return click.option(
        "--output", type=FOLDER, metavar="DIR", default=ROOT / "reports" / place, help=f"Write there (default: reports/{place})."
    )  # fmt: skip


@click.group(context_settings=SETTINGS, no_args_is_help=False)
def main():
    """What a teacher needs around the lessons."""


@main.command()
@click.option("--lesson", multiple=True, metavar="N", help="This lesson alone, by its number.")
@story_option
@output_option("classroom")
def build(lesson, story, output):
    """Make workbooks, solutions, handouts and coding sheets."""
    from copydesk import classroom

    for path in classroom.build(output, story, lesson):
        print(path)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--numbers", is_flag=True, help="Numbers for names; who is which is written beside the report.")
@story_option
@output_option("class-report")
def collect(folder, numbers, story, output):
    """Put a class's coding sheets together into a report.

    FOLDER is where the sheets are: XLSX, ODS, XLS, CSV or a ZIP of them, or folders as cd.explore writes them.
    """
    from copydesk import classroom

    made = classroom.collect(folder, output, story, numbers=numbers)
    for file in made.files.itertuples():
        if file.reason and file.fate != "passed over":
            say(f"{file.file} ({file.student}): {file.fate}: {file.reason}")
    print(made.index)


@main.command()
@click.argument("system", type=click.Choice(SYSTEMS))
@click.option("--python", multiple=True, metavar="3.N", help="For this Python (default: 3.12 and 3.13).")
@click.option("--extra", multiple=True, metavar="NAME", help="With this extra too (pdf, new-story, ...).")
@click.option("--output", type=FOLDER, metavar="DIR", help="Write there (default: reports/pack-SYSTEM).")
def pack(system, python, extra, output):
    """Make a folder that installs Copydesk without a network."""
    from copydesk import classroom

    print(classroom.pack(system, output, pythons=python, extras=extra))


@main.command()
def workbooks():
    """Write the workbooks in notebooks/lessons anew from the lessons' sources."""
    from copydesk import classroom

    for path in classroom.write_workbooks():
        print(path)


@main.command()
@click.option(
    "--address", help="The repository's address (default: the setting of this clone, git's origin)."
)
def binder(address):
    """Print the link by which a class opens this repository on Binder, and its line for a web page."""
    from copydesk.classroom.binder import binder_link, own_address

    link = binder_link(address or own_address())
    print(link)
    print(f"[![Open on Binder](https://mybinder.org/badge_logo.svg)]({link})")


if __name__ == "__main__":
    sys.exit(run(main))
