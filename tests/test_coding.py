"""Hand codings: what is refused and how it is said, matching, agreement against published figures."""

import math
from pathlib import Path

import pandas as pd
import pytest
from copydesk.engine.spans import Span, write_spans
from copydesk.errors import InputError
from copydesk.stories import coding
from copydesk.stories.coding.row_models import TABLES, read_coded_spans
from copydesk.stories.story import read_story
from hypothesis import example, given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
BUNDLED = ROOT / "data" / "stories" / "north-korea-sanctions"

BEFORE = 'The mayor spoke. "We will rebuild," she said. Nobody clapped.\n'
AFTER = 'the mayor spoke . a poll was held .\n" we will rebuild , " she said .\n'
SENTENCES = {"first": [(0, 16), (17, 45), (46, 61)], "second": [(0, 17), (18, 35), (36, 68)]}

LINKS = """\
before_version,after_version,before_start,before_end,after_start,after_end,relation,moved,note
first,second,0,16,0,17,identical,no,
first,second,,,18,35,added,no,a poll
first,second,17,45,36,68,identical,no,
first,second,46,61,,,deleted,no,
"""
STATEMENTS = """\
version,start,end,content_spans,content,source,source_start,source_end,source_id,source_type,actor,cue,\
cue_start,cue_end,quotation,kind,note
first,17,45,18-33,We will rebuild,she,36,39,mayor,named official,town,said,40,44,direct,statement,
"""
STANCES = (
    "version,start,end,text,target,stance,strength,note\nfirst,18,33,We will rebuild,plan,supportive,2,\n"
)
MEASURES = "version,start,end,spans,text,label,category,status,umbrella,note\nfirst,18,33,18-33,,x,arms,proposed,no,\n"
FILES = {"links": LINKS, "statements": STATEMENTS, "stances": STANCES, "measures": MEASURES}
CODERS = "coder,kind,name,wrote_codebook,saw_rules,date,tables,note\n"


@pytest.fixture
def story(tmp_path):
    """A story in two versions, not coded yet."""
    folder = tmp_path / "rebuilding"
    folder.mkdir()
    (folder / "first.txt").write_text(BEFORE, encoding="utf-8", newline="")
    (folder / "second.txt").write_text(AFTER, encoding="utf-8", newline="")
    entry = '[[versions]]\nid = "{0}"\nfile = "{0}.txt"\nlabel = "{0}"\n'
    toml = 'title = "Rebuilding"\n' + entry.format("first") + entry.format("second")
    (folder / "story.toml").write_text(toml, encoding="utf-8")
    return read_story(folder)


def put(story, coder, table, content, encoding="utf-8"):
    path = story.folder / "coding" / coder / f"{table}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding))
    return path


def name_coders(story, *rows):
    path = story.folder / "coding" / "coders.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(CODERS + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def texts(story):
    return {name: version.text for name, version in story.versions.items()}


# --- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_coding_is_read_into_the_columns_of_its_table(story, table):
    put(story, "ann", table, FILES[table])
    frame = coding.read_coding(story, "ann", table)
    assert list(frame.columns) == TABLES[table].columns
    assert len(frame) == len(FILES[table].splitlines()) - 1
    assert coding.read_coding(story, "ben", table) is None


def test_cells_have_their_kinds(story):
    put(story, "ann", "links", LINKS)
    put(story, "ann", "statements", STATEMENTS)
    links = coding.read_coding(story, "ann", "links")
    assert links["moved"].tolist() == [False] * 4
    assert links["before_start"].isna().tolist() == [False, True, False, False]
    assert coding.read_coding(story, "ann", "statements").loc[0, "content_spans"] == (Span(18, 33),)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + LINKS,
        LINKS.replace("\n", "\r\n"),
        LINKS.replace(",", ";"),
        LINKS.replace(",", "\t"),
        LINKS + ",,,,,,,,\n\n",
    ],
    ids=["byte-order mark", "CRLF", "semicolons", "tabs", "blank rows"],
)
def test_what_spreadsheets_write_is_read(story, content):
    put(story, "ann", "links", LINKS)
    put(story, "ben", "links", content)
    pd.testing.assert_frame_equal(
        coding.read_coding(story, "ben", "links"), coding.read_coding(story, "ann", "links")
    )


