"""A story's folder: its versions, the page around the article, and a clear sentence for each fault."""

import hashlib
import tomllib
from pathlib import Path

import pytest
from copydesk import InputError
from copydesk.engine import boilerplate, toml_files
from copydesk.engine.spans import row_id
from copydesk.engine.text import Document
from copydesk.stories import dates
from copydesk.stories.story import StoryEntry, read_story, story_from_texts
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "data" / "stories" / "north-korea-sanctions"


@pytest.fixture(scope="module")
def story():
    return read_story("north-korea-sanctions")


# --- the bundled story ------------------------------------------------------------------------------


def test_the_story_is_read_by_name_and_by_path(story):
    assert story.name == read_story(STORY).name == "north-korea-sanctions"
    assert list(story.versions) == ["aol", "longer"]
    assert story.entry.actors == ["united-states", "china", "global-times"]
    assert story.entry.order.later == "longer"


@pytest.mark.parametrize(
    ("version", "sha256"),
    [
        ("aol", "202aa1ba6c80b563b330f9c687be6059bda560ffaae3f621acc60b05ee418516"),
        ("longer", "941372ab7f6855c3a8fec48b7890394f63956f46106a84acdea670c06e68ea25"),
    ],
)
def test_the_files_are_kept_byte_for_byte(story, version, sha256):
    path = STORY / story.versions[version].entry.file
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256 == story.versions[version].sha256
    assert story.versions[version].text.encode("utf-8") == path.read_bytes()


def test_sentences_are_a_table_with_the_designs_columns(story):
    frame = story.sentences
    assert list(frame.columns) == ["story", "version", "sentence", "start", "end", "text"]
    assert frame.groupby("version").size().to_dict() == {"aol": 27, "longer": 32}
    assert frame.sentence.iloc[0] == "aol:S0001" == row_id("sentence", "aol", 1)
    assert frame.sentence.iloc[-1] == "longer:S0032"
    assert frame.sentence.is_unique
    for row in frame.itertuples():
        assert story.versions[row.version].text[row.start : row.end] == row.text


BOILERPLATE = {
    "aol": [
        (0, 59, "headline"), (61, 106, "promotion"), (107, 131, "promotion"), (133, 176, "headline"),
        (178, 212, "dateline"), (766, 831, "promotion"), (1180, 1230, "promotion"), (1232, 1241, "gallery"),
        (1242, 1267, "gallery"), (1268, 1279, "gallery"), (1280, 1339, "gallery"), (1340, 1744, "caption"),
        (1745, 2044, "caption"), (2045, 2381, "caption"), (2382, 2680, "caption"), (2681, 2981, "caption"),
        (2982, 3280, "caption"), (3281, 3839, "caption"), (3840, 4346, "caption"), (4347, 4841, "caption"),
        (4842, 5304, "caption"), (5305, 5795, "caption"), (5796, 6236, "caption"), (6237, 6609, "caption"),
        (6610, 7026, "caption"), (7027, 7573, "caption"), (7574, 7909, "caption"), (7910, 8409, "caption"),
        (8410, 8866, "caption"), (8867, 8947, "caption"), (8948, 8950, "gallery"), (8951, 8958, "gallery"),
        (8959, 8972, "gallery"), (8973, 8987, "gallery"), (8988, 9000, "gallery"), (12328, 12346, "promotion"),
        (12347, 12422, "promotion"), (12423, 12487, "promotion"), (12488, 12552, "promotion"),
        (12554, 12569, "navigation"), (12571, 12688, "newsletter"), (12690, 12724, "newsletter"),
        (12726, 12813, "newsletter"), (12815, 12832, "promotion"),
    ],
    "longer": [(0, 28, "dateline")],
}  # fmt: skip


@pytest.mark.parametrize("version", ["aol", "longer"])
def test_the_page_around_the_article_is_found_cell_by_cell(story, version):
    frame = story.versions[version].boilerplate
    assert list(frame.columns) == ["story", "version", "start", "end", "kind", "text"]
    assert list(frame[["start", "end", "kind"]].itertuples(index=False, name=None)) == BOILERPLATE[version]


