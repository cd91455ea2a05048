"""Tokens, normal forms and sentences: the bundled story, cell by cell; properties of any text."""

import textwrap
from pathlib import Path

import pytest
from copydesk.engine.spans import Span
from copydesk.engine.text import Document, Token, count_words, is_word, normal_words, read, split_sentences
from copydesk.stories.story import read_story
from hypothesis import example, given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]

# Read against both files by eye: where each sentence begins and ends.
AOL = [
    (213, 459), (461, 649), (650, 764), (833, 935), (937, 1178), (9002, 9364), (9366, 9564), (9566, 9669),
    (9670, 9806), (9808, 9891), (9892, 9955), (9957, 10068), (10070, 10301), (10303, 10492), (10494, 10718),
    (10720, 10854), (10855, 10940), (10941, 10980), (10982, 11062), (11063, 11161), (11163, 11282),
    (11284, 11525), (11527, 11670), (11671, 11803), (11804, 11846), (11848, 12029), (12031, 12326),
]  # fmt: skip
LONGER = [
    (29, 296), (297, 488), (489, 604), (605, 908), (909, 1022), (1023, 1266), (1267, 1638), (1639, 1842),
    (1843, 2066), (2067, 2207), (2208, 2295), (2296, 2361), (2362, 2474), (2475, 2712), (2713, 2965),
    (2966, 3085), (3086, 3190), (3191, 3310), (3311, 3501), (3502, 3732), (3733, 3871), (3872, 3961),
    (3962, 4004), (4005, 4088), (4089, 4190), (4191, 4312), (4313, 4560), (4561, 4705), (4706, 4839),
    (4840, 4883), (4884, 5067), (5068, 5369),
]  # fmt: skip


@pytest.fixture(scope="module")
def story():
    return read_story(str(ROOT / "data" / "stories" / "north-korea-sanctions"))


# --- the bundled story ------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "spans"), [("aol", AOL), ("longer", LONGER)])
def test_the_storys_sentences_are_right_cell_by_cell(story, version, spans):
    assert story.versions[version].document.sentences == [Span(*span) for span in spans]


def test_the_two_versions_of_a_sentence_have_one_normal_form(story):
    aol, longer = story.versions["aol"].document, story.versions["longer"].document
    # The ambassador's sentence, with `u.s .` and a line break in one of the versions.
    assert aol.words(AOL[6]) == longer.words(LONGER[7])
    # The agency ‘ nada ’ and february ’ s launch.
    assert aol.words(AOL[5]) == longer.words(LONGER[6])
    same = {tuple(aol.words(span)) for span in AOL} & {tuple(longer.words(span)) for span in LONGER}
    assert len(same) == 21


def test_words_count_alike_in_both_tokenisations(story):
    aol, longer = story.versions["aol"], story.versions["longer"]
    assert aol.words == 669
    assert longer.words == 821
    assert count_words(aol.document, [AOL[6]]) == count_words(longer.document, [LONGER[7]]) == 32


# --- sentences --------------------------------------------------------------------------------------