def test_a_coding_that_found_nothing_is_not_a_missing_one(story):
    put(story, "ann", "measures", MEASURES.splitlines()[0] + "\n")
    assert len(coding.read_coding(story, "ann", "measures")) == 0


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        (
            "links",
            "added",
            "addded",
            "row 3, column relation: 'addded' is not allowed; did you mean 'added'?",
        ),
        (
            "links",
            "18,35",
            "18,3500",
            "row 3, column after_start: 18-3500 lies outside second, which has 69",
        ),
        (
            "links",
            "0,16,0",
            "16,0,0",
            "row 2: before_start and before_end give 16-0; the start must lie before",
        ),
        ("links", "0,16,0", "0,,0", "row 2: before_start and before_end go together"),
        ("links", "0,16,0", "zero,16,0", "row 2, column before_start: 'zero' is no whole number"),
        (
            "links",
            ",,18,35,added",
            "46,61,18,35,added",
            "with the relation added, before_start and before_end must",
        ),
        ("links", "46,61,,,deleted", ",,,,deleted", "before_start and before_end are missing"),
        (
            "links",
            "0,17,identical",
            "0,17,split",
            "column relation: split, but no other row has its before sent",
        ),
        (
            "links",
            "17,45,36",
            "0,16,36",
            "row 2, column relation: identical, but another row has the same before",
        ),
        (
            "links",
            "61,,,deleted,no",
            "61,,,deleted,perhaps",
            "'perhaps' is neither yes nor no; write one of them",
        ),
        ("links", "first,second,46", "frist,second,46", "there is no version 'frist'; did you mean 'first'?"),
        ("links", ",relation", ",relatoin", "row 1: unknown column 'relatoin'; did you mean 'relation'?"),
        ("links", ",relation,moved", ",moved", "row 1: the column relation is missing; add it."),
        ("links", "note\n", "moved\n", "row 1: the column moved is there twice"),
        ("links", "a poll", "a poll, at last", "row 3: 10 cells under a header of 9"),
        ("links", "a poll", '"a poll', "is no proper CSV"),
        (
            "statements",
            "18-33",
            "18-33; 40",
            "column content_spans: '18-33; 40' has an odd number of offsets",
        ),
        ("statements", "18-33", "33-18", "column content_spans: 33-18 is empty or runs backward"),
        ("statements", "18-33", "eighteen", "column content_spans: 'eighteen' is no list of spans"),
        ("statements", "We will rebuild", "We rebuild", "('We will rebuild'); fix one of them."),
        (
            "statements",
            "said,40",
            "says,40",
            "row 2, column cue: has other words than first at 40-44 ('said')",
        ),
        ("statements", "17,45,18-33", ",,", "row 2: has no span; give its spans, or its start and end."),
        (
            "stances",
            "supportive,2",
            "supportive,4",
            "row 2, column strength: '4': input should be less than or eq",
        ),
        ("stances", "plan", "", "row 2, column target: is empty; fill it in."),
        (
            "stances",
            "supportive",
            "",
            "row 2, column stance: '' is not allowed; choose from supportive, opposed",
        ),
        (
            "measures",
            "arms",
            "weapons",
            "row 2, column category: 'weapons' is not allowed; choose from travel,",
        ),
        (
            "measures",
            "proposed",
            "in-force",
            "row 2, column status: 'in-force' is not allowed; did you mean 'in f",
        ),
    ],
)
def test_a_fault_is_told_in_one_sentence(story, table, old, new, says):
    assert old in FILES[table]
    path = put(story, "ann", table, FILES[table].replace(old, new, 1))
    with pytest.raises(InputError) as fault:
        coding.read_coding(story, "ann", table)
    message = str(fault.value)
    assert says in message
    assert str(path) in message
    assert "\n" not in message
    assert message[-1] in ".?"


