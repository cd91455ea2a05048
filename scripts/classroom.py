"""What a teacher needs around the lessons.

python3 scripts/classroom.py build             workbooks, solutions, handouts (PDF) and coding sheets
python3 scripts/classroom.py collect FOLDER    a class's coding sheets, put together into a report
python3 scripts/classroom.py pack windows      a folder that installs Copydesk without a network
"""

import sys

from _environment import ROOT, ensure

# What each command needs beside the core.
EXTRAS = {"build": ("pdf", "teach"), "collect": ("teach",), "pack": ("teach",)}

ensure(extras=next((EXTRAS[word] for word in sys.argv[1:] if word in EXTRAS), ()))

import argparse
from pathlib import Path

BUNDLED = "north-korea-sanctions"


def main(arguments=None):
    from copydesk.errors import InputError

    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _build(options):
    from copydesk.classroom import build

    for path in build(options.output, options.story, options.lesson):
        print(path)
    return 0


def _collect(options):
    from copydesk.classroom import collect

    made = collect(options.folder, options.output, options.story, numbers=options.numbers)
    for note in made.notes.itertuples():
        place = f", row {note.row}" if note.row else ""
        column = f", column {note.column}" if note.column else ""
        print(f"{note.file}{place}{column}: {note.done}: {note.reason}", file=sys.stderr)
    print(made.index)
    return 0


def _pack(options):
    from copydesk.classroom import pack

    print(pack(options.system, options.output, pythons=options.python, extras=options.extra))
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="classroom.py", description="What a teacher needs around the lessons."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="workbooks, solutions, handouts and coding sheets")
    build.add_argument(
        "--lesson", action="append", default=[], metavar="N", help="this lesson alone, by its number"
    )
    build.set_defaults(run=_build)

    collect = commands.add_parser("collect", help="put a class's coding sheets together into a report")
    collect.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="where the sheets are: CSV or XLSX, or folders as cd.explore writes them",
    )
    collect.add_argument(
        "--numbers", action="store_true", help="numbers for names; who is which is written beside the report"
    )
    collect.set_defaults(run=_collect)

    for command, place in ((build, "classroom"), (collect, "class-report")):
        command.add_argument(
            "--story",
            default=BUNDLED,
            metavar="STORY",
            help="whose units are coded (default: the bundled story)",
        )
        command.add_argument(
            "--output",
            type=Path,
            default=ROOT / "reports" / place,
            metavar="DIR",
            help=f"write there (default: reports/{place})",
        )

    pack = commands.add_parser("pack", help="a folder that installs Copydesk without a network")
    pack.add_argument(
        "system", choices=("windows", "macos", "macos-intel", "linux", "linux-arm"), help="for which machines"
    )
    pack.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="3.N",
        help="for this Python (default: 3.12 and 3.13)",
    )
    pack.add_argument(
        "--extra",
        action="append",
        default=[],
        metavar="NAME",
        help="with this extra too (pdf, new-story, ...)",
    )
    pack.add_argument("--output", type=Path, metavar="DIR", help="default: reports/pack-SYSTEM")
    pack.set_defaults(run=_pack)
    return parser


if __name__ == "__main__":
    sys.exit(main())
