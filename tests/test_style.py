"""What ruff, mypy and the founders' rules ask of the source."""

import ast
import importlib
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


def interface():
    """{name: path} of the modules that the package gives, and of those that its names come from."""
    names = {f"copydesk.{home}" for home in (*copydesk._HOME.values(), *copydesk._MODULES.values())}
    for module in map(importlib.import_module, sorted(names)):
        given = (getattr(module, name) for name in getattr(module, "__all__", ()))
        names |= {one.__module__ for one in given if getattr(one, "__module__", "").startswith("copydesk.")}
    return {name: Path(importlib.util.find_spec(name).origin) for name in sorted(names)}


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
    found = {name: untyped(path) for name, path in interface().items()}
    lacking = {name: functions for name, functions in found.items() if functions}
    assert not lacking, f"these lack a type: {lacking}"


def test_the_stub_names_what_the_package_gives():
    tree = ast.parse((ROOT / "scripts" / "copydesk" / "__init__.pyi").read_text(encoding="utf-8"))
    named = {
        alias.asname: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    given = {name: f"copydesk.{home}.{name}" for name, home in copydesk._HOME.items()}
    given |= {name: f"copydesk.{home}" for name, home in copydesk._MODULES.items()}
    assert named == given