def test_a_row_twice_is_refused(story):
    for table in ("links", "stances"):
        put(story, "ann", table, FILES[table] + FILES[table].splitlines()[1] + "\n")
        with pytest.raises(InputError, match="codes the same as row 2; keep one"):
            coding.read_coding(story, "ann", table)


def test_another_encoding_is_refused(story):
    put(story, "ann", "links", LINKS.replace("a poll", "é"), encoding="latin-1")
    with pytest.raises(InputError, match="is not UTF-8"):
        coding.read_coding(story, "ann", "links")


def test_an_unknown_table_is_refused(story):
    with pytest.raises(InputError, match="There is no table 'quotes' to code; choose from links"):
        coding.read_coding(story, "ann", "quotes")


# --- spans ------------------------------------------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(1, 10**4)).map(lambda p: Span(p[0], p[0] + p[1]))
)


@given(SPANS)
def test_spans_are_read_as_they_are_written(spans):
    assert read_coded_spans(write_spans(spans)) == tuple(spans)


@pytest.mark.parametrize("cell", ["Dec-40", "2012-40-", "-3-5;x"])
def test_what_is_no_span_is_refused(cell):
    with pytest.raises(ValueError, match="write (them|spans) as|its offsets"):
        read_coded_spans(cell)


@pytest.mark.parametrize("cell", ["3-5;7-9", "3..5; 7..9", "[[3, 5], [7, 9]]", [(3, 5), (7, 9)], "3:5 7:9"])
def test_spans_are_read_in_other_dress(cell):
    assert read_coded_spans(cell) == (Span(3, 5), Span(7, 9))


# --- writing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_what_is_written_is_what_is_read(story, table):
    put(story, "ann", table, FILES[table])
    frame = coding.read_coding(story, "ann", table)
    path = coding.write(story.folder, "ben", table, frame, texts(story))
    assert [one.name for one in path.parent.iterdir()] == [f"{table}.csv"]
    pd.testing.assert_frame_equal(coding.read_coding(story, "ben", table), frame)
    assert path.read_bytes() == coding.write(story.folder, "cy", table, frame).read_bytes()


@example(note="False")
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_any_note_comes_back(tmp_path_factory, note):
    folder = tmp_path_factory.mktemp("notes")
    frame = pd.DataFrame(
        [{"version": "v", "start": 0, "end": 4, "target": "t", "stance": "mixed", "note": note}]
    )
    path = coding.write(folder, "ann", "stances", frame)
    assert coding.read_file(path, "stances").loc[0, "note"] == note.strip()


def test_a_wrong_coding_is_not_written_and_the_earlier_one_stays(story):
    path = put(story, "ann", "links", LINKS)
    frame = coding.read_coding(story, "ann", "links")
    for wrong in (frame.assign(relation="renamed"), frame.assign(colour="red"), frame.assign(after_end=9999)):
        with pytest.raises(InputError):
            coding.write(story.folder, "ann", "links", wrong, texts(story))
        assert path.read_text(encoding="utf-8") == LINKS
        assert [one.name for one in path.parent.iterdir()] == ["links.csv"]


def test_a_write_that_fails_halfway_leaves_the_earlier_coding(story, monkeypatch):
    path = put(story, "ann", "links", LINKS)
    frame = coding.read_coding(story, "ann", "links").head(2)

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(InputError, match="cannot be written .No space left on device."):
        coding.write(story.folder, "ann", "links", frame)
    assert path.read_text(encoding="utf-8") == LINKS
    assert [one.name for one in path.parent.iterdir()] == ["links.csv"]


@pytest.mark.parametrize("coder", ["", "../ann", "a/b", ".", "ann bee"])
def test_a_coder_cannot_lead_out_of_the_folder(story, coder):
    with pytest.raises(InputError, match="cannot name a coder"):
        coding.write(story.folder, coder, "links", pd.DataFrame())