def test_article_and_page_together_are_the_file(story):
    for version in story.versions.values():
        stretches = [(row.start, row.end) for row in version.boilerplate.itertuples()]
        parts = sorted([*stretches, *version.document.sentences])
        place = 0
        for start, end in parts:
            assert not version.text[place:start].strip()
            place = end
        assert not version.text[place:].strip()
        assert len(version.body) == len(version.text)


def test_no_caption_leaks_into_the_article(story):
    article = " ".join(story.versions["aol"].sentences.text)
    for words in ("Kwang", "Photo", "satellite", "fascinating vapor", "denouce", "SeaWorld", "newsletters"):
        assert words not in article


def test_every_kind_has_a_definition(story):
    assert set(story.boilerplate.kind) <= set(boilerplate.definitions())
    assert all(definition.endswith(".") for definition in boilerplate.definitions().values())


# --- boilerplate of other pages ---------------------------------------------------------------------

PAGE = """Harbor plan splits the council

By Jane Weber
Updated 3 March 2021 at 10:15

BREMEN, March 3 (Agency) - The council approved the harbor plan on Wednesday. Nobody was surprised.

READ MORE: Ten piers you must see

Photo: The harbor at dawn

"It is a good plan," the mayor said.

Sign up for our newsletter today

(Reporting by Jane Weber; Editing by Tom Otto)
"""


def test_another_page_is_read_by_the_same_rules():
    found = {PAGE[start:end]: kind for start, end, kind in boilerplate.find_boilerplate(PAGE)}
    assert found == {
        "Harbor plan splits the council": "headline",
        "By Jane Weber": "byline",
        "Updated 3 March 2021 at 10:15": "byline",
        "BREMEN, March 3 (Agency) -": "dateline",
        "READ MORE: Ten piers you must see": "promotion",
        "Photo: The harbor at dawn": "caption",
        "Sign up for our newsletter today": "newsletter",
        "(Reporting by Jane Weber; Editing by Tom Otto)": "credit",
    }
    body = boilerplate.blank(PAGE, boilerplate.find_boilerplate(PAGE))
    assert [body[a:b] for a, b in Document(body).sentences] == [
        "The council approved the harbor plan on Wednesday.",
        "Nobody was surprised.",
        '"It is a good plan," the mayor said.',
    ]


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("REYKJAVIK - ", "dateline"),
        ("LAKE TOWN, England -- ", "dateline"),
        ("SÃO PAULO, 4 May — ", "dateline"),
        ("(Lake Wire) - ", "dateline"),
        ("MOSCOW, May 4. /LAKE/. ", "dateline"),
        ("REYKJAVIK, MAY 4 - - ", "dateline"),
        ("Lake Town, 4 May (Agency) ", "dateline"),
        ("Lake Town, May 4 -- ", "dateline"),
        ("NEW LAKE: ", "dateline"),
        ("LAKE TOWN (AP) _ ", "dateline"),
        ("She left, May 4 in hand, ", None),
        ("UPDATE: ", None),
        ("RUN - as they all did, ", None),
        ("Wednesday - ", None),
        ("RUN-DOWN ", None),
    ],
)
def test_datelines_and_what_looks_like_them(opening, kind):
    text = f"{opening}The council approved the harbor plan on Wednesday. Nobody was surprised."
    expected = [(0, len(opening.rstrip()), kind)] if kind else []
    assert boilerplate.find_boilerplate(text) == expected


@pytest.mark.parametrize("case", [str.upper, str.lower])
@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("NEW LAKE: ", "dateline"),
        ("Lake Town, England: ", "dateline"),
        ("Update: ", None),
        ("What we know: ", None),
    ],
)
def test_a_dateline_with_a_colon_is_one_in_any_letters(opening, kind, case):
    text = case(f"{opening}The council approved the harbor plan on Wednesday. Nobody was surprised.")
    expected = [(0, len(opening.rstrip()), kind)] if kind else []
    assert boilerplate.find_boilerplate(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Jane Weber contributed reporting from Bremen.",
        "Jane M. Weber, Tom Otto, and Ada B. Holm contributed reporting.",
        "Reporting was contributed by Jane M. Weber in Bremen, and Tom Otto in Lund.",
        "Ada Holm contributed research.",
    ],
)
def test_whoever_contributed_is_no_part_of_the_article(line):
    text = f"The council met on Monday. Nobody spoke.\n\n{line}\n"
    assert [(text[a:b], kind) for a, b, kind in boilerplate.find_boilerplate(text)] == [(line, "credit")]
    said = "Jane Weber contributed to the harbor fund."
    assert boilerplate.find_boilerplate(text.replace(line, said)) == []


