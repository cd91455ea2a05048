"""Bringing a story: from files as people have them to a story's folder that every notebook reads.

A version's text is kept byte for byte where it came as UTF-8 text. What came as a web page, as a draft of a word
processor, or in another encoding, is kept byte for byte under `originals/`, and the version is what was read from it,
as UTF-8; `story.toml` says so. What is a guess is said to be one.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tempfile
import textwrap
import unicodedata
import zipfile
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from copydesk.engine import boilerplate, toml_files
from copydesk.engine.text import count_words, ends_sentence, read
from copydesk.errors import InputError
from copydesk.stories.story import read_story

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Names that Windows keeps for its devices: a folder of that name cannot be made there.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

# What a file that is no text begins with, what it is, and what to do with it.
_PICTURE = ("a picture", "type the article's text, or have it recognised (OCR), and give a .txt file")
_NOT_TEXT = [
    (b"%PDF", "a PDF", "open it, copy the article's text into a .txt file, and give that"),
    *((start, *_PICTURE) for start in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")),
    (b"PK\x03\x04", "an archive or a file of another program", "save its text as .docx, .odt or plain text (.txt), and give that"),
    (b"\xd0\xcf\x11\xe0", "a word processor's file of old", "open it there, save it as .docx or .odt, and give that"),
    (b"bplist00", "a web archive", "save the page as its source (HTML), and give that"),
    (b"\x1f\x8b", "a compressed file", "unpack it, and give what is in it"),
]  # fmt: skip

_BYTE_ORDER_MARKS = [
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]


@dataclass
class Given:
    """A version as it was given: what was read from the file, and what was guessed about it."""

    path: Path
    content: bytes
    encoding: str
    encoding_is_guess: bool
    form: str  # "text", "page" (HTML), or pandoc's name for a word processor's file
    text: str
    title: str = ""
    site: str = ""
    url: str = ""
    date: str = ""
    date_from: str = ""
    time: object = None  # the last time that the page states of itself: datetime
    left_out: list = field(default_factory=list)  # lines of the page that are not in the article
    id: str = ""
    label: str = ""

    @property
    def is_as_given(self):
        """Whether the version's file is the given file, byte for byte."""
        return self.form == "text" and self.encoding == "utf-8"

    @property
    def is_page(self):
        return self.form == "page"


@dataclass
class Brought:
    """A story that was made: its `folder`, the `story`, and what was `given`."""

    folder: Path
    story: object
    given: list

    def told(self):
        """str: what was made, what was left out and why, what was guessed, and what to check."""
        return "\n".join(_told(self))


def bring_story(name, versions, *, title=None):
    """Make `data/stories/NAME` from its versions, the earliest first.

    name: small letters, digits and single hyphens. versions: files (text, HTML, .docx, .odt, .rtf) or `Pasted` texts, two
    or more; or one saved page that marks what was added and what was cut (`<ins>`, `<del>`), as pages of differences
    do. title: guessed where it is not given. Returns a `Brought`. Raises InputError, in one sentence, for whatever cannot
    be; then nothing is written. The folder is built beside its place and renamed when it is whole.
    """
    folder = _place_for(name)
    given = [read_version(one if isinstance(one, Pasted) else Path(one)) for one in versions]
    if len(versions) == 1:
        given = _both_of_differences(given[0])
    if len(given) < 2:
        raise InputError("A story has two versions or more; give the files of both.")
    _check_apart(given)
    _name_versions(given)
    try:
        with _built_beside(folder) as build:
            _write(build, given, title or _title(given))
            read_story(str(build.resolve()))  # whatever is wrong with it is said before it has its name
            _put(build, folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be written ({error.strerror}); check the folder.") from None
    return Brought(folder, read_story(str(folder.resolve())), given)


@contextmanager
def _built_beside(folder):
    """A folder in which a story is built, by one command at a time; what killed ones have left there goes."""
    lock = FileLock(folder.parent / ".new-story.lock")
    try:
        lock.acquire(timeout=60)
    except Timeout:
        raise InputError(
            f"Another story is being made in {folder.parent}; try again when it is there."
        ) from None
    try:
        for left in folder.parent.glob(".*.new"):
            shutil.rmtree(left, ignore_errors=True)
        build = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".new", dir=folder.parent))
        try:
            build.chmod(0o755)
            yield build
        finally:
            shutil.rmtree(build, ignore_errors=True)
    finally:
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def _place_for(name):
    if not _NAME.fullmatch(name):
        raise InputError(f"'{name}' is no name for a story; use small letters, digits and single hyphens.")
    if name in _DEVICES:
        raise InputError(f"'{name}' cannot name a folder on Windows; use another name.")
    stories = toml_files.data_folder() / "stories"
    if not stories.is_dir():
        raise InputError(f"The folder {stories} is not there; make it.")
    if os.path.lexists(stories / name):
        raise InputError(f"There is a story '{name}' already, in {stories / name}; use another name.")
    return stories / name


