"""Bringing a story from inside JupyterLab: two boxes to paste into or two files, then the notebooks on it."""

import re
from pathlib import Path

from markupsafe import Markup

from copydesk.engine import toml_files
from copydesk.errors import InputError
from copydesk.pages.interactive.parts import Part
from copydesk.show.markup import render
from copydesk.stories.new_story import Brought, Pasted, bring_story
from copydesk.stories.story import read_story

NOTEBOOKS = "[1-3]-*.ipynb"


def bring() -> Part:
    """A form that makes a story of two pasted texts, or of two files, and notebooks 1 to 3 on it.

    In a notebook a widget; in a page that nothing answers, the command that does the same. The story's folder is made
    under data/stories, and the notebooks, with its name for their parameter, under notebooks/stories.
    """
    html = "<p>In JupyterLab a form stands here. In a terminal: <code>python3 scripts/new_story.py NAME FIRST SECOND</code></p>"
    return Part(html, "A form to bring a story by, in JupyterLab.", _Form, "bring")


def notebooks_on(story: str) -> list[Path]:
    """Copies of notebooks 1 to 3 with the story for their parameter, under notebooks/stories/NAME: list[Path].

    A copy that is there already is left as it is, for somebody may have worked in it.
    """
    folder = toml_files.data_folder().parent / "notebooks"
    made = []
    for source in sorted(folder.glob(NOTEBOOKS)):
        copy = folder / "stories" / story / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            text = source.read_text(encoding="utf-8")
            text = re.sub(r'story: str = \\"[^"\\]*\\"', f'story: str = \\\\"{story}\\\\"', text, count=1)
            copy.write_text(text, encoding="utf-8", newline="\n")
        made.append(copy)
    return made


def _Form():
    import ipywidgets as widgets

    wide = widgets.Layout(width="48%", height="14rem")
    name = widgets.Text(description="Name", placeholder="my-story: small letters, digits, hyphens")
    texts = [
        widgets.Textarea(placeholder=f"Paste the {which} version here", layout=wide)
        for which in ("earlier", "later")
    ]
    files = [widgets.FileUpload(description=f"or a file of the {which}", layout=widgets.Layout(width="48%")) for which in ("earlier", "later")]  # fmt: skip
    button = widgets.Button(description="Bring it", button_style="primary")
    told = widgets.HTML()
    toml = widgets.Textarea(layout=widgets.Layout(width="97%", height="20rem"))
    save = widgets.Button(description="Save story.toml")
    saved = widgets.Label()
    guessed = widgets.VBox([toml, widgets.HBox([save, saved])], layout=widgets.Layout(display="none"))
    place = []  # of the story that was brought

    def on_click(_):
        try:
            versions = [_version(*one) for one in zip(("earlier", "later"), texts, files, strict=True)]
            brought = bring_story(name.value.strip(), versions)
        except InputError as error:
            told.value = render("brought.html.j2", error=str(error))
            return
        place[:] = [brought.folder / "story.toml"]
        told.value = _of_brought(brought)
        toml.value, guessed.layout.display = place[0].read_text(encoding="utf-8"), None

    def on_save(_):
        saved.value = _save(place[0], toml.value)

    button.on_click(on_click)
    save.on_click(on_save)
    form = widgets.VBox([name, widgets.HBox(texts), widgets.HBox(files), button, told, guessed])
    form.parts = {"name": name, "texts": texts, "files": files, "button": button, "told": told}
    form.parts |= {"toml": toml, "save": save, "saved": saved}
    return form


def _save(path, text):
    """Keep a corrected story.toml, if the story can be read by it; what is said of it."""
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8", newline="\n")
    try:
        read_story(str(path.parent))
    except InputError as error:
        path.write_bytes(before)
        return f"Not saved. {_here(str(error), path.parent)}"
    return "Saved; run the notebooks once more."


def _here(words, folder):
    """Words without the machine's own paths."""
    return words.replace(str(folder), f"data/stories/{folder.name}")


def _version(which, box, upload):
    """What was given of a version: a file goes before a text."""
    if upload.value:
        one = upload.value[0]
        return Pasted(str(one["name"]), bytes(one["content"]))
    if not box.value.strip():
        raise InputError(f"The {which} version is empty; paste its text, or choose a file.")
    return Pasted(which, (box.value.strip() + "\n").encode("utf-8"))


def _of_brought(brought: Brought) -> Markup:
    story = brought.folder.name
    notebooks = [path.name for path in notebooks_on(story)]
    return render(
        "brought.html.j2",
        error="",
        told=_here(brought.told(), brought.folder),
        story=story,
        notebooks=notebooks,
    )