def test_more_of_the_page():
    page = (
        "News > Harbor > Plans\n4 May 2021\n"
        + PAGE.split("\n\n")[2]
        + "\n\nImage caption The harbor at dawn\n\n"
    )
    page += "The vote was called on 4 May 2021.\n\nFollow her on Lakebook\n\nOur Standards: The Lake Rules.\n"
    found = {page[start:end]: kind for start, end, kind in boilerplate.find_boilerplate(page)}
    assert found == {
        "News > Harbor > Plans": "navigation",
        "4 May 2021": "byline",
        "BREMEN, March 3 (Agency) -": "dateline",
        "Image caption The harbor at dawn": "caption",
        "Follow her on Lakebook": "promotion",
        "Our Standards: The Lake Rules.": "credit",
    }


WIRE = """FISHING QUOTA TALKS TO RESUME IN SPRING

    BERGEN, MARCH 3 - - The talks about the quota for mackerel will
resume in the spring, two officials of the fisheries board said
on Tuesday after a meeting in the harbour.
    "We are closer than we were in the autumn, and nobody left the
table," one of them said.
    Boats from the north have landed 41,000 tons since January and
the board counts every one of them.
 {sign_off}
"""
UNWRAPPED = """FISHING QUOTA TALKS TO RESUME IN SPRING

BERGEN, MARCH 3 - The talks about the quota for mackerel will resume in the spring, two officials of the fisheries board said on Tuesday after a meeting in the harbour.

"We are closer than we were in the autumn, and nobody left the table," one of them said.

Boats from the north have landed 41,000 tons since January and the board counts every one of them.  {sign_off}
"""
CASES = [pytest.param(case, id=case.__name__) for case in (str.swapcase, str.upper, str.lower, str)][1:]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", [WIRE, UNWRAPPED])
@pytest.mark.parametrize(
    "sign_off",
    ["Reuter", "REUTER...", "—AP", "(AFP)", "Bergen Wire", "- 30 -", "-- Harbour Press --", "ENDS", "###"],
)
def test_a_wire_story_is_whole_save_its_title_dateline_and_sign_off(form, case, sign_off):
    text = case(form.format(sign_off=sign_off))
    version = story_from_texts({"one": text}).versions["one"]
    assert version.boilerplate["kind"].tolist()[:2] == ["headline", "dateline"]
    assert text[version.boilerplate["end"][1] :].lstrip().lower().startswith("the talks about")
    assert " ".join(version.boilerplate["text"][2:]) == case(sign_off)
    endings = [words.split()[-1].lower() for words in version.sentences["text"]]
    assert endings == ["harbour.", "said.", "them."]
    assert not version.much_is_set_apart or len(sign_off.split()) > 1


NOTICE = """The lock gates opened at noon. The first barge was through by one.

Copyright 2011 The Harbour Wire. All rights reserved. This material may not be published,
broadcast, rewritten or redistributed.
"""


@pytest.mark.parametrize(
    "notice",
    [NOTICE, NOTICE.replace(". A", ".\nA").replace(". T", ".\nT"), NOTICE.replace("Copyright", "©")],
)
def test_a_copyright_notice_over_several_lines_is_the_owners(notice):
    [version] = story_from_texts({"one": notice}).versions.values()
    assert version.sentences["text"].tolist() == [
        "The lock gates opened at noon.", "The first barge was through by one."
    ]  # fmt: skip
    assert set(version.boilerplate["kind"]) == {"credit"}