def _put(build, folder):
    if os.path.lexists(folder):  # somebody was faster
        raise InputError(f"There is a story '{folder.name}' already, in {folder}; use another name.")
    os.rename(build, folder)


def _check_apart(given):
    seen = {}
    for one in given:
        digest = hashlib.sha256(one.content + one.text.encode("utf-8", "replace")).hexdigest()
        if digest in seen:
            raise InputError(f"{one.path} is the same file as {seen[digest]}; give two versions.")
        seen[digest] = one.path


# --- reading a file ---------------------------------------------------------------------------------


class Pasted(NamedTuple):
    """A version that is not in a file here: its name (`first`, or that of a file that was handed over), and its content."""

    name: str
    content: bytes


_BETWEEN = re.compile(rb"^[ \t]*={3,}[ \t]*\r?$\n?", re.MULTILINE)


def pasted_versions(content: bytes) -> list[Pasted]:
    """The versions in what was pasted: what stands between lines of three equals signs or more."""
    parts = [part.strip(b"\r\n") + b"\n" for part in _BETWEEN.split(content) if part.strip()]
    return [Pasted(f"pasted-{number}", part) for number, part in enumerate(parts, 1)]


def read_version(source):
    """A `Given` from a file (Path) or a `Pasted`: text in whatever encoding, a saved web page, or a draft.

    Raises InputError for a file that is missing, empty, or none of these, with advice.
    """
    if isinstance(source, Pasted):
        path = Path(source.name)
        return _read_content(path if path.suffix else path.with_suffix(".txt"), source.content)
    return _read_content(source, _content_of(source))


def _content_of(path):
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path} is not there; check the name.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder; give the file of a version.") from None
    except OSError as error:
        if path.is_dir():  # Windows says "permission denied" of a folder
            raise InputError(f"{path} is a folder; give the file of a version.") from None
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions.") from None


def _read_content(path, content):
    draft = _form_of_draft(content)
    if draft:
        return _from_draft(path, content, draft)
    _check_is_text(path, content)
    if _is_web_archive(content):
        text, encoding, is_guess = _decoded(path, _page_of_archive(path, content), is_page=True)
        return _from_page(path, content, text, encoding, is_guess)
    is_page = _is_page(path, content)
    text, encoding, is_guess = _decoded(path, content, is_page)
    if is_page:
        return _from_page(path, content, text, encoding, is_guess)
    if not text.strip():
        raise InputError(f"{path} is empty; give the text of the version.")
    _check_article(path, text)
    date, date_from = _date_in(path, text)
    return Given(path, content, encoding, is_guess, "text", text, date=date, date_from=date_from)


def _check_article(path, text):
    if not read(boilerplate.blank(text, boilerplate.find_boilerplate(text))).tokens:
        raise InputError(f"No article was found in {path}; copy its text into a .txt file, and give that.")