def test_only_a_resolved_coding_has_reasons(story):
    put(story, "ann", "links", LINKS)
    frame = coding.read_coding(story, "ann", "links").assign(reason="both had it so")
    coding.write(story.folder, "resolved", "links", frame)
    assert coding.resolved(story, "links")["reason"].unique() == ["both had it so"]
    with pytest.raises(InputError, match="no column 'reason'"):
        coding.write(story.folder, "ann", "links", frame)


# --- coders -----------------------------------------------------------------------------------------


def test_every_coding_names_its_coder(story):
    put(story, "ann", "links", LINKS)
    with pytest.raises(
        InputError, match="does not say who made ann/links.csv; add a row for the coder 'ann'"
    ):
        coding.codings(story, "links")
    name_coders(story, "ann,person,,yes,no,2026-01-01,stances,")
    with pytest.raises(InputError, match="with links in the column tables"):
        coding.codings(story, "links")
    name_coders(story, "ann,person,,yes,no,2026-01-01,stances; links,")
    assert list(coding.codings(story, "links")) == ["ann"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "ann,robot,,no,no,,links,",
            "row 2, column kind: 'robot' is not allowed; choose from person, language",
        ),
        ("ann,person,,no,no,,quotes,", "row 2, column tables: there is no table 'quotes'"),
        ("ann,person,,no,no,,,", "row 2, column tables: is empty"),
        ("ann,person,,no,no,,links;links,", "'ann' has links twice"),
    ],
)
def test_a_wrong_coder_is_refused(story, row, says):
    name_coders(story, row)
    with pytest.raises(InputError) as fault:
        coding.coders(story)
    assert says in str(fault.value)


def test_a_coder_is_entered_once(story):
    entry = {"coder": "ann", "kind": "person", "tables": "links", "date": "2026-01-01"}
    coding.enter_coder(story.folder, **entry)
    coding.enter_coder(story.folder, **entry, saw_rules=True)
    coding.enter_coder(story.folder, **{**entry, "tables": "stances"})
    table = coding.coders(story)
    assert table[["tables", "saw_rules"]].values.tolist() == [["links", True], ["stances", False]]
    with pytest.raises(InputError, match="'ann' has links twice"):
        coding.enter_coder(story.folder, **{**entry, "tables": "links; measures"})
    assert len(coding.coders(story)) == 2
    assert coding.coders(read_story(BUNDLED))["kind"].isin(["person", "language model"]).all()


MODEL = "{},language model,{},{},{},2026-01-01,links,"


def sentence(story, *rows, resolve=False, differ=True, **keywords):
    """The sentence for the coders of these rows of coders.csv; ben's links differ from ann's, or not."""
    for row in rows:
        coder = row.split(",")[0]
        put(
            story,
            coder,
            "links",
            LINKS.replace("35,added,no", "35,added,yes") if differ and coder == "ben" else LINKS,
        )
    if resolve:
        put(story, "resolved", "links", LINKS.replace("note", "reason", 1))
    name_coders(story, *rows)
    return coding.provenance_sentence(story, "links", **keywords)


def test_a_story_that_nobody_has_coded_says_so(story):
    assert coding.provenance_sentence(story, "links") == "By rule, unchecked."


def test_one_coder_is_no_agreement(story):
    said = sentence(story, MODEL.format("ann", "Reader 1", "yes", "no"))
    assert said == (
        "Coded by reading once, by a language model (Reader 1); the coder had not seen the rules' output; "
        "the coder wrote the codebook."
    )
    assert list(coding.agreement(story, "links").columns) == coding.AGREEMENT_COLUMNS
    assert coding.agreement(story, "links").empty


def test_two_runs_of_one_model_are_not_called_two_models(story):
    rows = MODEL.format("ann", "Reader 1", "yes", "no"), MODEL.format("ben", "Reader 1", "no", "no")
    said = sentence(story, *rows, resolve=True, rules_developed_here=True)
    assert said == (
        "Coded by reading twice, by two runs of one language model (Reader 1) working apart, neither of which had "
        "seen the rules' output; one of which wrote the codebook; differences resolved, with reasons; rules "
        "developed on this story."
    )


