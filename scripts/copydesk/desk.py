"""What a notebook works at: the story it reads, its parameters checked, and a place for what it shows."""

import ast
from difflib import get_close_matches
from html import escape
from pathlib import Path

from copydesk import tables
from copydesk.errors import InputError
from copydesk.stories import read_story

_TYPES = {"str": str, "int": int, "float": (int, float), "bool": bool, "list": list, "dict": dict}

# Which kind of finding the ids in a column are of.
_KINDS = {
    "sentence": "sentence",
    "before": "sentence",
    "after": "sentence",
    "statement": "statement",
    "same_as": "statement",
    "measure": "measure",
}


class Desk:
    """A story on the desk. Notebooks get it from `open_desk`.

    `story`, `before` and `after` (Versions) are what it reads; `finding`, `table` and `figure` show
    something, and keep it as a file where the parameter `output` names a folder.
    """

    def __init__(self, story, before, after, parameters, output=""):
        self.story = story
        self.before = before
        self.after = after
        self.parameters = parameters
        self.output = Path(output) if output else None

    def __repr__(self):
        return (
            f"{self.story.title}: {self.before.label} ({self.before.words} words), "
            f"then {self.after.label} ({self.after.words} words)"
        )

    def _repr_html_(self):
        return f'<p class="read">Reads <cite>{escape(self.story.title)}</cite>: {self._versions_html()}.</p>'

    def _versions_html(self):
        return ", then ".join(
            f"<b>{escape(v.label)}</b> ({v.words} words, {len(v.document.sentences)} sentences)"
            for v in dict.fromkeys([self.before, self.after])
        )

    def url(self, column, finding_id):
        """The link from an id such as `aol:0001` in a table's column to its words in the report's texts.

        None where there is no report to point into, or the column holds no ids.
        """
        kind = _KINDS.get(column)
        version, _, number = str(finding_id).rpartition(":")
        if not (self.output and kind and version in self.story.versions and number.isdigit()):
            return None
        return f"texts.html#{kind}-{version}-{number}"

    def link_to(self, kind):
        """A function from an id to its link, for the marks of a chart; kind: sentence, statement or measure."""
        return lambda finding_id: self.url(kind, finding_id)

    def finding(self, sentence):
        """Show a sentence that the tables back; the report leads with it."""
        return _show(f'<p class="finding">{escape(sentence)}</p>', sentence, role="finding")

    def table(self, table, name, caption, *, columns=None, labels=None, words=(), limit=None):
        """Show a DataFrame under its caption, and keep it whole as `tables/NAME.csv`.

        columns: those to show; all are kept.
        """
        if self.output:
            folder = self.output / "tables"
            folder.mkdir(parents=True, exist_ok=True)
            tables.write_csv(table, folder / f"{name}.csv")
        shown = table if columns is None else table[list(columns)]
        html = tables.to_html(shown, caption, labels=labels, url=self.url, words=words, limit=limit)
        return _show(html, shown.to_string(max_rows=20), role="table", name=name)

    def figure(self, chart, name, caption=""):
        """Show a chart with its alternative text and its table beside it; keep it as `figures/NAME`."""
        if self.output:
            chart.save(self.output / "figures", name)
        text = escape(caption)
        numbers = tables.to_html(chart.table, f"What the figure shows: {chart.title}", url=self.url)
        html = (
            f'<figure id="figure-{escape(name)}">{chart.svg()}<figcaption>{text}</figcaption></figure>'
            f'<details class="numbers"><summary>The numbers of this figure</summary>{numbers}</details>'
        )
        return _show(html, chart.alt, role="figure", name=name)

    def view(self, html, plain):
        """Show words of the texts that a function of `copydesk.views` has set."""
        return _show(html, plain, role="view")


def open_desk(cells, *, story, before="", after="", output="", **parameters):
    """The desk of a notebook, its parameters checked.

    cells: IPython's `In`, which tells what papermill injected: a name that the notebook does not have is
    refused here, since papermill itself would only warn. story: a name or a folder's path. before, after:
    ids of versions; empty means the first and the last. output: a folder for tables and figures, or empty.
    parameters: the notebook's other parameters. Raises InputError in one sentence.
    """
    given = {"story": story, "before": before, "after": after, "output": output, **parameters}
    _check_names(cells, given)
    _check_types(cells, given)
    read = read_story(story)
    ids = list(read.versions)
    earlier, later = read.version(before or ids[0]), read.version(after or ids[-1])
    return Desk(read, earlier, later, parameters, output)


def _check_names(cells, given):
    """Refuse what papermill injected and the notebook does not know."""
    for name in _injected(cells):
        if name not in given:
            near = get_close_matches(name, given, n=1)
            mend = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(given)}."
            raise InputError(f"The notebook has no parameter '{name}'; {mend}")


def _injected(cells):
    """The names assigned in papermill's cell, where it is the one that ran just before this one."""
    before = cells[-2] if len(cells) > 1 else ""
    if not before.startswith("# Parameters\n"):
        return []
    return [
        target.id
        for node in ast.parse(before).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _check_types(cells, given):
    """Refuse a value that is not of the type that the parameters cell annotates."""
    annotations = _annotations(cells, given)
    for name, kind in annotations.items():
        value = given[name]
        is_bool = isinstance(value, bool)
        if not isinstance(value, _TYPES[kind]) or (is_bool and kind != "bool"):
            raise InputError(f"The parameter '{name}' is {value!r}; give {_ARTICLES[kind]}.")


_ARTICLES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "list": "a list",
    "dict": "a mapping",
}


def _annotations(cells, given):
    for cell in reversed(list(cells)[:-1]):
        try:
            body = ast.parse(cell).body
        except SyntaxError:
            continue
        found = {
            node.target.id: node.annotation.id
            for node in body
            if isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and isinstance(node.annotation, ast.Name)
            and node.annotation.id in _TYPES
        }
        if set(found) & set(given):
            return {name: kind for name, kind in found.items() if name in given}
    return {}


class _Shown:
    """One thing shown: its HTML, its plain text, and its role for the report."""

    def __init__(self, html, plain, metadata):
        self._html, self._plain, self._metadata = html, plain, metadata

    def __repr__(self):
        return self._plain

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._html, "text/plain": self._plain}, {
            "text/html": {"copydesk": self._metadata}
        }


def _show(html, plain, **metadata):
    return _Shown(html, plain, metadata)
