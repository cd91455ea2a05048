"""How a script's command runs and fails: options by click, and what is wrong in one sentence with exit status 2."""

import sys

import click
from copydesk.errors import InputError

BUNDLED = "north-korea-sanctions"
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}


def run(command, stopped="Stopped."):
    """Run a click command on the script's arguments; returns its exit status.

    That is what the command returns (None for 0); 2 after a sentence on standard error, where an option or an input
    is wrong, or where a disk or a folder fails; 130 after Ctrl-C, with `stopped` for a last word.
    """
    try:
        return command.main(standalone_mode=False) or 0
    except click.UsageError as error:
        script = error.ctx.command_path if error.ctx else "the script"
        say(f"{error.format_message().rstrip('.')}; {script} --help lists what there is.")
    except InputError as error:
        say(error)
    except (click.Abort, KeyboardInterrupt):
        say(stopped)
        return 130
    except BrokenPipeError:
        raise
    except OSError as error:
        place, what = error.filename or "A file", error.strerror or error
        say(f"{place} cannot be read or written ({what}); put that right and run the command again.")
    return 2


def say(message):
    """Print a line on standard error."""
    print(printable(message), file=sys.stderr)


def printable(message):
    """Text for a terminal: what comes from a story may hold what steers one."""
    letters = str(message).encode("utf-8", "backslashreplace").decode()
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in letters)