@pytest.mark.parametrize("case", CASES)
def test_lists_and_headings_inside_an_article_are_the_articles(case):
    text = case(
        "The council named three piers that will be closed:\n\n- the old coal pier\n- the pilots' pier\n"
        "- the north mole, with its light\n\nWhat happens next\n\nThe vote is on Monday. Nobody expects a tie.\n\n"
        "The order of the works is as follows:\n\n1. Coal pier\n2. North mole\n"
    )
    [version] = story_from_texts({"one": text}).versions.values()
    assert version.boilerplate.empty and len(version.sentences) == 10
    assert not version.much_is_set_apart


def test_lists_of_links_are_not_the_articles():
    links = "- Storm closes the airport for a second day\n- Ten recipes that you will love\n"
    article = "The council of the town has named the three piers that it wants to close before the winter comes.\n\n{}The vote is on Monday.\n\n{}"
    before = article.format(
        "Five things that we learned from the vote\n\nThe mayor's long day at sea\n\n", ""
    )
    for text in (article.format("", "Most popular\n" + links), article.format("", links), before):
        [version] = story_from_texts({"one": text}).versions.values()
        assert version.sentences["text"].tolist() == [
            article.split("\n")[0],
            "The vote is on Monday.",
        ]
        assert version.much_is_set_apart and version.share_set_apart > 0.3


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell sharply in the afternoon.",
        "Copyright owners sued the company over its archive.",
        "Reporting by the newspaper led to the arrest of two ministers.",
        "The company said that its privacy policy had changed in May.",
        "See more than forty ships at once, the poster says.",
        "The museum kept the ship (and lost the picture).",
        "Published in 1998, the book sold well.",
    ],
)
def test_a_paragraph_with_a_finished_sentence_is_never_set_apart(sentence):
    text = f"The council met on Monday.\n\n{sentence}\n\nThe mayor left at noon.\n"
    assert boilerplate.find_boilerplate(text) == []
    assert boilerplate.find_boilerplate(text.replace(sentence, "Share prices fell.")) == []
    tail = f"The council met on Monday.\n\n{sentence} Watch the ships at www.ships.example tonight\n\nThe mayor left.\n"
    assert [tail[a:b] for a, b, _ in boilerplate.find_boilerplate(tail)] == [
        "Watch the ships at www.ships.example tonight"
    ]


def test_a_title_with_a_full_stop_before_a_dateline_is_a_title():
    text = "Is this the end of the night boats?\n\nBERGEN (Harbour Wire) - The boats stay. Nobody asked.\n"
    found = [(text[a:b], kind) for a, b, kind in boilerplate.find_boilerplate(text)]
    assert [kind for _, kind in found] == ["headline", "dateline"]


def test_a_text_without_full_stops_is_not_thrown_away():
    text = "the harbor shut\nthe fishermen went home\nnobody knew why"
    assert boilerplate.find_boilerplate(text) == []


@given(st.one_of(st.text(st.characters(exclude_categories=()), max_size=200), st.lists(
    st.sampled_from([*PAGE.splitlines(), "", "12 PHOTOS", "SHOW CAPTION +", "SEE ALL", "of"]), max_size=12
).map("\r\n".join)))  # fmt: skip
def test_blanking_keeps_every_offset(text):
    stretches = boilerplate.find_boilerplate(text)
    body = boilerplate.blank(text, stretches)
    assert len(body) == len(text)
    place = 0
    for start, end, kind in stretches:
        assert place <= start < end
        assert kind in boilerplate.definitions()
        assert body[place:start] == text[place:start]
        assert not body[start:end].strip()
        place = end
    assert body[place:] == text[place:]


# --- faults -----------------------------------------------------------------------------------------