def _check_is_text(path, content):
    if not content.strip():
        raise InputError(f"{path} is empty; give the text of the version.")
    for start, what, fix in _NOT_TEXT:
        if content.startswith(start):
            # "BM" begins words too; a bitmap says its own size behind it.
            if start == b"BM" and b"\0" not in content[:64]:
                continue
            raise InputError(f"{path} is {what}, not text: {fix}.")
    if content[8:12] == b"WEBP" or content[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        raise InputError(f"{path} is {_PICTURE[0]}, not text: {_PICTURE[1]}.")


def _is_page(path, content):
    head = content[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if path.suffix.lower() in (".htm", ".html", ".xhtml"):
        return True
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:1000]:
        return True
    return bool(_FRAGMENT.match(head)) and len(_CLOSED.findall(content.lower())) > 1


# A part of a page, as it is copied from its source: it begins with a block, and holds several.
_FRAGMENT = re.compile(
    rb"(?:<!--[^>]*-->\s*)?<(?:article|body|div|h[1-6]|main|ol|p|section|span|table|ul)\b[^<>]*>"
)
_CLOSED = re.compile(rb"</(?:div|h[1-6]|li|p)>")


def _is_web_archive(content):
    """Whether this is a page saved as a single file (MHTML), as browsers offer it."""
    head = content[:3000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _page_of_archive(path, content):
    import email

    for part in email.message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            return part.get_payload(decode=True)
    raise InputError(f"{path} is a web archive without a page; save the page as HTML, and give that.")


_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)


def _decoded(path, content, is_page):
    """(text, encoding, whether that is a guess): by its mark, as UTF-8, as the page says, else guessed."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = _decode(content, encoding)
            if text is None:
                raise InputError(f"{path} begins like {encoding} and is none; save it as UTF-8.")
            return text.removeprefix("\ufeff"), encoding, False
    text = _decode(content, "utf-8")
    if text is not None and "\0" not in text:
        return text, "utf-8", False
    declared = _DECLARED.search(content[:4000]) if is_page else None
    if declared:
        name = declared.group(1).decode("ascii")
        text = _decode(content, {"iso-8859-1": "cp1252", "latin1": "cp1252"}.get(name.lower(), name))
        if text is not None:
            return text, name.lower(), False
    return _guessed(path, content)


def _decode(content, encoding):
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):  # not these letters, or no such encoding: charset=undefined
        return None


def _guessed(path, content):
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    # A text of Western Europe: where several single-byte encodings fit, Windows' own is the likeliest, then the Mac's.
    for encoding in ("cp1252", "mac_roman"):
        western = _decode(content, encoding)
        if western is not None and b"\0" not in content and _reads_as_western(western):
            return western, encoding.replace("_", "-"), True
    if best is None or (b"\0" in content and not best.encoding.startswith(("utf_16", "utf_32"))):
        raise InputError(f"{path} is no text that can be read; open it in an editor and save it as UTF-8.")
    return str(best), best.encoding.replace("_", "-"), True


def _reads_as_western(text):
    """Whether what is not ASCII reads as it would in English: quotation marks, dashes, letters in words."""
    odd = [place for place, char in enumerate(text) if ord(char) > 127]
    likely = sum(text[place] in "‘’“”–—…•€£©®°·«»§\u00a0" or _is_letter_of_word(text, place) for place in odd)
    controls = any(unicodedata.category(char) == "Cc" and char not in "\t\r\n\f" for char in text)
    return not controls and likely >= 0.9 * len(odd) and len(odd) <= 0.1 * len(text)


def _is_letter_of_word(text, place):
    """Whether a letter with an accent stands where one can: a capital before a letter, and not within a word of small
    ones. A quotation mark of another encoding that looks like one stands at a word's end."""
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char.lower() not in _LETTERS:
        return False
    return char.islower() or before.isupper() or (after.isalpha() and not before.islower())


_LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšž"


# --- a draft --------------------------------------------------------------------------------------


def _form_of_draft(content):
    """Pandoc's name for a word processor's file, or empty."""
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content[:2] != b"PK":
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            mime = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return ""
    return "docx" if "word/document.xml" in names else "odt" if mime.endswith("opendocument.text") else ""


def _from_draft(path, content, form):
    """The paragraphs of a draft, as they read with its tracked changes accepted; notes and comments are left out."""
    with _extra("Drafts of a word processor"):
        import pypandoc
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"draft.{form}"
        file.write_bytes(content)
        try:
            page = pypandoc.convert_file(
                str(file), "html", format=form, extra_args=["--wrap=none", "--track-changes=accept"]
            )
        except RuntimeError:
            raise InputError(
                f"{path} cannot be read as .{form}; open it in its program, save it again, and give that."
            ) from None
    text = "\n\n".join(_paragraphs(page)) + "\n"
    _check_article(path, text)
    date, date_from = _date_in(path, text)
    return Given(path, content, "utf-8", False, form, text, date=date, date_from=date_from)


def _paragraphs(page):
    tree = _tree(f"<html><body>{page}</body></html>")
    for aside in tree.xpath(
        "//*[@role='doc-endnotes' or @role='doc-noteref'] | //section[contains(@class, 'footnotes')] | //a[contains(@class, 'footnote-ref')]"
    ):
        aside.drop_tree()
    blocks = tree.xpath("//p | //h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //li[not(p)] | //td[not(p)]")
    return [words for block in blocks if (words := _one_line(block.text_content()))]


def _tree(page):
    from lxml import html

    return html.document_fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


@contextmanager
def _extra(what):
    """Turns the lack of a package of the extra `new-story` into an InputError that says how to have it."""
    try:
        yield
    except ImportError:
        raise InputError(
            f"{what} are read with packages that are not in this environment: bring the story with "
            "python3 scripts/new_story.py, which installs them, or save the text as .txt and give that."
        ) from None


# --- a page of differences ------------------------------------------------------------------------


def _both_of_differences(one):
    """The two versions of a page that marks what was added and what was cut, as those of diffengine and of the
    Wayback Machine do."""
    if not one.is_page:
        raise InputError("A story has two versions or more; give the files of both.")
    page, encoding, is_guess = _decoded(one.path, one.content, is_page=True)
    if not re.search(r"<(?:ins|del)\b", page, re.IGNORECASE):
        raise InputError(
            f"{one.path} is one page and marks nothing as added or cut; save the page of each version, and give both."
        )
    both = [
        _from_page(one.path.with_name(f"{side}.html"), one.content, _without(page, gone), encoding, is_guess)
        for side, gone in (("earlier", "ins"), ("later", "del"))
    ]
    # The page's one date is that of neither; diffengine writes those of both above the article.
    above = " ".join(one.left_out)
    stated = sorted({date for found in _DATES[0].findall(above) if (date := _first_date("-".join(found)))})
    for version, date in zip(both, stated if len(stated) == 2 else ("", ""), strict=True):
        version.date, version.time = date, None
        version.date_from = "the two dates above the article" if date else ""
    return both


def _without(page, gone):
    """A page with its marks of differences resolved: what is marked `gone` is dropped, the other mark taken off."""
    from lxml import html

    tree = _tree(page)
    for mark in tree.xpath(f"//{gone}"):
        mark.drop_tree()
    for mark in tree.xpath("//ins | //del"):
        mark.drop_tag()
    return html.tostring(tree, encoding="unicode")


# --- a web page -------------------------------------------------------------------------------------


def _from_page(path, content, page, encoding, is_guess):
    with _extra("Web pages"):
        import trafilatura
    # A fragment has nothing around its article; trafilatura wants a whole page.
    is_whole = re.search("<(?:html|body)\\b", page, re.IGNORECASE)
    whole = page if is_whole else f"<html><body><article>{page}</article>"
    dates = {"original_date": True, "extensive_search": False}
    kinds = {"include_comments": False, "include_tables": False, "with_metadata": True}
    found = trafilatura.bare_extraction(whole, date_extraction_params=dates, **kinds)
    text = (found.text or "") if found else ""
    _check_article(path, text)
    date = (found.date or "") if re.fullmatch(r"\d{4}-\d{2}-\d{2}", found.date or "") else ""
    return Given(
        path, content, encoding, is_guess, "page", text.strip() + "\n",
        title=_one_line(found.title), site=_one_line(found.sitename),
        url=_saved_from(page) or (found.url or ""), date=date,
        date_from="what the page says of itself" if date else "", time=_time_of(page), left_out=_left_out(page, text),
    )  # fmt: skip


def _time_of(page):
    """When a page says that it was last changed, else published; None where it says neither with its place in the world."""
    from datetime import datetime

    stated = _tree(page).xpath(
        "//meta[@property='article:published_time' or @property='article:modified_time']/@content"
    )
    times = []
    for words in stated:
        try:
            times.append(datetime.fromisoformat(words.strip()))
        except ValueError:
            continue
    return max((time for time in times if time.tzinfo), default=None)


def _one_line(words):
    return " ".join((words or "").split())


def _saved_from(page):
    """The address that browsers write into a page that they save."""
    found = re.search(r"<!--\s{0,5}saved from url=\(\d{1,6}\)(\S{1,2000}?)\s{0,5}-->", page[:4000])
    return found.group(1) if found else ""


def _left_out(page, text):
    """The lines of a page's visible text that are not in the article."""
    tree = _tree(page)
    for hidden in tree.xpath("//script | //style | //noscript | //template | //head"):
        hidden.drop_tree()
    for block in tree.xpath("//p|//div|//li|//br|//h1|//h2|//h3|//h4|//figcaption|//td|//button|//section"):
        block.tail, block.text = "\n" + (block.tail or ""), "\n" + (block.text or "")
    kept = _one_line(text)
    lines = (_one_line(line) for line in tree.text_content().splitlines())
    return [line for line in dict.fromkeys(lines) if line and line not in kept]


# --- what is guessed --------------------------------------------------------------------------------

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATES = [
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b(?P<b>{_MONTHS})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<b>{_MONTHS})\.?,? (?P<y>\d{{4}})\b", re.IGNORECASE),
]