def test_coders_who_did_not_differ_left_nothing_to_resolve(story):
    rows = "ann,person,,yes,no,,links,", "ben,person,,no,no,,links,"
    said = sentence(story, *rows, resolve=True, differ=False)
    assert said == (
        "Coded by reading twice, by two people working apart, neither of whom had seen the rules' output; one of whom "
        "wrote the codebook; the coders did not differ."
    )


def test_who_resolved_is_said_where_it_is_known(story):
    rows = "ann,person,,yes,no,,links,", "ben,person,,no,no,,links,", "resolved,person,,no,no,,links,"
    assert "; differences resolved by a person, with reasons." in sentence(story, *rows)


def test_only_a_person_is_called_a_person(story):
    rows = MODEL.format("ann", "Reader 1", "yes", "yes"), "ben,person,Ben Doe,no,no,,links,"
    said = sentence(story, *rows)
    assert said == (
        "Coded by reading twice, by a person and a language model (Reader 1) working apart, one of whom had seen "
        "the rules' output; one of whom wrote the codebook; differences not yet resolved."
    )


# --- matching ---------------------------------------------------------------------------------------


def stances(*rows):
    return pd.DataFrame(rows, columns=["version", "start", "end", "target", "stance", "strength"])


def test_the_best_overlap_is_taken_first_and_each_unit_once():
    a = stances(("v", 0, 10, "t", "mixed", 1), ("v", 0, 12, "t", "mixed", 1))
    b = stances(("v", 0, 12, "t", "mixed", 1))
    assert coding.match(a, b, "stances") == [(1, 0, 1.0)]


@pytest.mark.parametrize("row", [("w", 0, 10, "t", "mixed", 1), ("v", 0, 10, "u", "mixed", 1)])
def test_units_of_another_version_or_target_do_not_match(row):
    assert coding.match(stances(("v", 0, 10, "t", "mixed", 1)), stances(row), "stances") == []


def test_the_threshold_decides():
    a, b = stances(("v", 0, 10, "t", "mixed", 1)), stances(("v", 5, 15, "t", "mixed", 1))
    assert coding.match(a, b, "stances", threshold=1 / 3) == [(0, 0, 1 / 3)]
    assert coding.match(a, b, "stances", threshold=0.34) == []
    apart = stances(("v", 10, 15, "t", "mixed", 1))
    assert coding.match(a, apart, "stances", threshold=0) == []


def test_a_link_matches_on_both_sides(story):
    put(story, "ann", "links", LINKS)
    put(
        story,
        "ben",
        "links",
        LINKS.replace("17,45,36,68,identical", "17,45,18,35,reworded").replace(
            ",,18,35,added", ",,36,68,added"
        ),
    )
    a, b = (coding.read_coding(story, coder, "links") for coder in ("ann", "ben"))
    assert [pair[:2] for pair in coding.match(a, b, "links")] == [(0, 0), (3, 3)]


UNITS = st.lists(
    st.tuples(st.sampled_from("vw"), st.integers(0, 30), st.integers(1, 20)), unique=True, max_size=8
).map(lambda units: stances(*((v, start, start + length, "t", "mixed", 1) for v, start, length in units)))


@given(UNITS, UNITS, st.floats(0.1, 1))
def test_matching_is_one_to_one_and_alike_from_both_sides(a, b, threshold):
    pairs = coding.match(a, b, "stances", threshold)
    assert len({i for i, _, _ in pairs}) == len({j for _, j, _ in pairs}) == len(pairs)
    assert all(overlap >= threshold for _, _, overlap in pairs)
    assert coding.match(a, a, "stances") == [(i, i, 1.0) for i in range(len(a))]
    swapped = sorted(overlap for _, _, overlap in coding.match(b, a, "stances", threshold))
    assert max(swapped, default=0) == max((overlap for _, _, overlap in pairs), default=0)