TOML = """title = "A harbor plan"
[[versions]]
id = "one"
file = "one.txt"
label = "first"
[[versions]]
id = "two"
file = "two.txt"
label = "second"
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "harbor"
    folder.mkdir()
    (folder / "story.toml").write_text(TOML, encoding="utf-8")
    (folder / "one.txt").write_text("The council met. It voted.", encoding="utf-8")
    (folder / "two.txt").write_text("The council met.", encoding="utf-8")
    return folder


def test_a_story_of_ones_own_is_read(folder):
    story = read_story(folder)
    assert story.name == "harbor"
    assert [len(v.document.sentences) for v in story.versions.values()] == [2, 1]
    assert story.provenance.source.tolist() == ["not stated", "not stated"]


def _fault(folder, wrong):
    """The one sentence that reading the folder gives, after `wrong` was done to it."""
    wrong(folder)
    with pytest.raises(InputError) as caught:
        read_story(folder)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith((".", "?"))
    return message


def _toml(old, new):
    def change(folder):
        text = (folder / "story.toml").read_text(encoding="utf-8")
        assert old in text
        (folder / "story.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FAULTS = [
    ("no story.toml", lambda f: (f / "story.toml").unlink(), ["has no story.toml"]),
    ("missing file", lambda f: (f / "two.txt").unlink(), ["story.toml", "two.txt", "not there"]),
    ("empty file", lambda f: (f / "two.txt").write_bytes(b""), ["two.txt", "is empty"]),
    ("blanks only", lambda f: (f / "two.txt").write_bytes(b" \n\t\r\n"), ["two.txt", "is empty"]),
    (
        "page only",
        lambda f: (f / "two.txt").write_bytes(b"Sign up for news\n"),
        ["two.txt", "no article"],
    ),
    ("not UTF-8", lambda f: (f / "two.txt").write_bytes(b"caf\xe9."), ["two.txt", "not UTF-8", "byte 3", "0xe9"]),
    ("binary", lambda f: (f / "two.txt").write_bytes(b"PK\x03\x00."), ["two.txt", "binary", "byte 3"]),
    ("a folder", lambda f: ((f / "two.txt").unlink(), (f / "two.txt").mkdir()), ["two.txt", "not there"]),
    ("wrong hash", _toml('label = "second"', f'label = "s"\nsha256 = "{"0" * 64}"'), ["two.txt", "SHA-256", "0000"]),
    ("misspelt key", _toml("label", "lable"), ["story.toml", "versions 1 ('one')", "'lable'", "did you mean 'label'?"]),
    ("unknown key", _toml("title", 'zzz = 1\ntitle'), ["story.toml", "'zzz'", "remove it"]),
    ("no title", _toml('title = "A harbor plan"', ""), ["story.toml", "title", "missing"]),
    ("wrong type", _toml('"A harbor plan"', "7"), ["story.toml", "title", "7"]),
    ("not TOML", _toml("title =", "title"), ["story.toml", "not valid TOML", "line 1"]),
    ("not UTF-8 TOML", lambda f: (f / "story.toml").write_bytes(b"\xff"), ["story.toml", "not UTF-8"]),
    ("no versions", lambda f: (f / "story.toml").write_text('title = "x"'), ["story.toml", "versions", "missing"]),
    ("parent path", _toml("two.txt", "../two.txt"), ["story.toml", "'../two.txt'", "leaves the story's folder"]),
    ("hidden parent", _toml("two.txt", "a/../../two.txt"), ["leaves the story's folder"]),
    ("absolute path", _toml("two.txt", "/etc/hostname"), ["leaves the story's folder"]),
    ("drive path", _toml('"two.txt"', "'C:\\two.txt'"), ["leaves the story's folder"]),
    ("backslashes", _toml('"two.txt"', "'..\\two.txt'"), ["leaves the story's folder"]),
    ("double id", _toml('id = "two"', 'id = "one"'), ["story.toml", "two versions", "'one'"]),
    ("no id", _toml('id = "two"', 'id = "Two!"'), ["story.toml", "'Two!'", "is no id"]),
    (
        "unknown order",
        _toml('title = "A harbor plan"', 'title = "x"\norder = { later = "three", evidence = "" }'),
        ["story.toml", "'three'", "no version"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "says"), [pytest.param(w, s, id=name) for name, w, s in FAULTS])
def test_each_fault_gives_its_one_sentence(folder, wrong, says):
    message = _fault(folder, wrong)
    for words in says:
        assert words in message


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("The council met.", encoding="utf-8")
    (folder / "two.txt").unlink()
    try:
        (folder / "two.txt").symlink_to(outside)
    except OSError:
        pytest.skip("no symbolic links here")
    assert "leads out of the story's folder" in _fault(folder, lambda f: None)


def test_a_missing_story_is_answered_with_those_there_are():
    with pytest.raises(InputError, match=r"no story 'harbour'; choose from .*north-korea-sanctions"):
        read_story("harbour")
    with pytest.raises(InputError, match="no story"):
        read_story("../stories-that-are-not-there")


def test_an_unknown_version_is_answered_with_those_there_are(story):
    with pytest.raises(InputError, match="no version 'third'; choose from aol, longer"):
        story.version("third")
    assert story.version("aol") is story.versions["aol"]


def test_line_ends_are_kept_as_they_are(folder):
    (folder / "two.txt").write_bytes(b"The council met.\r\nIt voted.\r\n")
    version = read_story(folder).versions["two"]
    assert version.text == "The council met.\r\nIt voted.\r\n"
    assert version.sentences.text.tolist() == ["The council met.", "It voted."]


def test_a_byte_order_mark_is_no_word(folder):
    (folder / "two.txt").write_bytes(b"\xef\xbb\xbfThe council met.")
    version = read_story(folder).versions["two"]
    assert version.words == 3
    assert version.sentences.text.iloc[0].endswith("The council met.")


def test_the_data_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(InputError, match="nowhere is not there"):
        toml_files.data_folder()


def test_half_a_surrogate_pair_is_refused_with_its_place():
    with pytest.raises(
        InputError, match=r"version two holds half of a surrogate pair \(U\+D800, character 4\)"
    ):
        story_from_texts({"one": "The council met.", "two": "The \ud800 met."})


@given(st.text(max_size=120))
def test_any_text_is_a_version(text):
    version = story_from_texts({"one": text}).versions["one"]
    assert len(version.body) == len(version.text)
    assert version.words >= 0
    assert len(version.sentences) == len(version.document.sentences)
    assert list(version.boilerplate.columns) == ["story", "version", "start", "end", "kind", "text"]


def test_what_an_actor_can_be_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "story.toml").write_text(
        'title = "A"\n[[versions]]\nid = "a"\nfile = "a.txt"\nlabel = "a"\n'
        '[[extra_actors]]\nid = "mayor"\nlabel = "Mayor"\nkind = "person"\nnames = ["Ana Brandt"]\n',
        encoding="utf-8",
    )
    with pytest.raises(
        InputError,
        match=r"extra_actors 1 \('mayor'\), kind: input should be 'state', .*'named person', not 'person'",
    ):
        read_story(tmp_path)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2016-02-25", "2016-02-25"),
        ('"2016-02-25"', "2016-02-25"),
        ("2016-02-25T17:30:00Z", "2016-02-25T17:30:00+00:00"),
        ('"not stated"', "not stated"),
    ],
)
def test_a_date_may_be_tomls_own(tmp_path, written, read):
    entry = toml_files.check(tomllib.loads(_of_date(written)), StoryEntry, tmp_path)
    assert entry.versions[1].date == read


@pytest.mark.parametrize(
    "written", ['"25 Feb 2016"', '"25/02/2016"', '"yesterday"', "2016", '""', '"2016-02-31"']
)
def test_anything_but_a_date_is_refused_by_what_it_should_be(tmp_path, written):
    with pytest.raises(InputError) as told:
        toml_files.check(tomllib.loads(_of_date(written)), StoryEntry, tmp_path / "story.toml")
    assert "versions 2 ('b'), date: " in str(told.value)
    assert "is not a date in ISO form; write the year, the month and the day as 2016-02-25" in str(told.value)


def _of_date(written):
    rows = "".join(f'[[versions]]\nid = "{one}"\nfile = "{one}.txt"\nlabel = "{one}"\n' for one in "ab")
    return f'title = "T"\n{rows}date = {written}\n'


def test_order_is_by_date_and_not_by_string():
    assert dates.moment("2016-02-25T09:00:00+02:00") < dates.moment("2016-02-25T08:00:00Z")
    assert dates.moment("2016-02-25") < dates.moment("2016-02-25T00:01:00")
    assert dates.moment("not stated") is None
