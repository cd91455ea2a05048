"""Makes a story's folder from two or more versions of it, given as text or saved web pages.

python3 scripts/new_story.py NAME BEFORE AFTER
python3 scripts/new_story.py harbour-fees first.html second.html third.txt
"""

from _environment import ensure

ensure(extras=("new-story",))

import sys
from pathlib import Path

import click
from _command import SETTINGS, run

FILE = click.Path(path_type=Path)


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@click.argument("more", type=FILE, nargs=-1)
@click.option("--title", help="The story's title (default: guessed from the earliest version).")
def main(name, before, after, more, title):
    """Make a story's folder under data/stories from its versions, the earliest first.

    NAME is in small letters, digits and hyphens. A version is a text file or a web page saved as HTML. What is
    guessed is said; nothing that exists is overwritten.
    """
    from copydesk.stories.new_story import bring_story

    print(bring_story(name, [before, after, *more], title=title).told())


if __name__ == "__main__":
    sys.exit(run(main, stopped="Stopped; nothing was written."))
