"""What users run works on Windows, macOS and Linux: nothing of one system alone, no encoding left to chance.

`.ci` and the tests are ours and not what users run.
"""

import ast
import json
import re
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = sorted(path for path in (ROOT / "scripts").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "data").rglob("*.md"), *(ROOT / "notebooks").rglob("*.md")])

# Names of `os` that one system alone has. What has a branch of its own for Windows is named with the file.
ONE_SYSTEM = {
    "fork",
    "forkpty",
    "getuid",
    "geteuid",
    "setsid",
    "killpg",
    "mkfifo",
    "uname",
    "getpgid",
    "chown",
    "nice",
}
ALLOWED = {}
MODULES = {
    "pwd",
    "grp",
    "resource",
    "termios",
    "tty",
    "pty",
    "crypt",
    "syslog",
    "winreg",
    "winsound",
    "fcntl",
    "msvcrt",
}
# Locks are taken the way each system has them, and an import stands in the branch of its system.
BRANCHED = {"fcntl", "msvcrt", "resource"}
OPENERS = {"read_text", "write_text"}


def sources():
    """(name, source) of everything in Python that users run."""
    for path in SCRIPTS:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
    yield "postBuild", (ROOT / "postBuild").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path.relative_to(ROOT).as_posix(), "\n\n".join(code)


PARSED = [(name, source, ast.parse(source)) for name, source in sources()]


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call):
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def owner_of(call):
    function = call.func
    value = function.value if isinstance(function, ast.Attribute) else None
    return getattr(value, "id", "")


def keywords(call):
    return {keyword.arg for keyword in call.keywords}


def mode_of(call):
    """The mode of a call of open, as far as it is written out."""
    place = 0 if isinstance(call.func, ast.Attribute) else 1
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] or call.args[
        place : place + 1
    ]
    if given and isinstance(given[0], ast.IfExp):
        return min(
            (getattr(one, "value", "r") for one in (given[0].body, given[0].orelse)), key=lambda m: "b" in m
        )
    return given[0].value if given and isinstance(given[0], ast.Constant) else "r"


def unstated_encodings(tree):
    for call in calls(tree):
        name = name_of(call)
        if name in OPENERS and "encoding" not in keywords(call):
            places = {"read_text": 1, "write_text": 2}[name]
            if len(call.args) < places:
                yield call.lineno
        opens = (
            name == "open"
            and owner_of(call) in ("", "io")
            or name == "open"
            and isinstance(call.func, ast.Attribute)
        )
        if opens and owner_of(call) in ("os", "webbrowser", "tarfile", "zipfile", "Image"):
            continue
        if (
            opens
            and isinstance(mode_of(call), str)
            and "b" not in mode_of(call)
            and "encoding" not in keywords(call)
        ):
            yield call.lineno
        text = keywords(call) & {"text", "universal_newlines"}
        if name in ("run", "Popen", "check_output") and text and "encoding" not in keywords(call):
            yield call.lineno


@pytest.mark.parametrize("name, source, tree", PARSED, ids=[name for name, _, _ in PARSED])
def test_encodings_are_said(name, source, tree):
    lines = [source.splitlines()[line - 1].strip() for line in unstated_encodings(tree)]
    assert not lines, f"{name}: {lines}"


@pytest.mark.parametrize("name, source, tree", PARSED, ids=[name for name, _, _ in PARSED])
def test_nothing_of_one_system_alone(name, source, tree):
    found = []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and getattr(node.value, "id", "") == "os"
            and node.attr in ONE_SYSTEM
        ):
            found.append(f"os.{node.attr}")
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            )
            # An import at the top of a module would stop it on the other systems.
            found += [
                one for one in modules if one in MODULES and (one not in BRANCHED or node.col_offset == 0)
            ]
        if isinstance(node, ast.Call):
            if any(k.arg == "shell" and getattr(k.value, "value", True) for k in node.keywords):
                found.append("shell=True")
            if (
                isinstance(node.func, ast.Attribute)
                and owner_of(node) == "os"
                and name_of(node) in ("system", "popen")
            ):
                found.append(f"os.{name_of(node)}")
    assert not set(found) - ALLOWED.get(name, set()), name


