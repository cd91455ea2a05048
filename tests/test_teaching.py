"""What a teacher is offered around the lessons: a link to Binder, a form to bring a story by."""

import datetime
import json
import re
from pathlib import Path

import copydesk as cd
import pytest
from copydesk.classroom.binder import binder_link, own_address
from copydesk.errors import InputError
from copydesk.pages.interactive import bringing

ROOT = Path(__file__).resolve().parents[1]
TEXT = "The council closed the quay on Monday, the mayor said. Nobody objected to it. The boats will leave in May.\n"


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://github.com/desk/copydesk.git", "gh/desk/copydesk"),
        ("git@github.com:desk/copydesk.git", "gh/desk/copydesk"),
        ("https://github.com/desk/copydesk/", "gh/desk/copydesk"),
        ("https://gitlab.com/desk/group/copydesk", "gl/desk%2Fgroup%2Fcopydesk"),
    ],
)
def test_binders_link_is_made_from_the_address(address, path):
    assert binder_link(address) == f"https://mybinder.org/v2/{path}/HEAD?urlpath=lab/tree/notebooks"


@pytest.mark.parametrize(
    "address", ["/home/me/copydesk", "https://example.org/desk/copydesk", "", "github.com"]
)
def test_an_address_that_binder_cannot_open_is_refused(address):
    with pytest.raises(InputError, match="give the one where the repository is public"):
        binder_link(address)


def test_a_copy_without_an_address_says_how_to_set_it(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="git remote add origin ADDRESS"):
        own_address()


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A copy's data and notebooks, in a folder of its own."""
    (tmp_path / "data" / "stories").mkdir(parents=True)
    (tmp_path / "data" / "codebooks").symlink_to(ROOT / "data" / "codebooks")
    (tmp_path / "notebooks").mkdir()
    for path in (ROOT / "notebooks").glob("[1-4]-*.ipynb"):
        (tmp_path / "notebooks" / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path / "data"))
    return tmp_path


def fill(form, name, first, second):
    form.parts["name"].value = name
    form.parts["texts"][0].value, form.parts["texts"][1].value = first, second
    form.parts["button"].click()
    return form.parts["told"].value


def test_a_story_is_brought_by_two_boxes_and_its_notebooks_are_there(desk):
    form = cd.bring().widget
    told = fill(form, "quay", TEXT, TEXT.replace("Nobody", "Two members"))
    assert "Made data/stories/quay" in told and str(desk) not in told
    story = cd.read_story("quay")
    assert list(story.versions) == ["earlier", "later"] and story.versions["earlier"].text == TEXT
    made = sorted((desk / "notebooks" / "stories" / "quay").glob("*.ipynb"))
    assert [path.name[0] for path in made] == ["1", "2", "3"]
    for path in made:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        assert any(re.search(r'^story: str = "quay"', "".join(cell["source"])) for cell in cells), path.name
    toml, path = form.parts["toml"], desk / "data" / "stories" / "quay" / "story.toml"
    assert toml.value == path.read_text("utf-8")
    good = toml.value = re.sub('label = "earlier[^"]*"', 'label = "first edition"', toml.value)
    form.parts["save"].click()
    assert (
        form.parts["saved"].value.startswith("Saved")
        and cd.read_story("quay").versions["earlier"].label == "first edition"
    )
    toml.value += "[[versions]\n"
    form.parts["save"].click()
    assert (
        form.parts["saved"].value.startswith("Not saved. data/stories/quay")
        and path.read_text("utf-8") == good
    )


def test_a_file_goes_before_a_box_and_what_is_wrong_is_said_in_the_form(desk):
    form = cd.bring().widget
    assert "The earlier version is empty; paste its text" in fill(form, "quay", "", TEXT)
    assert "is no name for a story" in fill(form, "The Quay", TEXT, TEXT + "More.")
    form.parts["files"][1].value = (
        {
            "name": "second.txt",
            "type": "text/plain",
            "size": 3,
            "content": (TEXT + "Late.\n").encode(),
            "last_modified": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
        },
    )
    assert "Made" in fill(form, "quay", TEXT, "this box is not read")
    assert cd.read_story("quay").versions["second"].text == TEXT + "Late.\n"
    assert bringing.notebooks_on("quay")


def test_nbgraders_menus_are_not_shown_to_those_who_explore():
    settings = json.loads((ROOT / "scripts" / "lab-settings" / "page_config.json").read_text("utf-8"))
    assert settings["disabledExtensions"]["@jupyter/nbgrader"] is True


def test_check_finds_a_browser_that_is_there(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import lab

    def none_known():
        raise lab.webbrowser.Error

    monkeypatch.setattr(lab.webbrowser, "get", none_known)
    monkeypatch.setattr(lab.shutil, "which", lambda name: "/usr/bin/chromium" if name == "chromium" else None)
    assert lab._browser().startswith("a browser (chromium)")
    monkeypatch.setattr(lab.shutil, "which", lambda name: None)
    assert "no browser found" in lab._browser()