SENTENCES = [
    # abbreviations
    "The U.S. Ambassador came on Jan. 6.|She left.",
    "the u.s . ambassador came on jan . 6 .|she left .",
    "u.s .\nambassador to the harbor board spoke .",
    "He lives in the U.S.|He likes it.",
    "The U.S. Officials came.|The officials gave the U.K. The largest share after the U.S. And Norway.",
    "He did not miss.|Fans left.|The crew was ill.|Doctors came from Jackson, Miss., and from Ala. by boat.",
    "Mr. Weber paid $1.5 million at 5 p.m. on Friday.|Nobody asked.",
    "The M.V. Aurora left on Monday.|The U.S.S. Adams Hale and H.M.S. Lark stayed.|He holds an M.S.|He works.",
    "W. E. Weber wrote to Acme Inc.|The firm is old.",
    "The firm, Acme Inc., is old.",
    "The suit named pier No. 10.|It stood empty.",
    "1. Coal pier\n|2. North mole",
    "It spent the money of the H.R.A.\n’s charity.|Nobody asked.",
    "the h.r.a . and its members paid .|they had to .",
    "THE H.R.A. AND ITS MEMBERS PAID.|THEY HAD TO.",
    "the port has been shut since 2006. boats stay away.".replace(". b", ".|b"),
    '"WHY?" HE ASKED.|"BECAUSE."',
    "HAMBURG, Feb 25 (Agency) - The plan failed.|Nobody wept.",
    # quotations
    "“ it stood for decades. ”|several envoys agreed .",
    "“It stood for decades.”|Several envoys agreed.",
    '"It is over," she said.|"Go home!"|They went.',
    '"Why?" he asked.|"Because."',
    "“ why ? ” he asked .|“ because . ”",
    "he asked .|\" because . \"|they went .",
    "the program ” .\n|there is more .",
    "He said 'it is over.'|They left.",
    '"I came late.|"But I saw it all," she said.|It rained.',
    "The keeper rang twice.|''It is over,'' he said.|''Go home!''|They went.",
    "the keeper rang .|'' because . ''|they went .",
    # ellipses
    "It took a long time ... it was hard.",
    'He said it "stands by the ... Pact and will pay" them.|The pact was signed.|They read the pact.',
    '"... That is no reason to pay," he said.|That was all.',
    'He had said "no" ...|The rain fell.',
    '"He never ... paid."|"That is all ..."|That was so.',
    "It took a long time...|It was hard.",
    "it will have an impact ...\n|the port is poor .",
    # marks, brackets, lines
    "Who?!|Nobody.",
    "It ended (badly.)|Then it rained.",
    "(It ended badly.)|Then it rained.",
    "One.\r\n|Two.\r\n\r\n|Three.",
    "A line without a stop\n|Another one",
    "Hello harbor",
]  # fmt: skip


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(marked):
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("\n|", "\n").replace("|", " ")
    assert [text[start:end] for start, end in split_sentences(text)] == expected


PARAGRAPHS = """\
The council met for the whole of the afternoon and heard the harbour master, two engineers and a fisherman \
who had come from the outer islands to speak.
It then put off the vote.
The engineers had asked for a further week to look at the piles of the north mole, which have moved by as \
much as four inches since the gales of the winter. They found no crack.
Nobody spoke against the delay, and the fisherman went home on the last boat of the day with the minutes of \
the meeting in his pocket.""".splitlines()


def _wrapped(width, indent="", between="\n", title=""):
    return title + between.join(
        textwrap.fill(paragraph, width, initial_indent=indent) for paragraph in PARAGRAPHS
    )


@pytest.mark.parametrize("case", [str, str.upper, str.lower])
@pytest.mark.parametrize("width", [55, 64, 78, 100])
@pytest.mark.parametrize(
    ("indent", "between", "title"),
    [
        ("", "\n\n", ""), ("    ", "\n", ""), ("\t", "\n", "VOTE PUT OFF\n"), ("", "\n", ""), ("  ", "\r\n\r\n", "VOTE PUT OFF\n\n"),
    ],
)  # fmt: skip
def test_lines_that_were_cut_by_width_end_no_sentence(case, width, indent, between, title):
    text = case(_wrapped(width, indent, between, title))
    sentences = [" ".join(text[a:b].split()).lower() for a, b in split_sentences(text)]
    whole = [
        sentence.lower() for paragraph in PARAGRAPHS for sentence in paragraph.replace(". ", ".|").split("|")
    ]
    assert sentences == ["vote put off"] * bool(title) + whole
    if between != "\n" or indent:
        assert len(Document(text).paragraphs) == len(PARAGRAPHS) + bool(title)


def test_lines_that_were_not_cut_by_width_are_paragraphs():
    titles = "Council puts off vote on the north mole\nStorm shuts the port for a second day\nFerries to run at night all winter\n"
    assert len(split_sentences(titles)) == 3
    listed = "The works begin in May with these\n- the coal pier\n- the pilots' pier\n- the north mole\n"
    assert len(Document(listed).paragraphs) == 4
    one_a_line = "\n".join(paragraph for paragraph in PARAGRAPHS)
    assert len(Document(one_a_line).paragraphs) == 4