def _date_in(path, text):
    """(date, where it stands): from the file's name, or from the page around the article."""
    found = _first_date(path.stem)
    if found:
        return found, "the file's name"
    for start, end, _ in boilerplate.find_boilerplate(text):
        found = _first_date(text[start:end])
        if found:
            return found, f"the line “{_short(text[start:end])}”"
    return "", ""


def _first_date(words):
    from datetime import date

    for pattern in _DATES:
        for match in pattern.finditer(words):
            parts = match.groupdict()
            names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
            month = int(parts["m"]) if parts.get("m") else names.index(parts["b"][:3].lower()) + 1
            try:
                return date(int(parts["y"]), month, int(parts["d"])).isoformat()
            except ValueError:
                continue
    return ""


def _name_versions(given):
    """Give each version an id and a label, each its own."""
    sites = Counter(one.site for one in given)
    ids, labels = set(_DEVICES), set()
    for number, one in enumerate(given, 1):
        one.id = _unlike(_slug(one.path.stem) or f"version-{number}", "{}-{}", ids)
        wish = f"{one.id.removesuffix('-version').replace('-', ' ')} version"
        if one.site and sites[one.site] == 1:
            wish = f"{one.site.removeprefix('The ')} page"  # labels are read behind a "the"
        one.label = _unlike(wish, "{} ({})", labels)


