"""A story's folder: its versions, its codings, the findings that count, and honest statistics for few numbers."""

from importlib import import_module

_FROM_STORY = ["Story", "Version", "read_story", "story_folder", "story_from_texts"]


def __getattr__(name: str) -> object:
    if name in _FROM_STORY:
        return getattr(import_module("copydesk.stories.story"), name)
    raise AttributeError(f"module 'copydesk.stories' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_FROM_STORY])