@pytest.mark.parametrize("name, source, tree", PARSED, ids=[name for name, _, _ in PARSED])
def test_no_shell_and_no_path_of_one_system(name, source, tree):
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    ]
    for text in texts:
        assert not re.match(r"(/tmp|/var/|/home/|/usr/|/etc/|[A-Z]:\\\\?)\b", text), text
    for call in calls(tree):
        first = (
            call.args[0].elts[0]
            if call.args and isinstance(call.args[0], ast.List) and call.args[0].elts
            else None
        )
        started = getattr(first, "value", None)
        assert started not in ("bash", "sh", "/bin/sh", "cmd", "cmd.exe", "powershell", "sudo"), started
    assert not re.search(
        r"^\s*[!%](?!time)", "\n".join(source.splitlines()), re.MULTILINE
    ) or not name.endswith(".ipynb")


def test_what_users_run_is_python(git):
    tracked = git("ls-files").splitlines()
    scripts = [
        path for path in tracked
        if PurePosixPath(path).suffix in (".sh", ".bash", ".bat", ".cmd", ".ps1") or PurePosixPath(path).name == "Makefile"
    ]  # fmt: skip
    assert scripts == []


def test_names_of_files_can_stand_on_every_disk(git):
    tracked = git("ls-files").splitlines()
    folded = [path.casefold() for path in tracked]
    assert len(set(folded)) == len(folded)
    reserved = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
    for path in tracked:
        for part in PurePosixPath(path).parts:
            assert not re.search(r'[<>:"\\|?*]|[. ]$', part) and not reserved.match(part), path
        assert len(path) < 160, path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_asks_for_administrator_rights_or_a_shell_of_one_system(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\bsudo\b|\bbash\b|\bsource \S*activate|\bchmod\b|/tmp\b|\brun as administrator", text
    )


@pytest.mark.parametrize(
    "bad",
    [
        "open('x')", "open('x', 'w')", "p.read_text()", "p.write_text('a')", "p.open()",
        "subprocess.run(['a'], text=True)",
    ],
)  # fmt: skip
def test_the_test_finds_what_it_looks_for(bad):
    assert list(unstated_encodings(ast.parse(bad)))


@pytest.mark.parametrize(
    "good",
    [
        "open('x', 'rb')", "open('x', encoding='utf-8')", "p.read_text('utf-8')", "p.write_text('a', encoding='utf-8')",
        "os.open('x', 1)", "webbrowser.open('x')", "p.open('wb')", "subprocess.run(['a'], text=True, encoding='utf-8')",
    ],
)  # fmt: skip
def test_the_test_lets_pass_what_is_said(good):
    assert not list(unstated_encodings(ast.parse(good)))


def test_crlf_shifts_no_span(tmp_path):
    """A version kept with Windows' line ends: what is found stands where it says, and is what is found with LF."""
    import copydesk as cd

    text = 'The mayor opened the bridge.\n\n"It is late," she said. "It is open."\n\nNobody came.\n'
    toml = 'title = "T"\n[[versions]]\nid = "one"\nfile = "one.txt"\nlabel = "One"\n'
    found = {}
    for ends in ("\n", "\r\n"):
        folder = tmp_path / repr(len(ends))
        folder.mkdir()
        (folder / "one.txt").write_bytes(text.replace("\n", ends).encode("utf-8"))
        (folder / "story.toml").write_text(toml.replace("\n", ends), encoding="utf-8", newline="")
        story = cd.read_story(folder)
        version = story.versions["one"]
        assert version.text == text.replace("\n", ends)
        sentences = [version.text[row.start : row.end] for row in version.sentences.itertuples()]
        assert sentences == list(version.sentences["text"])
        statements = cd.statements_table(story)
        spans = [version.text[row.source_start : row.source_end] for row in statements.itertuples()]
        assert spans == list(statements["source"])
        found[ends] = (sentences, spans, list(statements["content"]))
    assert found["\n"] == found["\r\n"]
