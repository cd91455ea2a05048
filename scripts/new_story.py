"""Makes a story's folder from two or more versions of it, given as text or saved web pages.

python3 scripts/new_story.py NAME BEFORE AFTER
python3 scripts/new_story.py harbour-fees first.html second.html third.txt
"""

from _environment import ensure

ensure(extras=("new-story",))

import argparse
import sys
from pathlib import Path


def main(arguments=None):
    from copydesk.errors import InputError
    from copydesk.stories.new_story import bring_story

    options = _parser().parse_args(arguments)
    try:
        story = bring_story(options.name, [options.before, options.after, *options.more], title=options.title)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 130
    print(story.told())
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="new_story.py",
        description="Make a story's folder under data/stories from its versions, the earliest first.",
        epilog="A version is a text file or a web page saved as HTML. What is guessed is said; "
        "nothing that exists is overwritten.",
    )
    parser.add_argument("name", metavar="NAME", help="the story's name: small letters, digits and hyphens")
    parser.add_argument("before", metavar="BEFORE", type=Path, help="the file of the earlier version")
    parser.add_argument("after", metavar="AFTER", type=Path, help="the file of the later version")
    parser.add_argument("more", metavar="MORE", type=Path, nargs="*", help="still later versions, in order")
    parser.add_argument("--title", help="the story's title (default: guessed from the earliest version)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
