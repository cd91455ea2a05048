"""Sources and the actors they speak for: every rule on sentences of our own, cased and in small letters."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import copydesk as cd
import pytest
from copydesk.engine import codebooks
from copydesk.engine.language.actor_names import KINDS, Codebook, Lexicon, actor_labels, codebook
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.speakers import COLUMNS, find_actors, resolve, statements_table
from copydesk.engine.statements import Statement
from copydesk.errors import InputError
from copydesk.stories.coding import against_rules
from copydesk.stories.story import Actor, story_from_texts
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "data" / "stories" / "north-korea-sanctions"


def marked(text):
    """The text without its brackets, and a statement for each bracketed source."""
    plain, spans, start = "", [], 0
    for character in text:
        if character == "[":
            start = len(plain)
        elif character == "]":
            spans.append(Span(start, len(plain)))
        else:
            plain += character
    return plain, [Statement(s, Span(s.end, s.end), (Span(s.end, s.end + 1),), "indirect") for s in spans]


def tokenised(text):
    """The text in small letters with its marks set apart, as text collections keep it."""
    text = re.sub(r"([,?!()])", r" \1", text.lower())
    text = re.sub(r"(?<!u\.s)(?<!u\.n)(?<!mr)(?<!sen)\.(?=\s|$)", " .", text)
    return text.replace("'s", " ’ s")


def voices(text):
    plain, statements = marked(text)
    return resolve(statements, plain)


# text, then for each source: id, type, actor (None: not asked), and the rule of the first
CASES = [
    ("[French foreign minister Anne Roux] said no.", "anne-roux", "named official", "france", "demonym in title"),
    ("[Paris] said it would wait.", "france", "government", "france", "capital as metonym"),
    ("[The Kremlin] said so.", "russia", "government", "russia", "seat as metonym"),
    ("[Norway] said so.", "norway", "government", "norway", "name"),
    ("[The British] said so.", "united-kingdom", "government", "united-kingdom", "demonym as noun"),
    ("[The State Department] said so.", "state-department", "government", "united-states", "name of a body"),
    ("[State Department spokesman John Kirwan] said so.", "john-kirwan", "named official", "united-states",
     "body in title"),
    ("[Anna Berg], Norway's deputy ambassador to the United Nations, said so.", "anna-berg", "named official",
     "norway", "country in title"),
    ("[The Swedish ambassador to Moscow], Nils Holm, said so.", "nils-holm", "named official", "sweden",
     "demonym in title"),
    ("[New Zealand's defence minister, Tom Reed,] said so.", "tom-reed", "named official", "new-zealand",
     "country in title"),
    ("[Danish deputy U.N. ambassador Ida Friis] said so.", "ida-friis", "named official", "denmark",
     "demonym in title"),
    ("[Danish Ambassador to the United Nations Ida Friis] said so.", "ida-friis", "named official", "denmark",
     "demonym in title"),
    ("[Ambassador to the U.N. Mia Holt] said so.", "mia-holt", "named official", "unresolved", "unresolved"),
    ("[U.N. special envoy Lars Dahl] said so.", "lars-dahl", "named official", "united-nations", "organisation in title"),
    ("[U.N. coordinator Lars Dahl] said so.", "lars-dahl", "named official", "united-nations",
     "organisation in title"),
    ("[A spokesman for the European Commission] said so.", None, "anonymous official", "european-union",
     "state or organisation after title"),
    ("[A Japanese official] said so.", "japanese-official-1", "anonymous official", "japan", "demonym in title"),
    ("[A senior administration official] said so.", None, "anonymous official", "unresolved", "unresolved"),
    ("[Officials in Seoul] said so.", None, "group", "south-korea", "capital as place of office"),
    ("In Ankara, [a foreign ministry spokesman] said so.", None, "anonymous official", "turkey",
     "capital where it was said"),
    ("[Beijing's ambassador to Oslo] said so.", None, "anonymous official", "china", "capital as metonym"),
    ("[Two German diplomats] said so.", "german-diplomats", "group", "germany", "demonym in title"),
    ("[Several council diplomats] said so.", "council-diplomats", "group", "diplomats", "group of no country"),
    ("[Analysts] said so.", "analysts", "group", "", "group of no country"),
    ("[Chinese analysts] said so.", "chinese-analysts", "group", "", "group of no country"),
    ("[Sources familiar with the talks] said so.", "sources", "group", "", "group of no country"),
    ("[An editorial in the Korea Herald] said so.", "korea-herald", "newspaper", "korea-herald",
     "issuer of the text"),
    ("[The People's Daily, the organ of the ruling Communist Party,] said so.", "peoples-daily", "newspaper",
     "peoples-daily", "newspaper"),
    ("[Reuters] reported it.", "reuters", "news agency", "reuters", "news agency"),
    ("[The BBC] reported it.", "bbc", "broadcaster", "bbc", "broadcaster"),
    ("[The U.N. Security Council] said so.", "united-nations", "international organisation", "united-nations",
     "name of a body"),
    ("[The IAEA] said so.", "iaea", "international organisation", "iaea", "name"),
    ("[A statement from the Iranian foreign ministry] said so.", None, "government", "iran", "issuer of the text"),
    ("[The Chinese foreign ministry] said so.", "chinese-foreign-ministry", "government", "china",
     "body of a state or organisation"),
    ("[The Chinese government] said so.", "china", "government", "china", "body of a state or organisation"),
    ("[The draft] requires it.", "draft", "document", "document", "text"),
    ("[China and Russia] said so.", "china; russia", "government", "china; russia", "two actors named together"),
    ("[U.S. and South Korean officials] said so.", None, "group", "united-states; south-korea",
     "two actors named together"),
    ("[Former U.S. diplomat Carl Moss] said so.", "carl-moss", "named person", "", "former office"),
    ("[Carl Moss, an analyst at the Brookings Institution,] said so.", "carl-moss", "named person", "",
     "person in his or her own name"),
    ("[Mr. Lund] said so.", "lund", "named person", "", "person in his or her own name"),
    ("[A shopper] said so.", None, "unresolved", "unresolved", "unresolved"),
    ("[One witness] said so.", "witness-1", "anonymous person", "", "person without a name"),
    ("[Something] said so.", None, "unresolved", "unresolved", "unresolved"),
]  # fmt: skip


@pytest.mark.parametrize("form", [str, tokenised], ids=["cased", "tokenised"])
@pytest.mark.parametrize(("text", "identity", "kind", "actor", "rule"), CASES)
def test_a_source_is_resolved_by_its_rule(text, identity, kind, actor, rule, form):
    (voice,) = voices(form(text))
    assert (voice.source_type, voice.actor, voice.resolved_by) == (kind, actor, rule)
    assert identity is None or voice.source_id == identity


# Several mentions: the ids and the actors in their order.
CHAINS = [
    ("[French minister Anne Roux] said. [Roux] said. [She] said.", ["anne-roux"] * 3, ["france"] * 3),
    ("[Kenyan President Paul Otieno] said. [The president] said. [Otieno] said.", ["paul-otieno"] * 3,
     ["kenya"] * 3),
    ("[A Swiss official] said. [The Swiss official] said. [He] said.", ["swiss-official-1"] * 3,
     ["switzerland"] * 3),
    ("[A Swiss official] said. [Another Swiss official] said.", ["swiss-official-1", "swiss-official-2"],
     ["switzerland"] * 2),
    ("[Several diplomats] said. [They] said.", ["diplomats"] * 2, ["diplomats"] * 2),
    ("[The Korea Times, a daily of the capital,] said. [It] said. [The paper] said.", ["korea-times"] * 3,
     ["korea-times"] * 3),
    ("[KCNA] said. [The news agency] said.", ["kcna"] * 2, ["kcna"] * 2),
    ("[The Iranian foreign ministry] said. [The ministry] said.", ["iranian-foreign-ministry"] * 2, ["iran"] * 2),
    ("[Polish spokeswoman Ewa Lis] said. [German spokesman Ulf Braun] said. [She] said.",
     ["ewa-lis", "ulf-braun", "ewa-lis"], ["poland", "germany", "poland"]),
    ("[Italy] said. [Spanish minister Rosa Vega] said. [It] said.", ["italy", "rosa-vega", "italy"],
     ["italy", "spain", "italy"]),
    ("They met Irish minister Sean Daly in town. [Daly] said.", ["sean-daly"], ["ireland"]),
    ("[Latvia's foreign minister, Ilze Berga,] said. [The ministry] said.", ["ilze-berga", "latvia-foreign-ministry"],
     ["latvia"] * 2),
    ("[Two Israeli officials] said. [The officials] said.", ["israeli-officials"] * 2, ["israel"] * 2),
    ("[Nina Holt of the Red Cross] said. [Holt] said.", ["nina-holt"] * 2, ["red-cross"] * 2),
    ("[His French counterpart, President Marie Duval,] said. [Duval] said.", ["marie-duval"] * 2, ["france"] * 2),
    ("[Ann Lee and Bob Ray] said. [They] said.", ["ann-lee; bob-ray"] * 2, [""] * 2),
    ("[The report] was written by Ann Lee, [who] said.", ["report", "ann-lee"], ["document", ""]),
    ("Chinese minister Li Qing arrived on Monday. [She] said.", ["li-qing"], ["china"]),
]  # fmt: skip


# Whom an office serves where no list has the body: only capitals show a name. Text, ids, actors.
WITH_CAPITALS = {
    "the possessive of a body": (
        "[The Lake Union] said. [Its chair, Ana Ruiz,] said. [She] said.",
        ["lake-union", "ana-ruiz", "ana-ruiz"],
        ["lake-union"] * 3,
    ),
    "the possessor is a body": (
        "[The Lake Union] said. [The union's chairman, Ole Lind,] said.",
        ["lake-union", "ole-lind"],
        ["lake-union"] * 2,
    ),
    "the possessive of a person": (
        "[French minister Anne Roux] said. [Her spokesman] said.",
        ["anne-roux", "spokesman-1"],
        ["france"] * 2,
    ),
    "the possessor is an official": (
        "[French minister Anne Roux] said. [The minister's spokesman] said.",
        ["anne-roux", None],
        ["france"] * 2,
    ),
    "the office of an officer": (
        "[French President Anne Roux] said. [The president's office] said.",
        ["anne-roux", None],
        ["france"] * 2,
    ),
    "a body named behind": ("[The director of Lake Tides, Ole Lind,] said.", ["ole-lind"], ["lake-tides"]),
    "a body with a modifier behind": (
        "[A commander of the rebel River Front, Ole Lind,] said. [Lind] said.",
        ["ole-lind"] * 2,
        ["river-front"] * 2,
    ),
    "a body named before": ("[Lake Tides director Ole Lind] said.", ["ole-lind"], ["lake-tides"]),
    "one word, known from the text": (
        "They went to Tidal by boat. [Tidal spokesman Ole Lind] said.", ["ole-lind"], ["tidal"]
    ),
    "one word that begins a sentence": ("[Former spokesman Ole Lind] said.", ["ole-lind"], [""]),
    "a heading's capitals": ("[Communications Director Ole Lind] said.", ["ole-lind"], ["unresolved"]),
    "a spokesman of the body before": (
        "[The Kremlin] said. [Spokesman Ole Lind] said.", ["russia", "ole-lind"], ["russia"] * 2
    ),
    "a spokesman with a comma": (
        "[The Kremlin] said. [A spokesman, Ole Lind,] said.", ["russia", "ole-lind"], ["russia"] * 2
    ),
    "a spokesman of somebody else": (
        "[The Kremlin] said. [A spokesman for the choir] said.", ["russia", None], ["russia", "unresolved"]
    ),
    "a ministry of somebody else": (
        "[The Kremlin] said. [Foreign ministry spokeswoman Mia Holt] said.",
        ["russia", "mia-holt"],
        ["russia", "unresolved"],
    ),
    "a ministry speaks at home": (
        "[The Kremlin] said. [Foreign ministry spokeswoman Mia Holt] said at a briefing in Lima.",
        ["russia", "mia-holt"],
        ["russia", "peru"],
    ),
    "a minister travels": ("[Foreign minister Mia Holt] said at a briefing in Lima.", ["mia-holt"], ["unresolved"]),
    "an office that is nobody's in particular": (
        "[The Kremlin] said. [A mayor] said.", ["russia", None], ["russia", "unresolved"]
    ),
    "a body by noun and name": (
        "[The drugmaker Valtide] said. [Valtide] said. [The company] said.", ["valtide"] * 3, ["valtide"] * 3
    ),
    "a news agency by noun and name": (
        "[Belarus' state news agency Lakta] said. [The agency] said.", ["lakta"] * 2, ["lakta"] * 2
    ),
    "a name that ends as companies' do": (
        "[Lake Steel] said. [The company] said. [Chief executive Mia Holt] said.",
        ["lake-steel", "lake-steel", "mia-holt"],
        ["lake-steel"] * 3,
    ),
    "a person whose name ends so": (
        "[Danielle Steel] said. They met Steel again.", ["danielle-steel"], [""]
    ),
    "a name that is shortened as companies are": (
        "Nordo Vika will close. [The company] said. Shares in Nordo fell.", ["nordo-vika"], ["nordo-vika"]
    ),
    "a person is no company": (
        "Mia Holt has left. [The company] said. They met Holt again.", ["company"], ["unresolved"]
    ),
    "a company in passing is nobody's": ("Mia Holt has left. [The company] said.", ["company"], ["unresolved"]),
    "a body by its description": (
        "[Lake Steel] said. [The union of seafarers] said. [The union] said.",
        ["lake-steel", "union-of-seafarers", "union-of-seafarers"],
        ["lake-steel", "union-of-seafarers", "union-of-seafarers"],
    ),
    "a description too vague": ("[The rival company] said.", [None], ["unresolved"]),
    "a body of no name": ("[A charity] said.", [None], ["unresolved"]),
    "a name in two parts": (
        "[The Friends of Lake Town] said. [The Friends of Lake Town] said.",
        ["friends-of-lake-town"] * 2,
        ["friends-of-lake-town"] * 2,
    ),
    "friends who are a group": ("[The friends of the mayor] said.", [None], [""]),
    "a possessor and a group": ("[Portugal's Socialists] said.", ["portugal-socialists"], [""]),
    "an affiliation": ("[Greenpeace's Mia Holt] said. [Holt] said.", ["mia-holt"] * 2, ["greenpeace"] * 2),
    "a journalist speaks for no paper": ("[Reuters' Mia Holt] said.", [None], ["unresolved"]),
    "a calling that no list has": ("[Seismologist Mia Holt] said.", ["mia-holt"], [""]),
    "a person behind any noun": (
        "[His rival, Mia Holt of the Lake Party], said. [She] said.", ["mia-holt"] * 2, [""] * 2
    ),
    "somebody in passing is a she": (
        "[Ole Lind] said. Greave's deputy, Mia Holt, voted. [She] said.", ["ole-lind", "mia-holt"], [None, None]
    ),
    "a list of known actors": (
        "[Norway, Sweden and Denmark] said.", ["norway; sweden; denmark"], ["norway; sweden; denmark"]
    ),
    "a list with an unknown": ("[Norway, Lakia and Denmark] said.", ["norway"], ["norway"]),
    "a ministry in its capital": ("[The finance ministry in Abuja] said.", [None], ["nigeria"]),
    "an embassy in a capital": ("[The embassy in Abuja] said.", [None], ["unresolved"]),
    "the police of a county": (
        "[Lake County Police] said. [Police] said.", ["lake-county-police", "police"], ["lake-county-police", "police"]
    ),
    "a court without a place": ("[The Federal Court] said.", [None], ["unresolved"]),
    "a paper named behind": (
        "[The local newspaper, the Lake Argus,] said. [The paper] said.", ["lake-argus"] * 2, ["lake-argus"] * 2
    ),
    "a person behind a body": ("By word of [the company], Ole Lind said.", ["company"], ["unresolved"]),
    "an agency named in passing": (
        "They met the IAEA in town. [The agency's chief] said.", [None], ["iaea"]
    ),
    "a union named in passing is none": (
        "They met the IAEA in town. [The union's chief] said.", [None], ["unresolved"]
    ),
    "a statement on its own pages": (
        "[Lake Steel] said. [A statement on its website] said.", ["lake-steel"] * 2, ["lake-steel"] * 2
    ),
    "a calling before the name behind": (
        "[One owner, schoolteacher Mia Holt,] said. [Holt] said.", ["mia-holt"] * 2, [""] * 2
    ),
    "a calling of two words": ("[Crane driver Ole Lind] said.", ["ole-lind"], [""]),
    "letters that are a body": ("[LAKRA] said.", ["lakra"], ["lakra"]),
    "a reduced relative": ("[A person briefed on the talks] said.", [None], [""]),
    "somebody's aide": (
        "[French minister Anne Roux] said. [A Roux aide] said.", ["anne-roux", None], ["france"] * 2
    ),
    "a state's paper is itself": (
        "[China's state-run Global Times] said. [The paper] said.", ["global-times"] * 2, ["global-times"] * 2
    ),
    "an official's spokesman": (
        "[British Prime Minister Tom Reed's spokesman] said.", ["british-prime-minister-tom-reed-spokesman-1"], ["united-kingdom"]
    ),
    "the statement of who spoke": (
        "[The Danish government] said in a statement that it would wait. [The statement] said.",
        ["denmark"] * 2,
        ["denmark"] * 2,
    ),
    "the statement of nobody": (
        "[The Danish government] said it would wait. [The statement] said.", ["denmark", "statement"], ["denmark", "document"]
    ),
    "the bloc": ("They met the European Union in town. [The bloc] said.", ["european-union"], ["european-union"]),
    "a long name behind": (
        "[The director of the National Institute for Lake Studies] said.", [None], ["national-institute-for-lake-studies"]
    ),
    "a title before the name behind": (
        "[French minister Anne Roux] said. [A spokesman for Ms. Roux] said.", ["anne-roux", None], ["france"] * 2
    ),
    "a possessor that no list has": (
        "[The Kremlin] said in Tidal. [Tidal's chief executive, Mia Holt,] said.", ["russia", "mia-holt"], ["russia", "tidal"]
    ),
    "a chairman of something else": (
        "[The Kremlin] said. [Oversight chairman Ole Lind] said.", ["russia", "ole-lind"], ["russia", "unresolved"]
    ),
    "a constituency employs nobody": (
        "[Senator Ole Lind of Lakia] said. [The Lakia senator] said.", ["ole-lind", None], ["unresolved"] * 2
    ),
    "a party's adjective names no body": ("They met Democratic voters. [Democratic aides] said.", [None], ["unresolved"]),
    "a group that is based somewhere": ("[A leader of a Lakia-based group] said.", [None], ["unresolved"]),
    "a turn of a transcript": ("They met Wallace. [WALLACE] said.", [None], ["unresolved"]),
    "a survey is nobody's statement": (
        "[The Danish government] spoke of a survey. [The survey] said.", ["denmark", "survey"], ["denmark", "document"]
    ),
    "a campaign is no charity": ("[The charity Open Lake] said. [The campaign] said.", ["open-lake", None], ["open-lake", "unresolved"]),
    "this and no other": ("[This scrappy charity] said.", [None], ["unresolved"]),
    "an apposition is no list": (
        "[Ole Lind, president of the Lake Fund, and Mia Holt] said.", ["ole-lind"], ["lake-fund"]
    ),
    "one of a people": ("[A 19-year-old Syrian] said.", [None], [""]),
    "one of a people, known": ("[The 58-year-old Italian] said.", [None], [""]),
    "a people": ("[The hard-line British] said.", [None], ["united-kingdom"]),
    "a study with its place": ("[A study published in The Lancet] said.", [None], ["document"]),
    "a federation of the police": (
        "[The National Police Federation] said. [Its president, Mia Holt,] said.",
        ["national-police-federation", "mia-holt"],
        ["national-police-federation"] * 2,
    ),
    "a paper's name begins with its noun": ("[The Daily Lakia] said.", ["daily-lakia"], ["daily-lakia"]),
    "leaders of a continent": ("They met African voters. [African leaders] said.", [None], ["unresolved"]),
    "an age before the office": (
        "[Ole Lind], 81, spokesman for the Kremlin, said.", ["ole-lind"], ["russia"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_CAPITALS)
def test_whom_an_office_serves(name):
    text, ids, actors = WITH_CAPITALS[name]
    found = voices(text)
    assert [id and voice.source_id for id, voice in zip(ids, found, strict=True)] == ids
    assert [actor and voice.actor for actor, voice in zip(actors, found, strict=True)] == actors


@pytest.mark.parametrize("form", [str, tokenised], ids=["cased", "tokenised"])
@pytest.mark.parametrize(("text", "ids", "actors"), CHAINS)
def test_later_mentions_are_led_back_to_the_first(text, ids, actors, form):
    found = voices(form(text))
    assert [voice.source_id for voice in found] == ids
    assert [voice.actor for voice in found] == actors


def test_an_office_that_comes_out_later_is_the_persons_from_the_start():
    found = voices("[Anne Roux] said. Later [French minister Anne Roux] said.")
    assert [voice.actor for voice in found] == ["france", "france"]


def test_a_surname_finds_the_full_name_that_the_text_gives_elsewhere():
    (voice,) = voices("[Roux] said so. It was the day on which voters had met Anne Roux.")
    assert voice.source_id == "anne-roux"


def test_a_statement_without_a_source_says_so():
    (voice,) = resolve([Statement(None, Span(0, 2), (Span(3, 5),), "indirect")], "It is said.")
    assert voice == ("unresolved", "unresolved", "", "unresolved", "no source named")


def test_the_us_is_no_pronoun_and_us_is_no_country():
    assert [m.actor for m in find_actors("The US told us that it would go.")] == ["united-states"]
    assert find_actors("he told us that who said it had the time .") == []


@pytest.mark.parametrize("text", ["[The Times] said so.", "[the times] said so ."])
def test_a_paper_named_like_a_common_word_is_a_source(text):
    assert voices(text)[0].actor == "times-of-london"


def test_of_two_names_the_longer_is_found():
    assert [m.actor for m in find_actors("the washington post and south korea")] == [
        "washington-post",
        "south-korea",
    ]


def test_names_are_found_with_their_spans():
    text = "North Korea’s envoy met Washington and a Chinese tabloid."
    found = find_actors(text)
    assert [(text[m.start : m.end], m.actor, m.how) for m in found] == [
        ("North Korea", "north-korea", "name"),
        ("Washington", "united-states", "capital"),
        ("Chinese", "china", "demonym"),
    ]


@pytest.mark.parametrize(
    "source", ["Mayor Rufus Fire", "Rufus Fire", "Their mayor, Rufus Fire,", "A spokesman, Rufus Fire,"]
)
def test_a_name_that_the_story_brings_counts_behind_an_office(source):
    extra = [
        Actor(id="freedonia", label="Freedonia", kind="local government", names=["Freedonia", "Rufus Fire"])
    ]
    text, statements = marked(f"[{source}] said so.")
    assert resolve(statements, text, extra)[0][:4] == (
        "freedonia",
        "local government",
        "",
        "freedonia",
    )


def test_a_story_can_add_an_actor():
    extra = [
        Actor(id="freedonia", label="Freedonia", kind="state", names=["Freedonia"], demonyms=["Freedonian"])
    ]
    text = "Freedonian minister Rufus Fire said so."
    statement = Statement(Span(0, 33), Span(34, 38), (Span(39, 41),), "indirect")
    assert resolve([statement], text, extra)[0].actor == "freedonia"
    assert actor_labels(extra)["freedonia"] == "Freedonia"
    assert resolve([statement], text)[0].actor == "unresolved"


# --- the codebook -----------------------------------------------------------------------------------


def test_every_member_of_the_united_nations_has_a_line():
    book = codebook()
    assert len(book.states) >= 193
    for table in KINDS:
        assert getattr(book, table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"demonym": ["Freedonian"]}, "did you mean 'demonyms'"),
        ({"names": [""]}, "a letter or a digit"),
        ({"names": "Freedonia"}, "list"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(change, message):
    content = codebook().model_dump()
    content["states"]["norway"] = {"label": "Norway", **change}
    with pytest.raises(InputError) as caught:
        codebooks.check(content, Codebook, "actors.toml")
    assert "actors.toml" in str(caught.value)
    assert "norway" in str(caught.value)
    assert message in str(caught.value)


def test_a_name_of_two_actors_is_refused():
    book = codebook()
    entries = [(one, kind, entry) for one, kind, entry in book.actors()]
    norway = next(entry for one, _, entry in entries if one == "norway")
    with pytest.raises(InputError, match="names both norway and norge"):
        Lexicon(book, [*entries, ("norge", "state", norway)], set())


# --- tables -----------------------------------------------------------------------------------------


def test_the_table_has_its_columns_and_valid_spans():
    story = cd.read_story("north-korea-sanctions")
    table = statements_table(story)
    assert list(table.columns) == COLUMNS
    assert table["statement"].is_unique
    for row in table.itertuples():
        text = story.versions[row.version].text
        spans = read_spans(row.content_spans)
        assert spans == sorted(spans)
        assert " ".join(" ".join(text[a:b].split()) for a, b in spans) == row.content
        assert row.quoted_words <= row.words


def test_a_counterpart_is_mutual_and_the_same_voice():
    table = statements_table(cd.read_story("north-korea-sanctions")).set_index("statement")
    paired = table[table["same_as"] != ""]
    assert len(paired) >= 20
    for one, row in paired.iterrows():
        other = table.loc[row["same_as"]]
        assert other["same_as"] == one
        assert other["version"] != row["version"]
        assert other["actor"] == row["actor"]
        assert other["source_id"] == row["source_id"]


def test_one_anonymous_source_has_one_id_in_both_versions():
    first = 'A French official said on Monday the "talks have failed for good".'
    second = 'A French official said on Sunday he was ill. Another French official said the "talks have failed for good".'
    table = statements_table(story_from_texts({"one": first, "two": second}))
    same = table[table["content"].str.contains("talks have failed")]
    assert len(same) == 2
    assert same["source_id"].nunique() == 1
    assert len(table) == 3
    assert table["source_id"].nunique() == 2


def test_words_of_another_actor_are_no_counterpart():
    one = "France said the vote would be held on Friday."
    two = "Spain said the vote would be held on Friday."
    table = statements_table(story_from_texts({"one": one, "two": two}))
    assert list(table["same_as"]) == ["", ""]


def coded(version):
    """The rows of the resolved coding of one version, or of the first coder's until there is one."""
    for coder in ("resolved", "founder"):
        path = STORY / "coding" / coder / "statements.csv"
        if path.exists():
            with path.open(newline="", encoding="utf-8") as file:
                return [row for row in csv.DictReader(file) if row["version"] == version]
    raise AssertionError("no coding of the statements")