def _unlike(wish, pattern, taken):
    """`wish`, or the first of its numbered forms that is not taken; it is taken then."""
    numbered = (pattern.format(wish, n) for n in count(2))
    name = wish if wish not in taken else next(one for one in numbered if one not in taken)
    taken.add(name)
    return name


def _slug(words):
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def _title(given):
    """The earliest version's headline, or its first words."""
    for one in given:
        if one.title:
            return one.title
        for start, end, kind in boilerplate.find_boilerplate(one.text):
            if kind == "headline" and count_words(one.text[start:end]) > 2:
                return _one_line(one.text[start:end])
    text = given[0].text
    article = read(boilerplate.blank(text, boilerplate.find_boilerplate(text)))  # without its dateline
    doc = article if article.sentences else read(text)
    return _short(doc.text[slice(*doc.sentences[0])], 80)


def _order_evidence(given):
    dates = [one.date for one in given]
    if not all(dates):
        return "The order in which the files were given; not every version has a date that could be found."
    if dates == sorted(dates) and len(set(dates)) == len(dates):
        return f"The order in which the files were given; the dates found agree with it ({', '.join(dates)})."
    if len(set(dates)) == 1:
        return _evidence_of_times(given, dates[0])
    return (
        f"The order in which the files were given. The dates found ({', '.join(dates)}) speak against it: "
        "check them, and change the order of the versions in this file if they are right."
    )


