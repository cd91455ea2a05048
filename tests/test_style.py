"""What ruff, mypy and the founders' rules ask of the source."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import copydesk
import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 60  # lines that a function may have


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_nothing_to_say_for(command):
    program, *words = command.split()
    pytest.importorskip("mypy", reason="the extra 'test' is not installed")
    folders = ["scripts", "tests"] if program == "ruff" else []
    done = subprocess.run(
        [sys.executable, "-m", program, *words, *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_function_is_long():
    package = ROOT / "scripts" / "copydesk"
    found = {
        (path.relative_to(package).as_posix(), function.name)
        for path in package.rglob("*.py")
        for function in functions(ast.parse(path.read_text(encoding="utf-8")))
        if function.end_lineno - function.lineno >= LONGEST
    }
    assert not found, f"longer than {LONGEST} lines: {sorted(found)}"


def test_html_comes_from_templates():
    package = ROOT / "scripts" / "copydesk"
    found = [
        f"{path.relative_to(package)}:{node.lineno}"
        for floor in ("show", "pages", "report", "classroom")
        for path in (package / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and re.search(
            r"</?[a-z][a-z0-9]*[\s>/]", "".join(str(getattr(one, "value", "")) for one in node.values)
        )
    ]
    assert not found, f"a tag in an f-string; put it into a template: {found}"


# The packages whose names are imported when they are first used, each with a stub.
LAZY = {
    "copydesk": {**copydesk._MODULES},
    "copydesk.show.charts": {},
    "copydesk.corpus": {"sentences": "sentences"},
}


def interface():
    """{module: names}: what the package gives, by the module it stands in; None where that is all that is public there."""
    found = {f"copydesk.{module}": None for module in copydesk._MODULES.values()}
    found |= {f"copydesk.{module}": None for module in copydesk._HOME.values()}
    for package in [name for name in found if name in LAZY or name == "copydesk.stories.coding"]:
        module = importlib.import_module(package)
        for name in module.__all__:
            home = getattr(getattr(module, name), "__module__", None)
            if found.setdefault(home, set()) is not None:
                found[home].add(name)
    return found


def untyped(path):
    """The public functions and methods of a module that lack the type of an argument or of what they give back."""
    found, tree = [], ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [one for one in functions(node) if one in node.body]
            found += [
                f"{node.name}.{one.name}" for one in methods if not one.name.startswith("_") and lacks(one, 1)
            ]
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and lacks(node, 0):
            found.append(node.name)
    return found


def lacks(function, given):
    named = function.args.posonlyargs + function.args.args
    named = named[given:] + function.args.kwonlyargs
    return function.returns is None or any(argument.annotation is None for argument in named)


def test_public_functions_are_typed():
    lacking = {}
    for module, names in interface().items():
        if module and module.startswith("copydesk"):
            found = untyped(Path(importlib.util.find_spec(module).origin))
            found = [one for one in found if names is None or one.partition(".")[0] in names]
            lacking |= {module: found} if found else {}
    assert not lacking, f"these lack a type: {lacking}"


@pytest.mark.parametrize("package", LAZY)
def test_the_stub_names_what_the_package_gives(package):
    module = importlib.import_module(package)
    tree = ast.parse(Path(module.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    named = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    given = {name: f"{package}.{home}.{name}" for name, home in module._HOME.items()}
    given |= {name: f"{package}.{home}" for name, home in LAZY[package].items()}
    assert named == given
