"""A report as one PDF: pandoc and typst make it of what its pages are made of, with every figure as vectors.

The PDF is tagged, with alternative texts (PDF/UA-1). Fonts are those that typst and matplotlib carry, so that it
is the same on every machine; a letter that none of them has is printed as its code point, `[U+4E2D]`.
"""

from functools import cache
from pathlib import Path

from copydesk.errors import InputError
from copydesk.report.html_pages import templates

NAME = "report.pdf"
_TEMPLATES = Path(__file__).parent / "templates" / "pdf"
_PAGE_WIDTH, _PAGE_HEIGHT = 467, 640  # points; what a figure may take of a page, with its caption


def write_pdf(report, folder: Path, appendix: bool = False) -> Path:
    """Write a story's report (of `pages.write_pages`) as `folder/report.pdf`. Returns its path.

    appendix: whether every table and figure stands in it too.
    """
    template = templates().get_template("print.html.j2")
    html = template.render(
        report=report, story=report.story, appendix=appendix, image_width=_width, here=NAME
    )
    source = _document(report.story.title, _to_typst(_printable(html)))
    (folder / NAME).write_bytes(_compile(source, folder))
    return folder / NAME


def _width(figure):
    """The share of the page's width that a figure takes, in percent: all of it, or as much as its height allows."""
    width, height = figure["size"]
    return f"{100 * min(1, _PAGE_HEIGHT / (_PAGE_WIDTH * height / width)):.4g}"


def _document(title, body, looks=("report.typ",)):
    """The source of a PDF: the looks, templates of which the later ones add to the earlier; its title, its body."""
    look = "".join((_TEMPLATES / name).read_text("utf-8") for name in looks)
    return f"#let title = {_string(title)}\n{look}\n#block(std.title(title), below: 2em)\n{body}"


# --- letters ----------------------------------------------------------------------------------------


def _printable(html):
    """HTML in which every character has a glyph; controls, and what steers the direction of text, are named."""
    known = _known()
    wanted = set(html) - known - {"\n"}
    return html.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in wanted} | {9: " ", 13: None})


@cache
def _known():
    """The characters of DejaVu Sans, which stands in for what Libertinus lacks, without any control."""
    from matplotlib.ft2font import FT2Font

    letters = map(chr, FT2Font(str(_fonts() / "DejaVuSans.ttf")).get_charmap())
    return {letter for letter in letters if letter.isprintable()} | {"\u00a0", "\u00ad"}


def _fonts():
    import matplotlib

    return Path(matplotlib.get_data_path(), "fonts", "ttf")


def _string(text):
    """A text as a literal of Typst."""
    clean = " ".join(_printable(text).split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{clean}"'


# --- pandoc and typst -------------------------------------------------------------------------------


def _to_typst(html):
    import os

    import pypandoc

    # The pandoc of the wheel, not one that the machine happens to have.
    inside = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    if inside.is_file():
        os.environ["PYPANDOC_PANDOC"] = str(inside)
    arguments = [f"--lua-filter={_TEMPLATES / 'report.lua'}", "--wrap=none", "--sandbox", "--quiet"]
    return pypandoc.convert_text(html, "typst", format="html", extra_args=arguments)


def _compile(source, folder):
    import typst

    try:
        return typst.compile(
            source.encode("utf-8"),
            root=str(folder),
            font_paths=[str(_fonts())],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise InputError(f"The PDF could not be set ({error}); the pages can be made without it.") from None