def _evidence_of_times(given, date):
    """The grounds for an order of versions of one day."""
    times = [one.time for one in given]
    if None in times or len(set(times)) == 1:
        return f"The order in which the files were given; all were found to be of {date}."
    told = ", ".join(time.isoformat(sep=" ", timespec="minutes") for time in times)
    if times == sorted(times):
        return (
            f"The order in which the files were given; the times that the pages state agree with it ({told})."
        )
    return (
        f"The order in which the files were given. The times that the pages state ({told}) speak against it: check "
        "them, and change the order of the versions in this file if they are right."
    )


# --- writing ----------------------------------------------------------------------------------------


def _write(folder, given, title):
    for one in given:
        content = one.content if one.is_as_given else one.text.encode("utf-8")
        (folder / f"{one.id}.txt").write_bytes(content)
        one.sha256 = hashlib.sha256(content).hexdigest()
        if not one.is_as_given:
            (folder / "originals").mkdir(exist_ok=True)
            (folder / "originals" / _original_name(one)).write_bytes(one.content)
    (folder / "story.toml").write_bytes("\n".join(_story_toml(given, title)).encode("utf-8"))


def _original_name(one):
    return f"{one.id}{one.path.suffix.lower() or ('.html' if one.is_page else '.txt')}"


def _story_toml(given, title):
    yield f"title = {_quoted(title)}  # a guess" if title else 'title = ""'
    yield ""
    yield "# Earlier version first. What is called a guess was guessed when the story was brought: check it."
    for one in given:
        yield "[[versions]]"
        yield f"id = {_quoted(one.id)}"
        yield f"file = {_quoted(one.id + '.txt')}"
        yield f"label = {_quoted(one.label)}  # a guess"
        if one.date:
            yield f"date = {_quoted(one.date)}  # a guess, from {_comment(one.date_from)}"
        yield f"source = {_quoted(_source(one))}"
        if one.url:
            yield f"url = {_quoted(one.url)}"
        yield f"sha256 = {_quoted(one.sha256)}"
        yield ""
    yield "[order]"
    yield f"later = {_quoted(given[-1].id)}"
    yield f"evidence = {_quoted(_order_evidence(given))}"
    yield ""
    yield "[rights]"
    yield 'holder = "not stated"'
    yield ""
    yield "# What a stance is taken toward: name it, and the words that name it in the text, to have it charted."
    yield "# [[targets]]"
    yield '# id = "the-plan"'
    yield '# label = "the plan"'
    yield '# names = ["plan", "proposal"]'
    yield ""


def _source(one):
    kept = f"the file as given, {one.path.name}, is originals/{_original_name(one)}"
    sure = "guessed to be" if one.encoding_is_guess else "read as"
    if one.is_page:
        from importlib.metadata import version

        site = f"{one.site}: " if one.site else ""
        return (
            f"{site}the article as trafilatura {version('trafilatura')} takes it from a saved page "
            f"({sure} {one.encoding}); {kept}"
        )
    if one.form != "text":
        import pypandoc

        pandoc = pypandoc.get_pandoc_version()
        return f"The paragraphs of a draft (.{one.form}) as pandoc {pandoc} reads them, its tracked changes accepted; {kept}"
    if one.is_as_given:
        return f"The file {one.path.name}, as given"
    return f"The file {one.path.name}, {sure} {one.encoding} and stored as UTF-8; {kept}"


def _quoted(words):
    """A basic string of TOML: JSON's escapes, and the one that JSON does not know to be needed."""
    words = words.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007F")


def _comment(words):
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


# --- what is told -----------------------------------------------------------------------------------