# --- agreement --------------------------------------------------------------------------------------

# Krippendorff (2011): two observers, two values; two observers, five values; four observers with gaps.
BINARY = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
NOMINAL = list(zip("aabbdcccedda", "babbbccceddd", strict=True))
FOUR = [
    (1, 1, None, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (None, 5, 5, 5),
    (None, None, 1, 1),
    (None, None, 3, None),
]


def by_coincidences(codes, interval=False):
    """Alpha from Krippendorff's matrix of coincidences, written out: 1 - observed / expected disagreement."""

    def distance(one, other):
        return (one - other) ** 2 if interval else float(one != other)

    units = [[code for code in unit if code is not None] for unit in codes]
    units = [unit for unit in units if len(unit) > 1]
    values = [code for unit in units for code in unit]
    observed = sum(
        distance(unit[i], unit[j]) / (len(unit) - 1)
        for unit in units
        for i in range(len(unit))
        for j in range(len(unit))
        if i != j
    )
    expected = sum(distance(one, other) for one in values for other in values) / (len(values) - 1)
    return 1 - observed / expected


def test_alpha_gives_the_published_figures():
    assert coding.alpha(BINARY) == pytest.approx(0.095, abs=5e-4)
    assert coding.alpha(NOMINAL) == pytest.approx(0.692, abs=5e-4)
    assert coding.alpha(FOUR) == pytest.approx(0.743, abs=5e-4)
    assert coding.alpha(FOUR, interval=True) == pytest.approx(0.849, abs=5e-4)


CODES = st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 3))] * 3), min_size=1, max_size=12)


@given(CODES, st.booleans())
def test_alpha_agrees_with_the_matrix_of_coincidences(codes, interval):
    found = coding.alpha(codes, interval=interval)
    units = [[code for code in unit if code is not None] for unit in codes]
    if len({code for unit in units if len(unit) > 1 for code in unit}) < 2:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(by_coincidences(codes, interval), abs=1e-9)


def test_alpha_of_perfect_agreement_is_one():
    assert coding.alpha([("a", "a"), ("b", "b")]) == 1


def test_eleven_of_twelve_is_uninformative():
    found = coding.field_agreement([("proposed", "proposed")] * 11 + [("proposed", "adopted")])
    assert found["agreement"] == pytest.approx(11 / 12)
    assert found["alpha"] == 0
    assert found["note"] == "alpha uninformative: 23 of 24 codes are 'proposed'"


def test_codes_that_do_not_vary_have_no_alpha():
    found = coding.field_agreement([("no", "no")] * 5)
    assert found["agreement"] == 1
    assert all(math.isnan(found[name]) for name in ("alpha", "alpha_low", "alpha_high"))
    assert "alpha uninformative: 10 of 10" in found["note"]


def test_units_that_one_coder_left_open_do_not_count():
    found = coding.field_agreement([("a", "a"), ("b", None), ("b", "b"), (None, None)])
    assert (found["n"], found["agreement"], found["alpha"]) == (2, 1, 1)
    assert coding.field_agreement([(None, "a")])["n"] == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=10))
def test_the_range_is_that_of_leaving_out_each_unit(codes):
    found = coding.field_agreement(codes)
    each = [coding.alpha(codes[:i] + codes[i + 1 :]) for i in range(len(codes))]
    each = [one for one in each if not math.isnan(one)]
    if each:
        assert (found["alpha_low"], found["alpha_high"]) == (min(each), max(each))
    else:
        assert math.isnan(found["alpha_low"])