@pytest.mark.parametrize("version", ["aol", "longer"])
def test_every_source_of_the_bundled_story_has_the_coded_actor(version):
    rows = coded(version)
    statements = [
        Statement(
            Span(int(row["source_start"]), int(row["source_end"])),
            Span(int(row["cue_start"]), int(row["cue_end"])),
            (Span(int(row["start"]), int(row["end"])),),
            row["quotation"],
        )
        for row in rows
    ]
    found = resolve(statements, cd.read_story("north-korea-sanctions").versions[version].document)
    fields = ("source_id", "source_type", "actor")
    assert [tuple(getattr(voice, field) for field in fields) for voice in found] == [
        tuple(row[field] for field in fields) for row in rows
    ]


def test_the_rules_agree_with_the_coding_of_the_bundled_story():
    story = cd.read_story("north-korea-sanctions")
    agreed, _ = against_rules(story, "statements", statements_table(story))
    fields = agreed.set_index("field")
    assert fields.loc["units", "matched"] >= 28
    for field in ("source", "source_id", "source_type", "actor", "quotation"):
        assert fields.loc[field, "agreement"] == 1, field


# --- properties -------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    """the a french Chinese official officials said , . “ ” " ' and of to who he they it Anne roux minister
    ministry U.S. u.n. times the-x draft statement in beijing ( ) editorial 12 another Mr. company’s’ '""".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.lists(st.tuples(st.integers(0, 250), st.integers(1, 40)), max_size=6))
def test_no_text_and_no_source_makes_it_fail(words, places):
    text = " ".join(words)
    spans = [Span(a, min(len(text), a + n)) for a, n in places if a < len(text)]
    statements = [Statement(s, Span(s.end, s.end), (s,), "indirect") for s in spans]
    found = resolve(statements, text)
    assert len(found) == len(statements)
    for voice in found:
        assert voice.source_id and voice.actor and voice.resolved_by and voice.source_type


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_names_found_are_ordered_and_inside(text):
    found = find_actors(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=5))
def test_case_and_tokenisation_change_no_actor(cases):
    text = " ".join(case[0] for case in cases)
    one, other = voices(text), voices(tokenised(text))
    assert [voice.source_type for voice in one] == [voice.source_type for voice in other]
    assert [voice.actor for voice in one] == [voice.actor for voice in other]
