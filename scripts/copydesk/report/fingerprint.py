"""What a report was made from, as one hash: a report whose inputs have not changed need not be made again."""

import json
from hashlib import sha256
from pathlib import Path

from copydesk.engine import toml_files

_NAME = "made-from.json"
_PACKAGE = Path(__file__).resolve().parents[1]


def fingerprint(story: Path, notebooks: list[Path], parameters: dict, formats, appendix: bool) -> str:
    """A hash of the story's folder, the codebooks, the notebooks, this package, its lock and what was asked for."""
    digest = sha256()
    data = toml_files.data_folder()
    for name, files in (
        ("story", _files(story)),
        ("codebooks", _files(data / "codebooks")),
        ("package", [path for path in _files(_PACKAGE) if path.suffix != ".pyc"]),
        ("lock", [path for path in (data.parent / "requirements.lock",) if path.is_file()]),
        ("notebooks", notebooks),
    ):
        root = {"story": story, "codebooks": data, "package": _PACKAGE}.get(name)
        for path in files:
            content = sha256(path.read_bytes()).hexdigest()
            place = path.relative_to(root).as_posix() if root else path.name
            digest.update(f"{name} {place} {content}\n".encode())
    asked = {
        "parameters": parameters,
        "formats": sorted(formats),
        "appendix": appendix,
        "name": story.resolve().name,
    }
    digest.update(json.dumps(asked, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def note_made_from(report: Path, made_from: str) -> None:
    """Write down what a report was made from, and which files it has."""
    files = [path.relative_to(report).as_posix() for path in _files(report)]
    content = json.dumps({"made_from": made_from, "files": files}, indent=1) + "\n"
    (report / _NAME).write_text(content, encoding="utf-8", newline="\n")


def is_made_from(report: Path, made_from: str) -> bool:
    """Whether a report was made from the same, and has all of its files."""
    try:
        noted = json.loads((report / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return noted.get("made_from") == made_from and all((report / name).is_file() for name in noted["files"])