def test_units_come_first_then_fields_on_the_matched_units():
    a = stances(
        ("v", 0, 10, "t", "opposed", 3), ("v", 20, 30, "t", "mixed", 1), ("v", 40, 50, "t", "mixed", 1)
    )
    b = stances(("v", 1, 10, "t", "opposed", 1), ("v", 20, 30, "t", "neutral", 1))
    table = coding.compare(a, b, "stances", "ann", "ben").set_index("field")
    units = table.loc["units"]
    assert (units["n_a"], units["n_b"], units["matched"]) == (3, 2, 2)
    assert (units["precision"], units["recall"], units["f1"]) == (1, pytest.approx(2 / 3), pytest.approx(0.8))
    assert (table.loc["stance", "n"], table.loc["stance", "agreement"]) == (2, 0.5)
    assert table.loc["strength", "alpha"] == pytest.approx(by_coincidences([(3, 1), (1, 1)], interval=True))
    assert set(table["coder_a"]) == {"ann"}


def test_two_codings_that_found_nothing_can_be_compared():
    table = coding.compare(stances(), stances(), "stances")
    assert table.loc[0, "n_a"] == 0
    assert math.isnan(table.loc[0, "f1"])
    assert coding.differences(stances(), stances(), "stances").empty


def test_every_disagreement_is_shown_with_its_words(story):
    put(story, "ann", "stances", STANCES + "second,38,53,,plan,mixed,1,\n")
    put(story, "ben", "stances", STANCES.replace("supportive,2", "neutral,0"))
    name_coders(story, "ann,person,,no,no,,stances,", "ben,person,,no,no,,stances,")
    table = coding.disagreements(story, "stances")
    assert table[["field", "version", "words", "value_a", "value_b"]].values.tolist() == [
        ["stance", "first", "We will rebuild", "supportive", "neutral"],
        ["strength", "first", "We will rebuild", "2", "0"],
        ["units", "second", "we will rebuild", "coded", "not coded"],
    ]
    assert coding.agreement(story, "stances").loc[0, "recall"] == 0.5


def test_free_text_is_compared_as_words_or_as_stated():
    base = {"version": "v", "start": 0, "end": 9}
    a = pd.DataFrame([base | {"target": "North Korea's banks", "condition": "if armed", "quantity": "17"}])
    b = pd.DataFrame(
        [base | {"target": "north korea ’ s banks", "condition": "unless unarmed", "quantity": ""}]
    )
    table = coding.compare(a, b, "measures").set_index("field")["agreement"]
    assert (table["target"], table["condition"], table["quantity"]) == (1, 1, 0)


def speakers(*ids):
    spans = [{"version": "v", "content_spans": ((10 * n, 10 * n + 9),)} for n in range(len(ids))]
    return pd.DataFrame([span | {"source_id": one} for span, one in zip(spans, ids, strict=True)])


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("xxyz", "1123", 4),  # the same four, three speakers by other names
        ("xxyz", "yyxz", 4),
        ("xxyz", "1113", 3),  # b takes y for x
        ("xxyy", "1234", 2),  # b tells more apart
        ("xxxy", "xxyx", 2),
    ],
)
def test_ids_agree_when_they_tell_the_same_speakers_apart(one, other, equal):
    a, b = speakers(*one), speakers(*other)
    table = coding.compare(a, b, "statements").set_index("field")
    assert table.loc["source_id", "agreement"] == equal / len(one)
    assert len(coding.differences(a, b, "statements").query("field == 'source_id'")) == len(one) - equal


def test_a_whole_number_is_the_same_in_a_column_with_gaps():
    base = {"version": "v", "start": 0, "end": 9}
    a = pd.DataFrame([base | {"quantity": "17"}])
    b = pd.DataFrame([base | {"quantity": 17.0}])
    assert coding.differences(a, b, "measures").empty


# --- the rules --------------------------------------------------------------------------------------


def rules_links(relations):
    ids = {"first": "first:S000{}", "second": "second:S000{}"}
    rows = [
        {
            "story": "rebuilding",
            "before": before and ids["first"].format(before),
            "after": after and ids["second"].format(after),
            "relation": relation,
            "moved": False,
            "similarity": 1.0,
        }
        for before, after, relation in relations
    ]
    return pd.DataFrame(rows)