@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_lines_that_were_wrapped_by_hand_end_no_sentence(case):
    text = (
        "ELVEN, June 3 - The harbour board will ask the council for a new pier\n"
        "on the north side of the bay, where the old one sank, Chairwoman\n"
        "Maren Holt said.\n"
        '    "We can not wait for another storm," said the pilots\' leader\n'
        "Henrik Dahl, who has asked for it for years.\n"
        "    The board said that the ferries had lost a third of their days,\n"
        "and that fares would rise in June.\n"
        "    The council, which owns the bay, had no comment. Captains\n"
        "said that they would wait until the summer before they sailed.\n"
    )
    document = Document(case(text))
    assert len(document.paragraphs) == 4 and len(document.sentences) == 5


def test_a_list_in_a_wrapped_text_keeps_its_items():
    text = _wrapped(60) + (
        "\n\n  - the coal pier, which was closed in the spring after a\n    crane had fallen from it into the dock\n"
        "  - the pilots' pier\n"
    )
    assert [" ".join(text[a:b].split()) for a, b in Document(text).paragraphs[-2:]] == [
        "- the coal pier, which was closed in the spring after a crane had fallen from it into the dock",
        "- the pilots' pier",
    ]


# --- normal forms -----------------------------------------------------------------------------------

NORMAL_FORMS = [
    ("China's ports", "china ’ s ports", ["china", "'s", "ports"]),
    ("They don't, he'll", "they don ’ t , he ’ ll", ["they", "do", "n't", ",", "he", "'ll"]),
    ("The U.S. envoy", "the u.s . envoy", ["the", "u.s.", "envoy"]),
    ("on Jan. 6", "on jan . 6", ["on", "jan.", "6"]),
    ("O'Brien’s", "o ’ brien ’ s", ["o'brien", "'s"]),
    ("“It is ‘new’”", "\" it is ' new ' \"", ['"', "it", "is", '"', "new", '"', '"']),
    ("1,718 of 46.5", "1,718 of 46.5", ["1,718", "of", "46.5"]),
    ("non-proliferation — now", "non-proliferation -- now", ["non-proliferation", "-", "now"]),
    ("wait… or", "wait ... or", ["wait", "...", "or"]),
]


@pytest.mark.parametrize(("cased", "tokenised", "norms"), NORMAL_FORMS[:5] + NORMAL_FORMS[6:])
def test_cased_and_tokenised_text_have_one_normal_form(cased, tokenised, norms):
    assert normal_words(cased) == norms
    assert normal_words(tokenised) == norms


def test_single_quotation_marks_are_quotation_marks():
    assert normal_words("“It is ‘new’”") == NORMAL_FORMS[5][2]
    straight = normal_words("the agency or 'NADA' and Weber's")
    assert straight == normal_words("the agency or ‘ nada ’ and weber ’ s")
    assert straight[3] == straight[5] == '"'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("China's ports don't shut.", 4),
        ("china ’ s ports don ’ t shut .", 4),
        ("“ … ” — !", 0),
        ("17 men", 2),
    ],
)
def test_words_are_counted_without_marks_and_clitics(text, count):
    assert count_words(text) == count


def test_a_document_is_read_once():
    doc = Document("The port. It shut.")
    assert read(doc) is doc
    assert doc.tokens is doc.tokens
    assert doc.token_range(*doc.sentences[1]) == (3, 6)
    assert doc.words(doc.sentences[1]) == ["it", "shut", "."]
    assert not doc.caseless
    assert Document("the port .").caseless
    assert Document("THE PORT.").caseless


def test_tokens_carry_their_span():
    assert Document("the u.s .\nport").tokens == [
        Token(0, 3, "the"),
        Token(4, 9, "u.s."),
        Token(10, 14, "port"),
    ]


