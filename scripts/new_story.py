"""Makes a story's folder from two or more versions of it: text, saved web pages, drafts, or what is pasted.

python3 scripts/new_story.py NAME BEFORE AFTER
python3 scripts/new_story.py harbour-fees first.html second.docx third.txt
python3 scripts/new_story.py harbour-fees -            paste the versions, with a line === between them
python3 scripts/new_story.py harbour-fees diff.html    one saved page that marks what was added and what was cut
"""

from _environment import ensure

ensure(extras=("new-story",))

import sys
from pathlib import Path

import click
from _command import SETTINGS, run, say

FILE = click.Path(path_type=Path)


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.argument("versions", type=FILE, nargs=-1, required=True)
@click.option("--title", help="The story's title (default: guessed from the earliest version).")
def main(name, versions, title):
    """Make a story's folder under data/stories from its versions, the earliest first.

    NAME is in small letters, digits and hyphens. A version is a text file, a web page saved as HTML, or a draft saved as
    .docx, .odt or .rtf; - reads what is pasted on standard input, with a line of === between versions. One page alone
    will do if it marks what was added and what was cut. What is guessed is said; nothing that exists is overwritten.
    """
    from copydesk.stories.new_story import bring_story, pasted_versions

    given = []
    for path in versions:
        if str(path) != "-":
            given.append(path)
            continue
        if sys.stdin.isatty():
            say(
                "Paste the versions, the earlier first, a line === between them; end with Ctrl-D (Windows: Ctrl-Z, Enter)."
            )
        given += pasted_versions(sys.stdin.buffer.read())
    print(bring_story(name, given, title=title).told())


if __name__ == "__main__":
    sys.exit(run(main, stopped="Stopped; nothing was written."))