def test_the_rules_links_are_held_against_the_resolved_coding(story):
    put(story, "resolved", "links", LINKS)
    found = rules_links([(1, 1, "identical"), (None, 2, "added"), (2, 3, "reworded"), (3, None, "deleted")])
    figures, differing = coding.against_rules(story, "links", found)
    assert figures.loc[0, ["n_a", "n_b", "matched", "f1"]].tolist() == [4, 4, 4, 1]
    assert differing[["field", "value_a", "value_b"]].values.tolist() == [
        ["relation", "identical", "reworded"]
    ]
    assert set(differing["coder_b"]) == {"rules"}
    assert "→" in differing.loc[0, "words"]


def test_the_rules_other_tables_are_held_against_it_too(story):
    put(story, "resolved", "statements", STATEMENTS)
    put(story, "resolved", "measures", MEASURES)
    statement = {
        "version": "first",
        "statement": "first:Q0001",
        "content_spans": ((18, 33),),
        "quotation": "mixed",
    }
    figures, differing = coding.against_rules(story, "statements", pd.DataFrame([statement]))
    assert figures.loc[0, "matched"] == 1
    assert "quotation" in set(differing["field"])
    measure = {
        "version": "first",
        "start": 18,
        "end": 33,
        "spans": None,
        "category": "arms",
        "statement": None,
    }
    figures, _ = coding.against_rules(story, "measures", pd.DataFrame([measure]))
    assert figures.set_index("field").loc["reported_by", "n"] == 0
    assert figures.set_index("field").loc["category", "agreement"] == 1


def test_who_reports_a_measure_is_told_by_the_rules_statements(story):
    put(story, "resolved", "measures", "version,start,end,reported_by\nfirst,18,33,The Mayor\n")
    measure = {"version": "first", "start": 18, "end": 33, "statement": "first:Q0001"}
    said = pd.DataFrame([{"statement": "first:Q0001", "source": "the mayor"}])
    figures, _ = coding.against_rules(story, "measures", pd.DataFrame([measure]), statements=said)
    assert figures.set_index("field").loc["reported_by", ["n", "agreement"]].tolist() == [1, 1]


def test_the_rules_that_find_nothing_can_be_held_against_a_coding(story):
    put(story, "resolved", "measures", MEASURES)
    figures, differing = coding.against_rules(
        story, "measures", pd.DataFrame(columns=["version", "start", "end"])
    )
    assert figures.loc[0, "recall"] == 0
    assert len(differing) == 1


def test_without_a_resolved_coding_there_is_nothing_to_hold_the_rules_against(story):
    figures, differing = coding.against_rules(story, "measures", pd.DataFrame())
    assert figures.empty
    assert list(differing.columns) == coding.DISAGREEMENT_COLUMNS


# --- the sheet to check -----------------------------------------------------------------------------


@given(st.integers(0, 60), st.integers(0, 25), st.randoms(use_true_random=False))
def test_the_sheet_is_the_same_whatever_the_order(rows, n, random):
    table = pd.DataFrame({"version": "v", "start": range(rows), "end": range(1, rows + 1), "label": "x"})
    sheet = coding.check_sheet(table, n)
    assert len(sheet) == min(n, rows)
    assert sheet["start"].is_monotonic_increasing
    shuffled = table.iloc[random.sample(range(rows), rows)]
    assert set(coding.check_sheet(shuffled, n)["start"]) == set(sheet["start"])
    assert (sheet["right"] == "").all()
    relabelled = coding.check_sheet(table.assign(label="y"), n)
    assert list(relabelled["start"]) == list(sheet["start"])


# --- the bundled story ------------------------------------------------------------------------------


def test_every_sentence_of_the_article_is_coded_in_the_bundled_links():
    story = read_story(BUNDLED)
    for coder, links in coding.codings(story, "links").items():
        for side, version in (("before", "aol"), ("after", "longer")):
            coded = set(links[f"{side}_start"].dropna())
            for sentence in story.versions[version].sentences.itertuples():
                covered = any(sentence.start <= start < sentence.end for start in coded)
                assert covered, f"{coder} has no row for {version} {sentence.start}"
