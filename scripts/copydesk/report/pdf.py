"""A report as one PDF: pandoc and typst make it of what the notebooks showed, with every figure as vectors.

The PDF is tagged, with alternative texts (PDF/UA-1). Fonts are those that typst and matplotlib carry, so that it
is the same on every machine; a letter that none of them has is printed as its code point, `[U+4E2D]`.
"""

import re
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from copydesk.errors import InputError
from copydesk.report import sections

NAME = "report.pdf"
_TEMPLATES = Path(__file__).parent / "templates" / "pdf"
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_NAVIGATION = re.compile(r'<nav\b.*?</nav>|<details class="contents">.*?</details>', re.DOTALL)
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')
_PAGE_WIDTH, _PAGE_HEIGHT = 467, 640  # points; what a figure may take of a page, with its caption


def write_pdf(title, folder):
    """Write the report in `folder`, whose pages are written, as `folder/report.pdf`. Returns its path."""
    notebooks = [_Notebook(path, folder) for path in sorted((folder / "executed").glob("*.ipynb"))]
    parts = [
        _part("front", _front(folder, notebooks)),
        *(_part(one.name, one.body) for one in notebooks),
        _part("texts", _texts(folder)),
        _part("how", f"<h1>How this was made</h1>{''.join(one.code for one in notebooks)}"),
        _part("files", _files(folder)),
    ]
    source = _document(title, _to_typst(_printable("".join(parts))))
    (folder / NAME).write_bytes(_compile(source, folder))
    return folder / NAME


def _document(title, body, looks=("report.typ",)):
    """The source of a PDF: the looks, templates of which the later ones add to the earlier; its title, its body."""
    look = "".join((_TEMPLATES / name).read_text("utf-8") for name in looks)
    return f"#let title = {_string(title)}\n{look}\n#block(std.title(title), below: 2em)\n{body}"


class _Notebook:
    """An executed notebook: its `name`, `title`, what it showed as HTML (`body`), its `findings` and its `code`."""

    def __init__(self, path, folder):
        import nbformat

        self.name = path.stem
        self.title, self.about, self.findings = path.stem, "", []
        notebook = nbformat.read(path, as_version=4)
        sections.leave_out_empty(notebook)
        parts, code = [], []
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                parts.append(self._markdown(cell.source))
            elif cell.cell_type == "code":
                parts += [self._shown(output, folder) for output in cell.outputs]
                if "injected-parameters" not in cell.metadata.get("tags", []):
                    code.append(f"<pre>{escape(cell.source)}</pre>")
        self.body = "".join(parts)
        self.code = f"<h2>{escape(self.title)}</h2>{self.about}{''.join(code)}"

    def _markdown(self, source):
        from nbconvert.filters.markdown import markdown2html

        title = re.match(r"# (.+)", source)
        if not title:
            return markdown2html(source)
        # What the first cell says of the notebook stands with its code, as it is folded away on the page.
        self.title, self.about = title.group(1).strip(), markdown2html(source[title.end() :])
        return markdown2html(title.group())

    def _shown(self, output, folder):
        if output.output_type == "stream":
            return f"<pre>{escape(output.text)}</pre>"
        if output.output_type == "error":
            return f"<pre>{escape(output.ename)}: {escape(output.evalue)}</pre>"
        html, plain = output.data.get("text/html"), output.data.get("text/plain", "")
        if html is None:
            return f"<pre>{escape(plain)}</pre>"
        shown = output.metadata.get("text/html", {}).get("copydesk", {})
        if shown.get("role") == "finding":
            self.findings.append(html)
        if shown.get("role") == "figure":
            return _SVG.sub(lambda svg: _image(svg.group(), shown["name"], plain), html)
        return html


def _image(svg, name, alt):
    """The figure's file in place of its drawing, as wide as the page, or as high."""
    numbers = [float(part) for part in _VIEW_BOX.search(svg).group(1).split()]
    width = min(1, _PAGE_HEIGHT / (_PAGE_WIDTH * numbers[3] / numbers[2]))
    return f'<img src="figures/{escape(name)}.svg" width="{100 * width:.4g}%" alt="{escape(alt)}">'


def _part(name, html):
    return f'<div class="page" data-page="{escape(name)}">{html}</div>'


def _front(folder, notebooks):
    """What was found and of what, how it was made, and what stands where."""
    findings = "".join(f"<h2>{escape(one.title)}</h2>{''.join(one.findings)}" for one in notebooks)
    foot = _inside(folder / "index.html", "footer")
    return f'<h1>Findings</h1>{findings}{foot}<div class="outline"></div>'


def _texts(folder):
    """The versions whole, as on their page."""
    page = folder / "texts.html"
    return _inside(page, "main") if page.is_file() else ""


def _inside(page, element):
    """What an element of one of our pages holds, without its ways to other places of the page."""
    html = page.read_text(encoding="utf-8")
    start, end = html.index(f"<{element}"), html.rindex(f"</{element}>")
    return _NAVIGATION.sub("", html[html.index(">", start) + 1 : end])


def _files(folder):
    rows = "".join(
        f"<tr><td>{escape(path.relative_to(folder).as_posix())}</td>"
        f"<td><code>{sha256(path.read_bytes()).hexdigest()}</code></td></tr>"
        for path in sorted([*folder.glob("tables/*"), *folder.glob("figures/*")])
    )
    return (
        "<h1>Files that come with this report</h1><table><caption>Tables and figures, and their SHA-256</caption>"
        f"<thead><tr><th>file</th><th>SHA-256</th></tr></thead><tbody>{rows}</tbody></table>"
    )


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