# --- properties of any text -------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["u.s .", "U.S.", "Jan.", "6", "…", "...", "“", "”", '"', "'", "’", "‘", " ", "\n", "\r\n", "\r", "\u2028", "\t",
     "said", "The", "the", ".", "?", "!", "China's", "china ’ s", "don't", "don ’ t", "O'Brien", "o ’ brien", "\u0301",
     "\ud800", "\udfff", "\u200d", "-", "—", "--", "``", "''", "a", "I", "W.", "Mr.", "1,000", "46.5", "\x00", "\x1c",
     "\u202e", "é", "ß", "İ", "ǅ", "中文", "。", "\u00a0", "(", ")", "l'", "N’T", "n't", "'t", "No."]
)  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates too
TEXTS = st.one_of(
    st.text(ANY_CHARACTER, max_size=80),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=30).map(" ".join),
)


@given(TEXTS)
@example("\ud800 said: “\udfff.”")
@example("e\u0301\r\n\u0301.")
def test_each_character_that_is_not_blank_is_in_one_token(text):
    covered, place = [], 0
    for token in Document(text).tokens:
        assert place <= token.start < token.end <= len(text)
        assert token.norm
        assert not token.norm.isspace()
        covered += range(token.start, token.end)
        place = token.end
    assert not set(range(len(text))) - set(covered) - {i for i, c in enumerate(text) if c.isspace()}


@given(TEXTS)
def test_sentences_and_gaps_give_the_text_back(text):
    pieces, place = [], 0
    for start, end in split_sentences(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        pieces += [text[place:start], text[start:end]]
        place = end
    assert not text[place:].strip()
    assert "".join([*pieces, text[place:]]) == text


@given(TEXTS)
def test_sentences_begin_and_end_with_tokens(text):
    doc = Document(text)
    starts, ends = {token.start for token in doc.tokens}, {token.end for token in doc.tokens}
    assert all(start in starts and end in ends for start, end in doc.sentences)
    ranges = [doc.token_range(*span) for span in doc.sentences]
    assert [i for first, last in ranges for i in range(first, last)] == list(range(len(doc.tokens)))


@given(TEXTS)
def test_paragraphs_leave_out_blanks_only(text):
    place = 0
    for start, end in Document(text).paragraphs:
        assert not text[place:start].strip()
        assert start < end
        place = end
    assert not text[place:].strip()


WORDS = st.sampled_from("port harbor envoy vote Weber Thursday tight 17 non-proliferation U.S. Jan.".split())
CLITIC = st.sampled_from(["", "'s"])
CLAUSES = st.lists(st.tuples(WORDS, CLITIC), min_size=1, max_size=8)


def _cased(clause, quoted):
    words = " ".join(word + clitic for word, clitic in clause)
    words = words[0].upper() + words[1:]
    return f'He said "{words}, too."' if quoted else f"The {words} stood."


def _tokenised(clause, quoted):
    words = " ".join(word.lower() + clitic.replace("'", " ’ ") for word, clitic in clause)
    return f"he said “ {words} , too . ”" if quoted else f"the {words} stood ."


@given(st.lists(st.tuples(CLAUSES, st.booleans()), min_size=1, max_size=5))
def test_a_text_and_its_tokenised_form_split_and_read_alike(clauses):
    cased = Document(" ".join(_cased(*clause) for clause in clauses))
    tokenised = Document(" ".join(_tokenised(*clause) for clause in clauses))
    assert normal_words(cased) == normal_words(tokenised)
    assert [cased.words(s) for s in cased.sentences] == [tokenised.words(s) for s in tokenised.sentences]
    assert len(cased.sentences) == len(clauses)


@pytest.mark.parametrize(
    "piece", ["a", "“", " 'tis", "'", "\n", " ", ". ", "u.s.", "1,", "a-", "(", "\u0301", "Mr. "]
)
def test_a_flood_of_one_thing_is_read(piece):
    text = piece * 20_000
    doc = Document(text)
    assert not text.strip() or doc.sentences[-1].end == len(text.rstrip())
    assert sum(map(is_word, normal_words(doc))) <= len(text)


def test_where_sentences_end_does_not_depend_on_the_clock():
    """NLTK's regular expressions stop after some seconds, which a process that was made to wait has passed too."""
    redos = pytest.importorskip("nltk.redos", reason="NLTK has no limits")
    split_sentences("It rained. It stopped.")
    assert redos.DEFAULT_TIMEOUT is None
