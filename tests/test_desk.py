"""The check of a notebook's parameters: what papermill injects, and of which type."""

import pytest
from copydesk.errors import InputError
from copydesk.pages.story_page import open_page

DEFAULTS = 'story: str = "north-korea-sanctions"  # A story\nthreshold: float = 0.0  # A number'
STORY = "north-korea-sanctions"


def cells(injected=None):
    return ["", DEFAULTS, *([f"# Parameters\n{injected}"] if injected else []), "desk = cd.open_page(In, …)"]


def test_opens_the_story_and_its_first_and_last_version():
    desk = open_page(cells(), story=STORY, threshold=0.0)
    assert (desk.before.id, desk.after.id) == ("aol", "longer")
    assert desk.parameters == {"threshold": 0.0}


def test_knows_what_papermill_injected():
    assert open_page(cells('story = "x"\nthreshold = 1'), story=STORY, threshold=1)


@pytest.mark.parametrize(
    ("injected", "given", "sentence"),
    [
        ("treshold = 0.3", {}, "The notebook has no parameter 'treshold'; did you mean 'threshold'?"),
        (
            "colour = 1",
            {},
            "The notebook has no parameter 'colour'; it has story, before, after, output, public, threshold.",
        ),
        ('threshold = "high"', {"threshold": "high"}, "The parameter 'threshold' is 'high'; give a number."),
        ("threshold = True", {"threshold": True}, "The parameter 'threshold' is True; give a number."),
        (
            None,
            {"before": "aool"},
            "The story north-korea-sanctions has no version 'aool'; choose from aol, longer.",
        ),
    ],
)
def test_refuses_a_wrong_parameter_in_one_sentence(injected, given, sentence):
    with pytest.raises(InputError) as error:
        open_page(cells(injected), **{"story": STORY, "threshold": 0.0, **given})
    assert str(error.value) == sentence


def test_works_when_its_cell_is_run_again_by_hand():
    again = [*cells(), "1 + 1", "x =", "desk = cd.open_page(In, …)"]
    assert open_page(again, story=STORY, threshold=0.5).parameters == {"threshold": 0.5}
