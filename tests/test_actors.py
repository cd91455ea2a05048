"""Sources and the actors they speak for: every rule on sentences of our own, cased and in small letters."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import copydesk as cd
import pytest
from copydesk.engine import toml_files
from copydesk.engine.language.actor_names import KINDS, Codebook, Lexicon, actor_labels, codebook, lexicon
from copydesk.engine.spans import Span, read_spans
from copydesk.engine.speakers import find_actors, office_holders, resolve
from copydesk.engine.statements import Statement, find_statements
from copydesk.engine.text import normal_words
from copydesk.errors import InputError
from copydesk.stories import statement_rows
from copydesk.stories.coding import against_rules
from copydesk.stories.statement_rows import COLUMNS
from copydesk.stories.story import Actor, story_from_texts
from copydesk.stories.tables import by_voice, statements_table
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
    ("[Former U.S. diplomat Carl Moss] said so.", "carl-moss", "named person", "", "office that is not held"),
    # who watches a minister from the other bench does not speak for the state
    ("[The British shadow home secretary, Carl Moss,] said so.", "carl-moss", "named person", "", "office that is not held"),
    ("[Carl Moss, an analyst at the Brookings Institution,] said so.", "carl-moss", "named person", "",
     "person in his or her own name"),
    ("[Mr. Lund] said so.", "lund", "named person", "", "person in his or her own name"),
    ("[A shopper] said so.", "shopper-1", "anonymous person", "", "person without a name"),
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
    "a journalist speaks for no paper": ("[Reuters' Mia Holt] said.", ["mia-holt"], [""]),
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
    "a list with an unknown": ("[Norway, Lakia and Denmark] said.", [None], ["norway; denmark"]),
    "names behind who they are": ("[Hal Lind's biographers, Ole and Mia Holm,] said.", ["hal-lind-biographers"], [""]),
    "a ministry in its capital": ("[The finance ministry in Abuja] said.", [None], ["nigeria"]),
    "an embassy in a capital": ("[The embassy in Abuja] said.", [None], ["unresolved"]),
    "the police of a county": (
        "[Lake County Police] said. [Police] said.", ["lake-county-police", "police"], ["lake-county-police", "police"]
    ),
    "a court without a place": ("[The Federal Court] said.", [None], ["federal-court"]),
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
    "where a deal was made is no minister's state": (
        "A pact was signed in London, [Finance Minister Mia Holt] said.", ["mia-holt"], ["unresolved"]
    ),
    "a minister of the state that the story is about": (
        "Chile will pay. Chile owes much; so do Chilean mines. A pact was signed in London, [Finance Minister Mia Holt] said. [Central bank governor Ole Lind] said.",
        ["mia-holt", "ole-lind"], ["chile"] * 2
    ),
    "a minister of the state that the sentence is about": (
        "Peru met Spain and Peru left. Peru will pay, [Trade Minister Mia Holt] said.", ["mia-holt"], ["peru"]
    ),
    "a minister between two states": (
        "Peru met Spain. Spain met Peru. The talks failed, [Trade Minister Mia Holt] said.", ["mia-holt"], ["unresolved"]
    ),
    "a small word inside a name": (
        "[Minister Piet du Toit] said. [Du Toit] said. [Ida de Groot] said. [De Groot] said.",
        ["piet-du-toit"] * 2 + ["ida-de-groot"] * 2, ["unresolved"] * 2 + [""] * 2
    ),
    "a president by title and name": (
        "[President Emmanuel Macron] said. [Macron] said. [He] said.", ["emmanuel-macron"] * 3, ["france"] * 3
    ),
    "a prime minister by surname": ("[Prime Minister Ardern] said.", ["ardern"], ["new-zealand"]),
    "a name behind the comma": ("[The prime minister, Jacinda Ardern,] said.", ["jacinda-ardern"], ["new-zealand"]),
    "a name without its title, and no date": ("[Angela Merkel] said.", ["angela-merkel"], [""]),
    "a title that two hold": ("[King Abdullah] said.", ["abdullah"], ["unresolved"]),
    "another's title": ("[Chairman Emmanuel Macron] said.", ["emmanuel-macron"], ["unresolved"]),
    "who held it once": ("[Former President Bill Clinton] said.", ["bill-clinton"], [""]),
    "a government by its head": ("[A Clinton administration official] said.", [None], ["united-states"]),
    "an office of one state": (
        "[Treasury Secretary Mia Holt] said. [The Chancellor of the Exchequer, Ole Lind,] said.",
        ["mia-holt", "ole-lind"], ["united-states", "united-kingdom"]
    ),
    "a city's mayor": (
        "[The mayor of Paris, Mia Holt,] said. [Lima Mayor Ole Lind] said. [A Peruvian mayor] said.",
        ["mia-holt", "ole-lind", None], ["paris", "lima", "unresolved"]
    ),
    "a judge": ("[U.S. District Judge Ole Lind] said. [A German judge] said.", ["ole-lind", None], ["unresolved"] * 2),
    "a governor and a senator": (
        "[Texas Gov. Ole Lind] said. [Senator Mia Holt of Ohio] said. [A Brazilian senator] said.",
        ["ole-lind", "mia-holt", None], ["texas", "united-states", "brazil"]
    ),
    "a party's letter": (
        "[Rep. Ole Lind], R-Ohio, said. [Sen. Mia Holt] (D-Texas) said. [Committee Chairman Jo Rae], R-Iowa, said.",
        ["ole-lind", "mia-holt", "jo-rae"], ["republican-party", "democratic-party", "republican-party"]
    ),
    "a party's adjective": ("They left. [Democratic Senator Ole Lind] said.", ["ole-lind"], ["democratic-party"]),
    "a party's members": ("[Republicans] said. [Some Democrats] said.", [None] * 2, ["republican-party", "democratic-party"]),
    "a state inside a longer name": (
        "They spoke for United Chile. [Officials from United Chile] said. [A director of Bank of Chile] said.",
        [None] * 2, ["united-chile", "bank-of-chile"]
    ),
    "a state's bank": ("[The governor of the Central Bank of Kenya] said.", [None], ["kenya"]),
    "a company whose name begins with a state's": (
        "[Chilean Airways chief executive Mia Holt] said.", ["mia-holt"], ["chilean-airways"]
    ),
    "a paper's short name": (
        "They told the New York Times. [The Times] reported it.", ["new-york-times"], ["new-york-times"]
    ),
    "letters of a name": (
        "The Lake Safety Authority met. [The L.S.A.] said. [LSA] said.", ["lake-safety-authority"] * 2,
        ["lake-safety-authority"] * 2
    ),
    "letters with stops": ("[The F.B.I.] said. [An FBI spokesman] said.", [None] * 2, ["united-states"] * 2),
    "an authority with a name": (
        "In May [the Lake Safety Authority] said. [A spokesman for the authority, Ole Lind,] said.",
        ["lake-safety-authority", "ole-lind"], ["lake-safety-authority"] * 2
    ),
    "a name that comes later": (
        "[A charity] said. [The group, Open Lake,] said. [It] said.", ["open-lake"] * 3, ["open-lake"] * 3
    ),
    "a part of a body's name": (
        "[The Robert Lind Foundation] said. [The Lind Foundation] said.", ["robert-lind-foundation"] * 2,
        ["robert-lind-foundation"] * 2
    ),
    "a headline in capitals": (
        "[LAKE BANKS] AGREE ON PLAN\n\nIt rained in the town. They all left early.", [None], ["unresolved"]
    ),
    "the statement of an official": (
        "In a statement, [a council official] said it would wait. [The statement] said.", ["council-official-1"] * 2,
        ["unresolved"] * 2
    ),
    "a study and who made it": (
        "[A study by the Lake Institute] said. [The study] said.", ["lake-institute"] * 2, ["lake-institute"] * 2
    ),
    "a study and who paid for it": (
        "[A study commissioned by a backer of the plan], the Lake Institute, said.", ["lake-institute"], ["lake-institute"]
    ),
    "groups that no list has": (
        "[Dealers] said. [Many shops] said. [Others] said.", ["dealers", "shops", "others"], [""] * 3
    ),
    "a navy that the text gives its state": (
        "The Chilean navy sailed. [A navy official] said. [Navy officers] said.", [None] * 2, ["chile"] * 2
    ),
    "officials of those before": (
        "[Two Chilean officials] said. [Other officials] said.", [None] * 2, ["chile"] * 2
    ),
    "a manager speaks for the body": (
        "[Mia Holt, the operations manager for Lake Tides,] said. [An economist at Lake Tides, Ole Lind,] said.",
        ["mia-holt", "ole-lind"], ["lake-tides", ""]
    ),
    "a field before the body": (
        "[General Ole Lind, the vice director of operations with the FBI,] said.", ["ole-lind"], ["united-states"]
    ),
    "two persons of one surname": (
        "[Mia Holt] said. [Ole Holt] said. [Mia Holt] said.", ["mia-holt", "ole-holt", "mia-holt"], [""] * 3
    ),
    "a pronoun and a given name": (
        "[Susan Lind] said. [Mark Holt] said. [She] said. [He] said.",
        ["susan-lind", "mark-holt", "susan-lind", "mark-holt"], [""] * 4
    ),
    "a pronoun that fits nobody": ("[Mark Holt] said. [She] said.", ["mark-holt", "she"], ["", "unresolved"]),
    "what somebody's choice said": (
        "[President Emmanuel Macron's pick for the bench] said.", [None], ["unresolved"]
    ),
    "the company of the sentence": (
        "[Lake Steel] said. Shares in Nordo Brands fell, and [the company] said.", ["lake-steel", "nordo-brands"],
        ["lake-steel", "nordo-brands"]
    ),
    "an office in the next sentence": (
        "They praised Chile's rightful leader. Peruvian President Mia Holt said no. [Holt] said.", ["mia-holt"], ["peru"]
    ),
    "an office behind a preposition": (
        "They held a White House meeting with Prime Minister Jacinda Ardern. [Ardern] said.",
        ["jacinda-ardern"], ["new-zealand"]
    ),
    "another state's council": (
        "[Mia Holt, adviser of the State Council of Chile,] said.", ["mia-holt"], ["chile"]
    ),
    "what is known later corrects what was guessed": (
        "Peru met Spain and Peru left. Peru will pay, [Trade Minister Mia Holt] said. [Spanish Trade Minister Mia Holt] said.",
        ["mia-holt"] * 2, ["spain"] * 2
    ),
    "the chancellor of nobody in particular": (
        "Chile met. Chile paid. Chile left. [The chancellor] said. [Chancellor Mia Holt] said.", [None] * 2,
        ["unresolved", "chile"]
    ),
    "one of a party": (
        "[The Republican] said. [A Utah Democrat] said. [Mia Holt, an Ohio Republican,] said.",
        [None, None, "mia-holt"], ["republican-party", "democratic-party", "republican-party"]
    ),
    "one of a party is not the party": ("[The Republican] said. [Republicans] said.", ["republican-1", "republican-party"], [None] * 2),
    "a campaign": (
        "[Mia Lind] said. [The Lind campaign] said. [Lind campaign spokesman Jo Rae] said. [Lind] said.",
        ["mia-lind", "lind-campaign", "jo-rae", "mia-lind"], ["", "lind-campaign", "lind-campaign", ""]
    ),
    "somebody's campaign": (
        "[Mia Lind's campaign] said. [The Lind campaign] said.", ["mia-lind-campaign"] * 2, ["mia-lind-campaign"] * 2
    ),
    "somebody's spokesman": ("[Mia Lind] said. [Lind spokesman Jo Rae] said.", ["mia-lind", "jo-rae"], ["", "mia-lind"]),
    "two of one surname, by who spoke last": (
        "[Mia Holt] said. They named Ole Holt. [Ole Holt] said. [Mia Holt] said. [Holt] said.",
        ["mia-holt", "ole-holt", "mia-holt", "mia-holt"], [""] * 4
    ),
    "an office and its short form": (
        "[Texas Gov. Ole Lind] said. [The governor] said. [The Texas governor] said.", ["ole-lind"] * 3, ["texas"] * 3
    ),
    "an office of a part of a state": ("[Ohio's tax commissioner, Mia Holt,] said.", ["mia-holt"], ["ohio"]),
    "a word before a name in a headline": (
        "Long Piece Exploits Holt Again\n\nMia Holt left. [Holt] said.", ["mia-holt"], [""]
    ),
    "a part of a continent": ("[West African leaders] said.", [None], ["unresolved"]),
    "a company of a country": ("[Lake Steel] said. [The Chilean company] said.", ["lake-steel"] * 2, ["lake-steel"] * 2),
    "a ministry's statement": ("[The Chilean foreign ministry] said. [A ministry statement] said.", [None] * 2, ["chile"] * 2),
    "a paper by its last word": ("They told the Wall Street Journal. [The Journal] said.", ["wall-street-journal"], ["wall-street-journal"]),
    "an agency of a state with a name of its own": (
        "[The U.S. Lake Safety Administration] said. [The United States] said.",
        ["u.s.-lake-safety-administration", "united-states"], ["united-states"] * 2
    ),
    "an institute with a preposition": (
        "[Mia Holt, director of the Institute for Lake Integrity,] said.", ["mia-holt"], ["institute-for-lake-integrity"]
    ),
    "a first lady and a president": (
        "[First lady Brigitte Macron] said. [Brigitte Macron] said. [President Macron] said. [The president] said.",
        ["brigitte-macron"] * 2 + ["macron"] * 2, [None, None, "france", "france"]
    ),
    "a vice president is no president": (
        "[Chilean Vice President Mia Holt] said. [The president] said.", ["mia-holt", "president-1"], ["chile", "unresolved"]
    ),
    "a person named like a state": (
        "They met Mike Jordan. [Jordan] said. [Amman] said.", ["mike-jordan", "jordan"], ["", "jordan"]
    ),
    "a state that begins a longer name": (
        "[Mia Holt, head of Chile and Peru Veterans of America,] said.", ["mia-holt"], ["chile-and-peru-veterans-of-america"]
    ),
    "a capital that begins a longer name": ("[A Washington Lake poll] said.", [None], ["document"]),
    "a network is no paper": (
        "[The New York Times] said. [The network] said.", ["new-york-times", "network"], ["new-york-times", "unresolved"]
    ),
    "a field of two nouns before the body": (
        "[Mia Holt, director of the safety and security unit of the Lake Institute,] said.", ["mia-holt"], ["lake-institute"]
    ),
    "a judge of a part of a state": ("[A New York judge] said.", [None], ["new-york"]),
    "a person named like an agency": (
        "[Former Mayor Michael Bloomberg] said. [Bloomberg] said.", ["michael-bloomberg"] * 2, [""] * 2
    ),
    "a word before somebody's campaign": (
        "[Rival Susan Lind's campaign] said. They met Susan Lind. [Susan Lind] said.",
        ["susan-lind-campaign", "susan-lind"], ["susan-lind-campaign", ""]
    ),
    "senators of two parts of a state": (
        "[Ohio Sen. Ole Lind] said. [Sen. Mia Holt] said. [The Ohio senator] said. [The Texas senator] said.",
        ["ole-lind", "mia-holt", "ole-lind", "texas-senator-1"], ["united-states", "unresolved"] + ["united-states"] * 2
    ),
    "a secretary of a part of a state": ("[Ohio Secretary of State Mia Holt] said.", ["mia-holt"], ["ohio"]),
    "an official of an airport": ("[A Lima airport official] said. [A senior Lima official] said.", [None] * 2, ["unresolved", "peru"]),
    "a body described earlier": (
        "They wait until the tide commission rules. [The commission] said. [The commission's head, Ole Lind,] said.",
        ["tide-commission", "ole-lind"], ["tide-commission"] * 2
    ),
    "a body described with a state's name": (
        "They met the Lakian-free board of Norway. The Chilean tide council met. [The council] said.",
        ["chilean-tide-council"], ["chile"]
    ),
    "a minister and a portfolio": (
        "[The Chilean minister for the environment, Mia Holt,] said. [The minister for the coast, Ole Lind,] said.",
        ["mia-holt", "ole-lind"], ["chile", "unresolved"]
    ),
    "the name behind somebody's spokesman": (
        "[A spokesman for the interior minister, Ole Lind,] said.", ["spokesman-1"], ["unresolved"]
    ),
    "two offices before a name": (
        "[Lakian President General Ole Lind] said. [The President] said. [The general] said.",
        ["ole-lind"] * 3, [None] * 3
    ),
    "a title and one name": ("[The foreign minister, Dr Abdi,] said.", ["abdi"], [None]),
    "a body's person": (
        "[The Bureau of Tides' Mia Holt] said. [Holt] said.", ["mia-holt"] * 2, ["bureau-of-tides"] * 2
    ),
    "a company's person": ("[JPHolm's Ole Lind] said.", ["ole-lind"], ["jpholm"]),
    "the person of a body named by its noun": (
        "The Lake Tide Bureau met. [The bureau's Mia Holt] said.", ["mia-holt"], ["lake-tide-bureau"]
    ),
    "a place, a calling and a name": (
        "[Laketown mentor Ole Lind] said. [World number one Mia Holt] said.", ["ole-lind", "mia-holt"], [""] * 2
    ),
    "a calling with the": ("[The potter Mia Holt] said.", ["mia-holt"], [""]),
    "a calling as a title": (
        "Ole Lind is the skipper of the boat. [Skipper Lind] said.", ["ole-lind"], [None]
    ),
    "one name and an age": ("[Sunni, 16,] said.", ["sunni"], [""]),
    "somebody's lawyer": (
        "[Holm's public defender, Mia Holt,] said. [She] said.", ["mia-holt"] * 2, [""] * 2
    ),
    "a police spokesman": ("[A police spokesman] said.", ["police-spokesman-1"], ["police"]),
    "a dispatcher of the police": ("[A police dispatcher] said.", ["police-dispatcher-1"], [None]),
    "a captain of a side": (
        "[Chilean captain Ole Lind] said. [Chilean army captain Nils Holm] said.", ["ole-lind", "nils-holm"], ["", "chile"]
    ),
    "leaders of some of a people": (
        "[A Chilean settler leader] said. [The Chilean opposition leader] said. [A Chilean union official] said.",
        [None] * 3, ["unresolved"] * 3
    ),
    "an office once held by who leads a mission": (
        "[The head of the mission, former Chilean minister Ole Lind,] said.", ["ole-lind"], ["unresolved"]
    ),
    "a head taken for another body's": (
        "[The Lake Fund's head, Ole Lind,] said. [The head of the mission] said.", ["ole-lind", "head-1"], [None] * 2
    ),
    "the leader of the opposition": (
        "[Leader of Opposition Ole Lind] said. [Lind] said.", ["ole-lind"] * 2, ["opposition"] * 2
    ),
    "the first part of a body's name": (
        "Shares of Oak Lane Securities fell. [Oak Lane] said.", ["oak-lane-securities"] * 1, ["oak-lane-securities"]
    ),
    "the last part of a body's name": (
        "The Lake Monetary Fund met. [The Lake Monetary Fund] said. [The Fund] said.",
        ["lake-monetary-fund"] * 2, ["lake-monetary-fund"] * 2
    ),
    "a body by what is apposed to it": (
        "[Verd, the services union,] said. [Holmberg], which cut its rating, said.", ["verd", "holmberg"], ["verd", "holmberg"]
    ),
    "a name with a possessive inside": (
        "[The Seafarers' Safety Network] said.", ["seafarers-safety-network"], ["seafarers-safety-network"]
    ),
    "from a service": (
        "[Ole Lind], from the Lake Fire Service, said. [Mia Holt], from the University of Laketown, said.",
        ["ole-lind", "mia-holt"], ["lake-fire-service", ""]
    ),
    "observers of a body": (
        "[Observers from the African Union] said. [Observers] said.", [None] * 2, ["african-union", ""]
    ),
    "an official in a department": (
        "[A senior official in the cane department] said.", [None], ["cane-department"]
    ),
    "plurals that are many": ("[Hospitals] said. [Drug squad detectives] said.", [None] * 2, [""] * 2),
    "a secretary of a union": (
        "[The north coast secretary of the Lake Workers Union, Ole Lind,] said.", ["ole-lind"], ["lake-workers-union"]
    ),
    "a head of an organisation": ("[The Chilean head of Greenpeace] said.", [None], ["greenpeace"]),
    "a party behind a comma": (
        "[Gov. Ole Lind], a Republican, said. [Rep. Mia Holt], a Kansas Democrat, said.",
        ["ole-lind", "mia-holt"], ["republican-party", "democratic-party"]
    ),
    "a high court": ("[The high court] said. [The High Court's judge] said.", ["high-court", None], ["high-court", None]),
    "an adviser to a council of a state": (
        "[An adviser of the National Council of the Republic of Chile] said. [Ole Lind, an adviser to the Council of State of the Republic of Norway,] said.",
        [None, "ole-lind"], ["chile", "norway"]
    ),
    "two letters that are a word": ("[IS] said it is late.", [None], ["islamic-state"]),
    "a first minister": ("[The care minister, Ole Lind,] said. [The first minister] said.", ["ole-lind", "minister-1"], [None] * 2),
    "an age before the office": (
        "[Ole Lind], 81, spokesman for the Kremlin, said.", ["ole-lind"], ["russia"]
    ),
    "a company by what stands beside its name": (
        "The pay of Holmar workers is low. [Holmar] said. Shares in Brill fell. [Brill] said. [The company] said. Ben Lund, the chief executive of Intol, was away. [Intol] said.",
        ["holmar", "brill", "brill", "intol"], ["holmar", "brill", "brill", "intol"]
    ),
    "a company that is named after a people": (
        "[Lakeside Airlines] said. [Chilean Airlines] said. [Chief executive Den Holm] said.",
        ["lakeside-airlines", "chilean-airlines", "den-holm"], ["lakeside-airlines", "chilean-airlines", "chilean-airlines"]
    ),
    "a field between a body and the office": (
        "It rained. But [Yallin Energy mine manager, Lin Ward,] said. [LCMU northern secretary Mart King] said. [Hart campaign communications director Jen Palm] said.",
        ["lin-ward", "mart-king", "jen-palm"], ["yallin-energy", "lcmu", "hart-campaign"]
    ),
    "a party whose name begins with a rank": (
        "[Lake Party President Helen Dorn] said. [National Party President Ann Weir] said.",
        ["helen-dorn", "ann-weir"], ["lake-party", "national-party"]
    ),
    "a lord mayor": ("[Lord Mayor Ole Hart] said.", ["ole-hart"], ["unresolved"]),
    "a coach of a club, and of a people": (
        "The Lakeside Hawks won. [Hawks coach Ellen Mark] said. [Brazilian coach Ole Holm] said.",
        ["ellen-mark", "ole-holm"], ["hawks", ""]
    ),
    "its organiser": (
        "[The Lake Union] said. [Its regional organiser, Steph Hart,] said. [Its rival, Ole Lind,] said.",
        ["lake-union", "steph-hart", "ole-lind"], ["lake-union", "lake-union", ""]
    ),
    "an office that is called otherwise, once held": (
        "[Former Kenyan president Ole Hart] said. [The former Kenyan leader] said.", ["ole-hart"] * 2, [""] * 2
    ),
    "a spokesperson who is they": (
        "[Residents] said. [A spokesperson for Lake Steel] said. [They] said.", ["residents", "spokesperson-1", "spokesperson-1"], ["", "lake-steel", "lake-steel"]
    ),
    "a ministry is no name": ("[A spokesman for Peru's Defence Ministry] said.", ["spokesman-1"], ["peru"]),
    "a secretary of a union named after a people": (
        "[The national secretary of the Chilean Milling and Dock Union (CMDU), Doug Camp,] said. [The head of the Chilean army] said.",
        ["doug-camp", None], ["chilean-milling-and-dock-union", "chile"]
    ),
    "the husband of another": ("[The husband of crash victim, Tess Pawl,] said.", ["husband-1"], [""]),
    "a state and a foundation": ("[Norway and the Hart Foundation] said.", ["norway; hart-foundation"], ["norway; hart-foundation"]),
    "military sources": ("[Israeli military sources] said. [Israeli sources] said.", [None] * 2, ["israel", ""]),
    "a prosecutor of the state": ("[Assistant U.S. Attorney Mara Voss] said. [Attorney Jo Lind] said.", ["mara-voss", "jo-lind"], ["united-states", ""]),
    "a place before a name": (
        "Ohio Lind rally ends in a scuffle. Hana Lind spoke. [Lind] said.", ["hana-lind"], [""]
    ),
    "a name with an apostrophe": ("A man named Dino Dell'Orto rang. [Mr. Dell’Orto] said.", ["dino-dellorto"], [""]),
    "a premier who is named later": (
        "[The Queensland Premier] said. [Premier Pete Beat] said. [Attorney-General Jo Ash] said.",
        ["pete-beat", "pete-beat", "jo-ash"], ["queensland", "queensland", "unresolved"]
    ),
    "a name behind whom somebody serves": (
        "It rained. [Senior forecaster with the Laketown Weather Bureau Ian Robson], said. [Mr Robson] said.",
        ["ian-robson"] * 2, ["laketown-weather-bureau"] * 2
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


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        # The first name of a text is that of whom its lead has heard, where nothing else says who that is.
        ("[A fireman] told the court how he ran. [Markus Holm] said it was late.", ["markus-holm"] * 2),
        ("[The wife of a diver] says she waits. [Ana Roca] says nobody called.", ["ana-roca"] * 2),
        (
            "[A fireman] said it burned. [Markus Holm, a clerk], said it was late.",
            ["fireman-1", "markus-holm"],
        ),
        ("Ole Lind left. [A fireman] said it burned. [Markus Holm] said so.", ["fireman-1", "markus-holm"]),
        ("It was late. It was dark. [A clerk] saw it. [Markus Holm] said so.", ["clerk-1", "markus-holm"]),
        # An office that is no state's is that of the only person whom the text has named and not described.
        ("[Mart Hall] said it was wrong. [The Lake Party leader] left.", ["mart-hall"] * 2),
        (
            "[Mart Hall, a farmer], said it was wrong. [The union leader] left.",
            ["mart-hall", "union-leader-1"],
        ),
        (
            "[Mart Hall] said so. [Ann Roe] said no. [The Lake Party leader] left.",
            ["mart-hall", "ann-roe", "lake-party-leader-1"],
        ),
        ("[Mart Hall] said it was wrong. [The president] left.", ["mart-hall", "president-1"]),
        ("[Mart Hall] said it was wrong. [The Chilean leader] left.", ["mart-hall", "chilean-leader-1"]),
        # A spokesman of the same body is the one who was heard before he was named.
        (
            "[A spokesman for Chile's navy] said it left. [Navy spokesman Luis Rojas] said it was slow.",
            ["luis-rojas"] * 2,
        ),
        (
            "[A spokesman for Chile's navy] said it left. [Peru's navy spokesman Luis Rojas] said no.",
            ["spokesman-1", "luis-rojas"],
        ),
        # Whose answer is spoken of is whom a pronoun takes up.
        (
            "[Ian Brown] left. [Ada Lind] said it rose. Brown's answer to the flood was mild. [He] said so.",
            ["ian-brown", "ada-lind", "ian-brown"],
        ),
        (
            "She stood behind the Governor-General, Dr Tom Holm, on Monday. [The Governor-General] left.",
            ["tom-holm"],
        ),
        (
            "[A spokesman for Roads Minister Ole Dahl] said so. Norway won. [The spokesman] said no.",
            ["spokesman-1"] * 2,
        ),
        ("[Ross Holm QC] said it was low. [Mr Holm] said so.", ["ross-holm"] * 2),
        ("[One bystander, Marius duPrez], said so. [He] left.", ["marius-duprez"] * 2),
    ],
)
def test_one_person_has_one_name(text, ids):
    assert [voice.source_id for voice in voices(text)] == ids


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("[The U-S] said so.", "united-states"),
        ("[Queensland Emergency Services Minister Mike Roll] said so.", "queensland"),
        ("Norway waits. [The Roads Minister, Ann Hart,] said it was in Norway's hands.", "norway"),
        ("Norway waits, and Chile too. [The Roads Minister, Ann Hart,] said so.", "unresolved"),
        ("[Gregor Angel, president of the Pine Lodge Republicans], said so.", "pine-lodge-republicans"),
        (
            "[A study by the Norwegian Institute of Health and Labour] says so.",
            "norwegian-institute-of-health-and-labour",
        ),
        ("[The Member for Lakeside] says so.", "unresolved"),
        ("[Indonesian Energy Minister Budi Hart] said so.", "indonesia"),
        ("[A spokesman for Roads Minister Ole Dahl] said so.", "ole-dahl"),
        ("[Holm Air's administrators] said so. [Administrator Mark Mender] says so.", "holm-air"),
    ],
)
def test_whom_a_longer_name_names(text, actor):
    assert voices(text)[-1].actor == actor


@pytest.mark.parametrize(
    ("text", "month", "actor"),
    [
        ("[Angela Merkel] said.", "2012-05", "germany"),
        ("[Angela Merkel] said.", "2023-05", ""),
        ("[King Abdullah] said.", "2001-05", "jordan"),
        ("[President George Bush] said.", "1990-05", "united-states"),
        ("[President Lee] said.", "2010-05", "south-korea"),
        ("[Vladimir V. Putin] said.", "2015-05", "russia"),
    ],
)
def test_who_held_an_office_when_the_text_was_written(text, month, actor):
    plain, statements = marked(text)
    assert resolve(statements, plain, month=month)[0].actor == actor


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        ("[Danish minister Ida Friis] said.", "Danish minister"),
        ("[Ida Friis, an economist at Lake College,] said.", "an economist at Lake College"),
        ("[The Swedish ambassador to Moscow], Nils Holm, said.", "Swedish ambassador to Moscow"),
        ("[Two Chilean officials] said.", "Chilean"),
        ("[The FBI] said.", ""),
        ("[Mia Holt of the Red Cross] said.", "Red Cross"),
        (
            "[General Ole Lind, an officer of the Chilean army,] said.",
            "General; an officer of the Chilean army",
        ),
    ],
)
def test_an_affiliation_is_as_the_text_writes_it(text, affiliation):
    found = voices(text)[0].affiliation
    assert found.removeprefix("the ") == affiliation


def test_an_office_that_comes_out_later_is_the_persons_from_the_start():
    found = voices("[Anne Roux] said. Later [French minister Anne Roux] said.")
    assert [voice.actor for voice in found] == ["france", "france"]


@pytest.mark.parametrize("form", [str.upper, str.lower])
def test_names_in_a_text_of_one_case(form):
    text = form(
        "[Frank Taylor, chairman of the Cane Office,] said. [Taylor] said. Recent examples were rare. [He] said. "
        "[Mr. Hanks] said. [The United States] said."
    )
    ids = [voice.source_id for voice in voices(text)]
    assert ids == ["frank-taylor"] * 3 + ["hanks", "united-states"]


def test_a_source_that_says_two_things_is_one():
    text = "A senior banker said it held and said it would last."
    assert len({voice.source_id for voice in resolve(find_statements(text), text)}) == 1


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
        toml_files.check(content, Codebook, "actors.toml")
    assert "actors.toml" in str(caught.value)
    assert "norway" in str(caught.value)
    assert message in str(caught.value)


def test_a_name_of_two_actors_is_refused():
    book = codebook()
    entries = [(one, kind, entry) for one, kind, entry in book.actors()]
    norway = next(entry for one, _, entry in entries if one == "norway")
    with pytest.raises(InputError, match="names both norway and norge"):
        Lexicon(book, [*entries, ("norge", "state", norway)], set())


def test_every_office_holder_can_be_found():
    book, roles = codebook(), lexicon().callings
    with (ROOT / "data" / "codebooks" / "office-holders.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    actors = {one for one, _, _ in book.actors()}
    offices = roles | {"foreign minister", "chair"}
    for row in rows:
        assert row["actor"] in actors, row
        assert row["office"] in offices, row
        months = [month for month in (row["from"], row["to"]) if month]
        assert all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in months), row
        assert months == sorted(months), row
        name = tuple(normal_words(row["name"].split(" / ")[0]))
        namesakes = {r["actor"] for r in rows if (r["name"], r["office"]) == (row["name"], row["office"])}
        found = office_holders.find(name, row["office"], row["from"])
        assert found == row["actor"] or (found is None and len(namesakes) > 1), row


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("actor,name\nchile,Mia Holt\n", "the first line"),
        ("actor,office,name,surname,from,to\nchile,,Mia,,2001,\n", "line 2"),
    ],
)
def test_a_fault_in_the_office_holders_names_its_line(content, message, tmp_path, monkeypatch):
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "office-holders.csv").write_text(content)
    codebook()
    monkeypatch.setattr(toml_files, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(office_holders, "_by_surname", office_holders._by_surname.__wrapped__)
    with pytest.raises(InputError, match=message):
        office_holders.find(("holt",), "president")


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


def test_statements_of_a_version_are_found_once(monkeypatch):
    read = []
    found = statement_rows.find_statements
    monkeypatch.setattr(statement_rows, "find_statements", lambda doc: read.append(doc) or found(doc))
    story = story_from_texts({"one": "France said it would wait.", "two": "France said it would wait long."})
    first, second = statements_table(story), statements_table(story)
    assert len(read) == 2
    assert first.equals(second)


def test_a_person_and_a_group_are_their_own_voice():
    table = statements_table(
        story_from_texts(
            {"one": "Mia Holt said it would rain. Analysts said it would snow. France said it would wait."}
        )
    )
    assert list(table["actor"]) == ["", "", "france"]
    assert list(by_voice(table)["actor"]) == ["mia-holt", "analysts", "france"]


def test_a_named_person_is_heard_though_it_is_open_for_whom():
    text = "Captain Lena Orr said the crew would sail. “We are ready,” Captain Orr said."
    table = statements_table(story_from_texts({"one": text}))
    assert list(table["actor"]) == ["unresolved"] * 2
    assert list(by_voice(table)["actor"]) == ["lena-orr"] * 2


def test_the_date_of_a_version_tells_who_held_an_office():
    story = story_from_texts({"one": "Angela Merkel said it would rain."})
    story.versions["one"].entry.date = "2012-05-04"
    assert list(statements_table(story)["actor"]) == ["germany"]


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


def test_a_quotation_that_an_edit_makes_longer_is_the_same_statement():
    one = "Lena Orr, a partner at Brightwell, spoke. “The plan does nothing for the people on the coast,” she said."
    two = (
        "“The plan does nothing for the people on the coast,” said Lena Orr, a partner at Brightwell. "
        "“It helps the builders, and nobody else will ever see a penny of what the county has set aside for it.”"
    )
    table = statements_table(story_from_texts({"one": one, "two": two}))
    said = table[table["content"].str.contains("coast")]
    assert said["same_as"].tolist() == said["statement"].tolist()[::-1]


def test_whoever_is_named_with_a_quotation_is_who_a_pronoun_means_in_the_other_version():
    quoted = "“The harbour wall will not last another winter like the last one,”"
    one = f"Paul Dane asked Robin Hale about the storm. Robin Hale asked for time. {quoted} he said."
    two = f"{quoted} Paul Dane said."
    table = statements_table(story_from_texts({"one": one, "two": two}))
    said = table[table["content"].str.contains("harbour wall")]
    assert said["source_id"].tolist() == ["paul-dane"] * 2
    assert said["same_as"].ne("").all()


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
        assert voice.source_id and voice.resolved_by and voice.source_type


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