def _told(brought):
    from copydesk.engine.language.actor_names import actor_labels
    from copydesk.engine.speakers import find_actors
    from copydesk.stories.tables import statements_table

    story, given = brought.story, brought.given
    yield f"Made {brought.folder}: “{story.title}” (the title is a guess)."
    kinds = boilerplate.definitions()
    for one in given:
        version = story.versions[one.id]
        yield ""
        yield f"{one.id}: {version.words} words in {len(version.document.sentences)} sentences."
        yield f"  Guessed: the label “{one.label}”; {_told_date(one)}."
        if one.encoding_is_guess:
            yield f"  Guessed: the file's encoding, {one.encoding}; see that no letter is wrong."
        elif one.encoding != "utf-8":
            yield f"  Its encoding is {one.encoding}; the version is stored as UTF-8."
        if one.is_page:
            shown = "; ".join(f"“{_short(line, 50)}”" for line in one.left_out[:4])
            more = f", such as {shown}" if shown else ""
            yield f"  Left out of the page, as no part of its article: {_lines(len(one.left_out))}{more}."
        for kind, part in version.boilerplate.groupby("kind", sort=False):
            words = "; ".join(f"“{_short(text, 50)}”" for text in part["text"].head(3))
            yield f"  Set apart as {kind} ({_short(kinds[kind], 90)}): {_lines(len(part))}, {words}."
        if version.much_is_set_apart:
            yield f"  Of the words behind its lead, {version.share_set_apart:.0%} are set apart; see that none is the article's."
    yield ""
    yield f"Order: {_order_evidence(given)}"
    labels = actor_labels(story.entry.extra_actors)
    named = Counter(m.actor for v in story.versions.values() for m in find_actors(v.document))
    most = ", ".join(f"{labels.get(one, one)} ({n})" for one, n in named.most_common(8))
    yield f"Actors named, with how often: {most or 'none that data/codebooks/actors.toml knows'}."
    statements = statements_table(story)
    lost = statements[statements["actor"] == "unresolved"]["source"]
    names = ", ".join(f"“{_short(one, 40)}”" for one in dict.fromkeys(lost) if one)
    open_ones = f"; whom these speak for is open: {names}" if names else ""
    yield f"Statements found: {len(statements)}{open_ones}."
    yield ""
    yield "Check, before you trust a number:"
    for number, check in enumerate(_checks(brought), 1):
        yield f"  {number}. {check}"
    yield f"Then: python3 scripts/report.py {story.name}"


def _checks(brought):
    from copydesk.stories.comparison import compare_versions

    versions = list(brought.story.versions.values())
    for before, after in pairwise(versions):
        links = compare_versions(before, after).links
        linked = links["before"].notna() & links["after"].notna()
        if linked.sum() < 0.1 * min(len(before.sentences), len(after.sentences)):
            yield (
                f"Hardly a sentence of {before.id} answers one of {after.id}. Is each of them the article, and not what "
                "stood in its place: a cookie notice, an error page, another story?"
            )
    for version in versions:
        open_ends = sum(not ends_sentence(version.text[a:b]) for a, b in version.document.sentences)
        if 2 * open_ends > len(version.document.sentences):
            yield (
                f"Most sentences of {version.id} end without a full stop ({open_ends} of "
                f"{len(version.document.sentences)}). Are its lines cut in mid-sentence, or its full stops lost?"
            )
    yield f"{brought.folder / 'story.toml'}: title, labels, dates, order, whose the texts are."
    yield "The version files: is the article whole, and is nothing else in it?"
    yield (
        "Speakers that are open: add them to story.toml under [[extra_actors]], each with id, label, kind and names; "
        "data/stories/harbour-ferry/story.toml shows how."
    )
    yield "What a stance is taken toward: add it under [[targets]]."
    if len({tuple(version.body.split()) for version in versions}) < len(versions):
        yield "Two versions have the same words; was the right file given?"


def _told_date(one):
    return f"the date {one.date}, from {one.date_from}" if one.date else "no date was found"


def _lines(number):
    return f"{number} line" + ("" if number == 1 else "s")


def _short(words, most=60):
    # At a space, since a word cut in two reads as another.
    return textwrap.shorten(words, most, placeholder=" …")
