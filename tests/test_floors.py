"""The package's floors: a module imports from its own floor and those below, and the engine knows no table and no page.

Read from the source, imports inside functions and names handed to `import_module` included.
"""

import ast
import re
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent / "scripts" / "copydesk"
# The ground floor first. A corpus is read without any page, so the page of a corpus may know it.
FLOORS = ("errors", "engine", "stories", "show", "corpus", "pages", "report", "classroom")
# An engine takes strings and gives records: no table, no HTML, no notebook.
NOT_IN_THE_ENGINE = {"pandas", "pyarrow", "html", "lxml", "jinja2", "matplotlib", "nbformat", "ipywidgets", "IPython"}  # fmt: skip

# What is against the rules and still stands, as (file, what it imports): why. It may shrink and never grow.
KNOWN = {}


class Import(NamedTuple):
    file: str
    line: int
    module: str  # "engine.text" for one of ours, "pandas" for another's

    def __str__(self):
        return f"scripts/copydesk/{self.file}:{self.line} imports {self.module}"


def module_of(path):
    """The dotted name of a module of ours, without "copydesk.": "" for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(path):
    """(ours, others): what a file imports, wherever in it."""
    ours, others = [], []
    file = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}:{node.lineno} imports by dots; write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names = _named_modules(tree, node.args[0])
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == "copydesk":
                ours.append(Import(file, node.lineno, rest if rest in MODULES else rest.rpartition(".")[0]))
            else:
                others.append(Import(file, node.lineno, top))
    return ours, others


def _named_modules(tree, argument):
    """The modules that `import_module(f"copydesk.{name}")` can mean: those whose names the file holds as strings."""
    start = argument.values[0].value if isinstance(argument, ast.JoinedStr) else ""
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    full = {f"{start}{word}" for word in words}
    found = sorted(name for name in full if name.removeprefix("copydesk.") in MODULES)
    assert found, f"{ast.unparse(argument)}: a module that this test cannot name"
    return found


IMPORTS = {module: imports_of(path) for module, path in MODULES.items()}


def floor(module):
    return FLOORS.index(module.partition(".")[0])


def forbidden():
    """Every import that goes up, and every table or page in the engine."""
    found = []
    for module, (ours, others) in IMPORTS.items():
        if not module:
            continue  # the package itself names everything, and imports none of it by itself
        found += [one for one in ours if not one.module or floor(one.module) > floor(module)]
        if floor(module) == FLOORS.index("engine"):
            found += [one for one in others if one.module in NOT_IN_THE_ENGINE]
    return found


def test_the_reader_of_imports_sees_lazy_ones_and_tables_of_names():
    ours = {one.module for one in IMPORTS[""][0]}
    assert {"engine.text", "stories.story", "pages.story_page"} <= ours
    assert "pandas" in {one.module for one in IMPORTS["stories.statistics"][1]}


def test_every_module_stands_on_a_floor():
    assert {name.partition(".")[0] for name in MODULES if name} == set(FLOORS)


def test_no_import_goes_up_and_the_engine_knows_no_table_and_no_page():
    fresh = [str(one) for one in forbidden() if (one.file, one.module) not in KNOWN]
    assert not fresh, "these imports are against the floors:\n" + "\n".join(fresh)


def test_the_engine_writes_no_html():
    found = [
        f"scripts/copydesk/{path.relative_to(PACKAGE).as_posix()}:{node.lineno} has {node.value!r}"
        for module, path in MODULES.items()
        if module.startswith("engine")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search("</[a-z]+>", node.value)
    ]
    assert not found, "\n".join(found)


def test_what_is_known_against_the_rules_still_stands():
    gone = set(KNOWN) - {(one.file, one.module) for one in forbidden()}
    assert not gone, f"take these out of KNOWN, for they stand no more: {sorted(gone)}"


def test_no_circle_of_imports():
    graph = defaultdict(set)
    for module, (ours, _) in IMPORTS.items():
        graph[module] |= {one.module for one in ours} - {module}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise AssertionError(f"these modules import each other: {circle}") from None
