"""Measures: sentences and stories of our own, the bundled story against its resolved coding, bad codebooks."""

import tomllib
from html import unescape
from pathlib import Path

import pytest
from copydesk.engine import toml_files
from copydesk.engine.measures import COLUMNS, sanctions
from copydesk.engine.spans import read_spans
from copydesk.engine.text import Document, normal_words
from copydesk.errors import InputError
from copydesk.show.measure_rows import measures_view
from copydesk.stories.coding import against_rules
from copydesk.stories.outcome import outcome_table
from copydesk.stories.rule_scores import score_sentence
from copydesk.stories.story import read_story
from copydesk.stories.tables import find_measures, measures_of_versions, measures_table
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_texts import BLIND, LOOK_ALIKES, PAIRS, PLAIN, TALK, WORDINGS, read_marked

ROOT = Path(__file__).resolve().parents[1]
CODEBOOK = ROOT / "data" / "codebooks" / "sanctions.toml"

# Each sentence with the rows that it must give, in order; of a row, the cells that the sentence is there for.
MEASURES = [
    (
        "The U.N. Security Council on Friday imposed a ban on textile exports from North Korea.",
        [{"type": "textiles ban", "status": "adopted", "change": "new", "target": "North Korea"}],
    ),
    (
        "The resolution caps North Korea's imports of refined petroleum products at 500,000 barrels a year.",
        [{"type": "export cap", "status": "adopted", "quantity": 500000, "unit": "barrels a year"}],
    ),
    (
        "The European Union agreed on Monday to freeze the assets of 12 Russian banks.",
        [
            {
                "type": "asset freeze",
                "status": "adopted",
                "quantity": 12,
                "unit": "banks",
                "sender": "European Union",
            }
        ],
    ),
    (
        "The U.S. Treasury Department blacklisted three Iranian generals and two shipping companies on Tuesday.",
        [
            {"type": "designation of individuals", "status": "adopted", "quantity": 3, "unit": "generals"},
            {"type": "designation of entities", "status": "adopted", "quantity": 2, "unit": "companies"},
        ],
    ),
    (
        "Britain said it would ban imports of Russian gold.",
        [{"type": "metals and minerals ban", "status": "proposed", "binding_after": "mandatory"}],
    ),
    (
        "Japan will revoke landing rights for the country's airlines from May 1, the foreign minister said.",
        [{"type": "flight ban", "status": "proposed", "sender": "Japan"}],
    ),
    (
        "Under the draft, member states would have to repatriate all North Korean workers within two years.",
        [
            {
                "type": "overseas workers ban",
                "status": "proposed",
                "obligated_party": "member states",
                "quantity": None,
            }
        ],
    ),
    (
        "Ministers warned that they would suspend trade with Belarus if the prisoners were not freed.",
        [{"type": "trade ban", "status": "threatened", "condition": "if the prisoners were not freed"}],
    ),
    (
        "The EU lifted its arms embargo on Eritrea on Monday.",
        [
            {
                "type": "arms embargo",
                "status": "lifted",
                "change": "eased",
                "binding_before": "mandatory",
                "binding_after": "none",
            }
        ],
    ),
    ("Iran is under a U.N. arms embargo.", [{"type": "arms embargo", "status": "in force"}]),
    (
        "Iranian banks were cut off from the SWIFT messaging network on Saturday.",
        [{"type": "payment systems ban", "status": "adopted"}],
    ),
    (
        "The G7 set a price cap of $60 a barrel on Russian seaborne crude.",
        [{"type": "price cap", "status": "adopted", "quantity": 60, "unit": "dollars a barrel"}],
    ),
    (
        "The council added 22 vessels to its sanctions list.",
        [
            {
                "type": "designation of vessels",
                "status": "adopted",
                "quantity": 22,
                "unit": "vessels",
                "change": "new",
            }
        ],
    ),
    (
        "Canada expelled four Venezuelan diplomats on Thursday and froze the property of nine officials.",
        [
            {"type": "diplomat expulsion", "status": "adopted", "quantity": 4},
            {"type": "asset freeze", "status": "adopted", "quantity": 9},
        ],
    ),
    (
        "The proposal would prohibit the purchase of new Venezuelan government debt.",
        [{"type": "debt and equity ban", "status": "proposed"}],
    ),
    ("The bloc closed its airspace to Belarusian airliners.", [{"type": "flight ban", "status": "adopted"}]),
    (
        "Luxury cars and watches can no longer be sold to the country, the ministry said.",
        [{"type": "luxury goods ban", "status": "in force"}],
    ),
    (
        "States are called upon to limit the number of staff at North Korean embassies.",
        [{"type": "diplomatic restriction", "binding_after": "recommended", "obligated_party": "States"}],
    ),
    (
        "The EU extended for a year its travel bans on 65 Myanmar officers.",
        [
            {
                "type": "travel ban",
                "status": "adopted",
                "change": "continuing",
                "quantity": 65,
                "unit": "officers",
                "binding_before": "mandatory",
                "binding_after": "mandatory",
            }
        ],
    ),
    (
        "Inspections of cargo bound for Libya, until now voluntary, become mandatory under the draft.",
        [
            {
                "type": "cargo inspection",
                "status": "proposed",
                "binding_before": "recommended",
                "binding_after": "mandatory",
            }
        ],
    ),
    (
        "Washington threatened to bar foreign banks that help the company from opening correspondent accounts.",
        [{"type": "correspondent banking ban", "status": "threatened"}],
    ),
    (
        "The sanctions include an asset freeze and a visa ban on seven judges.",
        [{"type": "asset freeze", "quantity": 7}, {"type": "travel ban", "quantity": 7}],
    ),
    (
        "Exports of semiconductors and aircraft parts to Russia are prohibited, except for medical uses.",
        [{"type": "technology export ban", "status": "in force", "exemption": "except for medical uses"}],
    ),
    (
        "The committee removed four ships from its blacklist.",
        [{"type": "delisting", "status": "lifted", "quantity": 4, "unit": "ships"}],
    ),
    (
        "Ships that have called at Crimean ports will be refused entry to ports of the bloc, according to a draft.",
        [{"type": "port ban", "status": "proposed"}],
    ),
    (
        "The U.S. Office of Foreign Assets Control designated the bank and its chairman.",
        [
            {"type": "designation of entities", "status": "adopted", "quantity": None},
            {"type": "designation of individuals", "status": "adopted", "quantity": None},
        ],
    ),
    (
        "The decree forbids American investment in new shale projects.",
        [{"type": "investment ban", "status": "adopted"}],
    ),
    (
        "Norway joined the EU in halting the sale of tear gas and surveillance software to the police of Myanmar.",
        [{"type": "repression equipment ban", "status": "adopted"}],
    ),
    (
        "The package, which still needs the approval of all 27 states, would phase out imports of seaborne crude.",
        [{"type": "oil and gas ban", "status": "proposed"}],
    ),
    (
        "The White House suspended a ban on the sale of spare parts for civilian aircraft to Iran.",
        [{"type": "technology export ban", "status": "lifted", "change": "eased", "binding_after": "none"}],
    ),
    (
        "For the first time, the council forbade the supply of jet fuel to the junta.",
        [
            {
                "type": "fuel ban",
                "status": "adopted",
                "change": "new",
                "binding_before": "none",
                "binding_after": "mandatory",
            }
        ],
    ),
    (
        "Australia put travel bans on five commanders.",
        [{"type": "travel ban", "status": "adopted", "quantity": 5, "unit": "commanders"}],
    ),
    (
        "A bill in Congress would bar U.S. companies from insuring tankers that load in Venezuela.",
        [{"type": "insurance and services ban", "status": "proposed", "obligated_party": "U.S. companies"}],
    ),
    (
        "Bulk cash transfers to Pyongyang are already forbidden.",
        [{"type": "financial transactions ban", "status": "in force"}],
    ),
    (
        "Member states must now inspect all vessels sailing to Yemen if they suspect that weapons are on board.",
        [
            {
                "type": "cargo inspection",
                "binding_after": "conditional",
                "obligated_party": "Member states",
                "condition": "if they suspect that weapons are on board",
            }
        ],
    ),
    (
        "The plan would also outlaw joint ventures with firms from the enclave and the leasing of vessels to them.",
        [{"type": "investment ban", "status": "proposed"}, {"type": "vessel ban", "status": "proposed"}],
    ),
    # sanctions laid on counted or named parties are listings, wherever the verb and the date stand
    (
        "Sanctions were imposed on two rebel commanders and a trading house.",
        [{"type": "designation of individuals", "status": "adopted", "quantity": 2, "unit": "commanders"}],
    ),
    (
        "Envoys are set to approve sanctions on Monday on 36 current and former Belarusian officials.",
        [{"type": "designation of individuals", "status": "proposed", "quantity": 36, "unit": "officials"}],
    ),
    (
        "Britain slapped sanctions on Anton Melnikov on Thursday.",
        [{"type": "designation of parties", "status": "adopted", "change": "new"}],
    ),
    (
        "The Treasury hit the lender Tadbir Bank with sanctions, freezing its assets.",
        [
            {"type": "designation of entities", "status": "adopted"},
            {"type": "asset freeze", "status": "adopted"},
        ],
    ),
    (
        "Two Russian officers and a hacking unit were added to the list.",
        [
            {"type": "designation of individuals", "quantity": 2, "unit": "officers"},
            {"type": "designation of entities", "quantity": None},
        ],
    ),
    (
        "The council imposed sanctions on two former ministers over last year's massacre.",
        [{"type": "designation of individuals", "status": "adopted", "quantity": 2, "unit": "ministers"}],
    ),
    # discontinuous verbs, causatives, verbs that say it alone
    (
        "The committee took the retired admiral off its sanctions list.",
        [{"type": "delisting", "status": "lifted", "change": "eased"}],
    ),
    (
        "Officers who fire on crowds will have their accounts frozen.",
        [{"type": "asset freeze", "status": "proposed"}],
    ),
    (
        "Cargoes from the rebel port may no longer be insured by British firms.",
        [{"type": "insurance and services ban", "obligated_party": "not stated"}],
    ),
    (
        "Under the rules, no British bank may lend to the ministry or buy its bonds.",
        [{"type": "debt and equity ban", "status": "in force", "obligated_party": "British bank"}],
    ),
    (
        "The sanctions, announced in Ottawa, freeze the assets of the brothers.",
        [{"type": "asset freeze", "status": "adopted", "target": "brothers"}],
    ),
    # lists and their members
    (
        "Copper, coal and timber may not be bought from the occupied districts.",
        [
            {"type": "metals and minerals ban"},
            {"type": "coal ban"},
            {"type": "gems and timber ban"},
        ],
    ),
    (
        "Among the steps are a ban on long-term loans to state banks and restrictions on the sale of turbines.",
        [{"type": "debt and equity ban"}, {"type": "technology export ban"}],
    ),
    (
        "The resolution bans imports of Libyan crude, forbids the sale of rifles and bars new investment.",
        [
            {"type": "oil and gas ban", "status": "adopted"},
            {"type": "arms embargo", "status": "adopted"},
            {"type": "investment ban", "status": "adopted"},
        ],
    ),
    (
        "An arms embargo and a ban on flights to the island have been in force since 2018.",
        [
            {"type": "arms embargo", "status": "in force", "change": "continuing"},
            {"type": "flight ban", "status": "in force", "change": "continuing"},
        ],
    ),
    (
        "The package would bar loans to the railways, cut off nine banks from SWIFT and outlaw the sale of tankers.",
        [
            {"type": "debt and equity ban", "status": "proposed"},
            {"type": "payment systems ban", "status": "proposed", "quantity": 9, "unit": "banks"},
            {"type": "vessel ban", "status": "proposed"},
        ],
    ),
    # what is counted, and on whom it falls
    (
        "The council subjected two smugglers to a travel ban and an asset freeze.",
        [
            {"type": "travel ban", "quantity": 2, "target": "two smugglers"},
            {"type": "asset freeze", "quantity": 2, "target": "two smugglers"},
        ],
    ),
    (
        "The bloc lifted sanctions on eight of the 10 judges.",
        [{"type": "delisting", "status": "lifted", "quantity": 8, "unit": "judges"}],
    ),
    (
        "The text limits the enclave's imports of crude to 4 million barrels a year.",
        [{"type": "export cap", "quantity": 4_000_000, "unit": "barrels a year"}],
    ),
    (
        "France froze 22 billion euros of Russian central bank assets.",
        [{"type": "asset freeze", "quantity": 22_000_000_000, "unit": "euros"}],
    ),
    (
        "The committee approved the addition of eight firms to its sanctions list.",
        [{"type": "designation of entities", "status": "adopted", "quantity": 8, "unit": "firms"}],
    ),
    (
        "The United States has frozen $7 billion of Libyan state assets.",
        [{"type": "asset freeze", "quantity": 7_000_000_000, "target": "Libyan"}],
    ),
    (
        "The council lifted an arms embargo on the island, as well as travel bans and asset freezes on its officials.",
        [
            {"type": "arms embargo", "status": "lifted"},
            {"type": "travel ban", "status": "lifted"},
            {"type": "asset freeze", "status": "lifted"},
        ],
    ),
    (
        "A further 12 ships were placed under sanctions on Friday.",
        [{"type": "designation of vessels", "status": "adopted", "quantity": 12, "unit": "ships"}],
    ),
    (
        "Diplomats said sanctions on Iranian petrochemicals would be suspended for six months.",
        [{"type": "oil and gas ban", "status": "proposed", "change": "eased", "binding_after": "none"}],
    ),
    (
        "The council told members to inspect all ships bound for Haiti.",
        [{"type": "cargo inspection", "status": "adopted", "obligated_party": "members"}],
    ),
    # status: threats, plans, what begins and ends to hold, duties
    (
        "If the election is stolen, Brussels will freeze the accounts of the ruling family.",
        [{"type": "asset freeze", "status": "threatened"}],
    ),
    (
        "Ministers are ready to ban the purchase of the junta's gold unless it holds elections.",
        [{"type": "metals and minerals ban", "status": "threatened"}],
    ),
    (
        "New Zealand is to close its ports to Russian ships.",
        [{"type": "port ban", "status": "proposed"}],
    ),
    (
        "A ban on diamond imports from Russia, long resisted by Antwerp, takes effect on January 1.",
        [{"type": "gems and timber ban", "status": "adopted"}],
    ),
    (
        "The arms embargo on Iran expired on Sunday.",
        [{"type": "arms embargo", "status": "lifted", "change": "eased"}],
    ),
    (
        "Existing sanctions prohibit the export of luxury goods to the country.",
        [{"type": "luxury goods ban", "status": "in force"}],
    ),
    (
        "U.S. lenders were told to close accounts they hold for Iranian banks.",
        [{"type": "correspondent banking ban", "status": "adopted", "obligated_party": "U.S. lenders"}],
    ),
    (
        "Member states must deny Iranian cargo planes permission for landing if they carry rifles.",
        [{"type": "flight ban", "binding_after": "conditional", "obligated_party": "Member states"}],
    ),
    (
        "The leaders directed that the ministers' assets be frozen.",
        [{"type": "asset freeze", "status": "adopted"}],
    ),
    (
        "The council approved the sanctions on Friday. The assets of these men are frozen.",
        [{"type": "asset freeze", "status": "adopted"}],
    ),
]

# A deed of earlier years holds unless the story says that it ended.
MEASURES.append(
    (
        "In 2013 the council had banned the export of yachts to the country.",
        [{"type": "trade ban", "status": "in force"}],
    )
)

STORIES = {
    "belarus": (
        """BRUSSELS, Aug 3 (Reuters) - European Union foreign ministers agreed on Monday to impose new sanctions on Belarus over the forced landing of a passenger jet, adding 78 officials and seven companies to a blacklist that already names 88 people including President Alexander Lukashenko.

The ministers also decided to ban imports of potash and petroleum products from the country, and to prohibit European banks from lending to three state-owned Belarusian banks for longer than 90 days.

The measures, which take effect on Thursday, include a ban on the sale of equipment that could be used to intercept telephone calls, EU diplomats said.

Belarusian airlines have been barred from EU airspace since June.

"The regime must feel the cost of its actions," Germany's foreign minister said in Luxembourg. Lithuania had pushed for a complete halt to trade, but Austria objected.

Minsk called the sanctions an act of economic war and said it would respond. Lukashenko has threatened to close the border to goods in transit if Brussels went ahead.

The EU first imposed sanctions on Belarus in 2004 after the disappearance of four opponents of the government. Most of them were lifted in 2016, when relations improved.

Exports of potash earn the country some $2.4 billion a year, and analysts said the ban would hurt but not cripple its economy.""",
        [
            ("designation of individuals", "adopted", 78),
            ("designation of entities", "adopted", 7),
            ("metals and minerals ban", "adopted", None),
            ("fuel ban", "adopted", None),
            ("debt and equity ban", "adopted", None),
            ("repression equipment ban", "adopted", None),
            ("flight ban", "in force", None),
        ],
    ),
    "iran": (
        """VIENNA, Jan 16 (Reuters) - Sanctions on Iran were lifted on Saturday after the U.N. nuclear watchdog found that it had curbed its atomic programme, ending a decade of isolation.

The European Union ended its embargo on Iranian oil and allowed Iranian banks to reconnect to the SWIFT network. The United States unfroze about $100 billion of Iran's assets and lifted a ban on the sale of passenger aircraft, but an arms embargo stays in place for five years and U.S. citizens remain barred from most trade with the country.

Restrictions on missile technology will last for eight years.

"Today is the start of a safer world," U.S. Secretary of State John Kerry said in Vienna. Iranian President Hassan Rouhani hailed a golden page in the country's history.

Israel's prime minister said Iran had not given up its ambition to obtain nuclear weapons.

More than 400 Iranian people and companies were removed from the U.S. blacklist.

Under the deal, Iran shipped most of its enriched uranium to Russia, pulled out two thirds of its centrifuges and filled the core of a reactor with cement. Republicans in Congress have vowed to tear the accord up.""",
        [
            ("oil and gas ban", "lifted", None),
            ("payment systems ban", "lifted", None),
            ("asset freeze", "lifted", 100_000_000_000),
            ("technology export ban", "lifted", None),
            ("arms embargo", "in force", None),
            ("trade ban", "in force", None),
            ("nuclear and missile technology ban", "in force", None),
            ("delisting", "lifted", 400),
        ],
    ),
    "japan": (
        """tokyo ( ap ) — japan said friday it would extend its own sanctions against north korea for two more years , keeping a ban on all trade with the country and on port calls by north korean ships .
the cabinet also decided to freeze the assets of nine more groups and 10 individuals linked to pyongyang ’ s weapons programs , and to forbid entry to any foreign ship that has called at a north korean port .
remittances of more than 100,000 yen , currently allowed for humanitarian purposes , must be reported to the authorities .
“ pressure must be strengthened , ” chief cabinet secretary yoshihide suga told a news conference .
tokyo has urged beijing to do more to rein in its neighbor . a foreign ministry spokeswoman in beijing said china opposes unilateral sanctions outside the u.n. framework .
north korea has test-fired more than 20 missiles this year , in defiance of resolutions that forbid it to use ballistic technology .
families of japanese who were abducted by north korean agents decades ago welcomed the decision .""",
        [
            ("trade ban", "proposed", None),
            ("port ban", "proposed", None),
            ("asset freeze", "adopted", 9),
            ("asset freeze", "adopted", 10),
            ("port ban", "adopted", None),
        ],
    ),
}


def rows(text):
    """The counted measures of a text, each a dict in which a missing quantity is None."""
    table = find_measures(text)
    found = table[~table["umbrella"]].to_dict("records")
    return [
        row | {"quantity": None if row["quantity"] != row["quantity"] else row["quantity"]} for row in found
    ]


def tokenised(text):
    """The text as corpora keep it: small letters, blanks between tokens."""
    return " ".join(text[token.start : token.end].lower() for token in Document(text).tokens)


def comparable(row):
    """The cells of a row without offsets, the words of the text in their normal form."""
    words = ("text", "sender", "target", "obligated_party", "condition", "exemption")
    kept = {name: row[name] for name in COLUMNS if name not in ("start", "end", "spans", "sentence", *words)}
    return kept | {name: normal_words(row[name]) for name in words}


# --- what is found ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "expected"), MEASURES)
def test_a_measure_is_found_with_its_fields(text, expected):
    found = rows(text)
    assert [row["type"] for row in found] == [row["type"] for row in expected]
    for row, wanted in zip(found, expected, strict=True):
        assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize("text", TALK)
def test_what_only_looks_like_a_measure_is_none(text):
    assert rows(text) == []


@pytest.mark.parametrize("name", STORIES)
def test_a_story_gives_its_measures_and_no_others(name):
    text, expected = STORIES[name]
    found = [(row["type"], row["status"], row["quantity"]) for row in rows(text)]
    assert sorted(found, key=str) == sorted(expected, key=str)


def described(found):
    """What two tellings of one measure must agree in."""
    return sorted((row["type"], row["status"], row["quantity"]) for row in found)


PAIRED = [(text, number) for number, pair in enumerate(PAIRS) for text in pair]
# What the rules do not read yet, by the first words: each is a kind of wording, and none may be added.
NOT_YET = (
    "Russian crude may not be sold for more",  # a price told by "for more than" is read as the ban on what is sold
    "The health ministry restricted the sale",  # a single sentence that says neither whose goods they are nor why
)


@pytest.mark.parametrize(("marked", "number"), PAIRED)
def test_the_same_measure_in_other_words_is_the_same_row(marked, number):
    text, expected = read_marked(marked)
    if text.startswith(NOT_YET):
        pytest.xfail("a wording that the rules do not read yet")
    assert described(rows(text)) == described(expected)


@pytest.mark.parametrize(("text", "kind"), WORDINGS.items())
def test_a_deed_is_found_in_words_of_many_kinds(text, kind):
    assert [row["type"] for row in rows(text)] == [kind]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_names_sanctions_and_reports_none_is_none(text):
    if text.startswith(NOT_YET):
        pytest.xfail("a look-alike that the rules take for a measure")
    assert rows(text) == []


def test_most_measures_of_whole_stories_are_found_with_their_type_and_status():
    """Twenty-nine stories of many senders, so that a change cannot undo what is read in them."""
    found = right = coded = made = 0
    for marked in BLIND.values():
        text, gold = read_marked(marked)
        mine = [(cells(row["spans"]), row) for row in rows(text)]
        met = [{n for n, (own, _) in enumerate(mine) if shares(own, cells(one["spans"]))} for one in gold]
        counted = [(one, ns) for one, ns in zip(gold, met, strict=True) if not one["optional"]]
        coded += len(counted)
        found += sum(bool(ns) for _, ns in counted)
        right += sum(
            any((mine[n][1]["type"], mine[n][1]["status"]) == (one["type"], one["status"]) for n in ns)
            for one, ns in counted
        )
        made += len(mine) - sum(n in set().union(*met) for n in range(len(mine)))
    assert found / coded >= 0.8 and made / found <= 0.1 and right / found >= 0.73


LED = """The cabinet in Oslo has announced these steps against the junta in Chad:

- an asset freeze and a travel ban on five generals
- an immediate end to all military aid
- suspend the licence of its airline
"""
NUMBERED = "Canada will: (1) block the property of three commanders in Chad; (2) suspend the entry of its ministers; and (3) deny export licences for dual-use items to Chad."


def test_a_list_under_a_colon_holds_measures_as_its_lead_tells_them():
    found = [(row["type"], row["status"], row["quantity"]) for row in rows(LED)]
    assert found[:3] == [
        ("asset freeze", "adopted", 5),
        ("travel ban", "adopted", 5),
        ("military assistance ban", "adopted", None),
    ]
    proposed = LED.replace("has announced", "will discuss")
    assert {row["status"] for row in rows(proposed)} == {"proposed"}


def test_the_members_of_a_numbered_list_are_measures():
    found = [(row["type"], row["quantity"]) for row in rows(NUMBERED)]
    assert found == [("asset freeze", 3), ("travel ban", None), ("catch-all ban", None)]


def test_ordinary_stories_hold_next_to_no_measure():
    """Sixteen on courts, sport, strikes, health and trade: two rows are false, a freeze and a halt under ordinary law."""
    assert sum(len(rows(text)) for text in PLAIN) <= 2


def cells(spans):
    """The characters that spans cover."""
    return {k for start, end in read_spans(spans) for k in range(start, end)}


def shares(one, other):
    """Whether two stretches share half of the shorter one."""
    return 2 * len(one & other) >= min(len(one), len(other))


def test_the_table_of_a_story_that_nobody_coded_says_how_often_the_rules_are_right(story):
    found, outcome = measures_table(story), outcome_table(story)
    said = score_sentence("measures")
    unchecked = measures_view(found, outcome, {"aol": "first", "longer": "second"}, score=said)
    checked = measures_view(found, outcome, {"aol": "first", "longer": "second"})
    assert "% of such rows were wrong" in said and said in unescape(unchecked) and "such rows" not in checked
    assert "proposed" in checked


def test_sentences_of_measures_and_look_alikes_are_many_and_different():
    assert len({text for text, _ in MEASURES}) >= 25
    assert len({*LOOK_ALIKES, *TALK}) >= 60


@pytest.mark.parametrize("text", [text for text, _ in MEASURES] + [text for text, _ in STORIES.values()])
def test_cased_and_tokenised_text_give_the_same_rows(text):
    cased = find_measures(text).to_dict("records")
    lower = find_measures(tokenised(text)).to_dict("records")
    for row in (*cased, *lower):
        row["quantity"] = None if row["quantity"] != row["quantity"] else row["quantity"]
    assert [comparable(row) for row in cased] == [comparable(row) for row in lower]


def test_an_umbrella_is_marked_and_stands_apart():
    table = find_measures("The ministers agreed on new sanctions against the junta on Monday.")
    assert table["umbrella"].tolist() == [True]
    assert table["type"].tolist() == ["further measures"]


def test_a_measure_told_twice_is_one_row():
    text = (
        "The council on Monday banned textile exports from the country. Diplomats had fought over the wording. "
        "The resolution bans exports of textiles and caps deliveries of crude oil."
    )
    assert [row["type"] for row in rows(text)] == ["textiles ban", "export cap"]


def test_the_earlier_state_belongs_to_the_measure():
    text = (
        "The draft would require ports to search all cargo from the country. "
        "Until now ports only had to do so if they had a tip."
    )
    (row,) = rows(text)
    assert (row["binding_before"], row["binding_after"], row["change"]) == (
        "conditional",
        "mandatory",
        "tightened",
    )
    first, second = row["spans"].split(";")
    assert first.split("-")[0] == str(row["start"]) and second.split("-")[1] == str(row["end"])
    assert "Until now" in row["text"]


def test_who_reports_a_measure_is_the_statement_that_holds_it():
    import pandas as pd

    text = "The draft would ban coal exports from the country. One official said the text lists 12 ships on a blacklist."
    spans = f"{text.index('the text')}-{len(text) - 1}"
    statements = pd.DataFrame({"statement": ["v:Q0001"], "content_spans": [spans]})
    assert find_measures(text, statements)["statement"].tolist() == ["", "v:Q0001"]


# --- the bundled story ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story():
    return read_story("north-korea-sanctions")


def test_the_bundled_story_agrees_with_the_resolved_coding_cell_by_cell(story):
    agreement, differences = against_rules(story, "measures", measures_of_versions(story))
    units = agreement.set_index("field").loc["units"]
    assert (units["n_a"], units["n_b"], units["matched"]) == (32, 32, 32)
    assert differences.query("field != 'reported_by'").to_dict("records") == []


def test_the_versions_of_the_bundled_story_report_the_same_measures(story):
    table = measures_table(story)
    counted = table[~table["umbrella"]]
    described = counted.groupby("version")[["type", "status", "binding_before", "binding_after"]]
    first, second = (group.to_records(index=False).tolist() for _, group in described)
    assert first == second and len(first) == 14


def test_the_table_has_ids_and_the_words_of_the_file(story):
    table = measures_table(story)
    assert list(table.columns) == ["story", "version", *COLUMNS]
    assert table["measure"].is_unique
    assert table["measure"].iloc[0] == f"{table['version'].iloc[0]}:M0001"
    for row in table.itertuples():
        text = story.versions[row.version].text
        pieces = [piece.split("-") for piece in row.spans.split(";")]
        assert row.text == " … ".join(text[int(start) : int(end)] for start, end in pieces)
        assert row.sentence in set(story.versions[row.version].sentences["sentence"])


# --- any text ---------------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    """the a draft would ban exports of coal iran from is are not allowed to import luxury goods 17 individuals and
    12 entities , . freeze assets blacklist lifted sanctions on if unless which will be expelled said " ( - must may
    no longer except cut off $ 60 barrel arms embargo under including previously only urged states""".split()
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_valid_rows_twice_the_same(text):
    table = find_measures(text)
    assert list(table.columns) == COLUMNS
    for row in table.itertuples():
        spans = [tuple(map(int, piece.split("-"))) for piece in row.spans.split(";")]
        assert spans == sorted(spans) and all(0 <= start < end <= len(text) for start, end in spans)
        assert (row.start, row.end) == (spans[0][0], spans[-1][1])
        assert row.text == " … ".join(text[start:end] for start, end in spans)
    assert table.equals(find_measures(text))


@pytest.mark.parametrize("text", ["", " \n", "The weather stayed fine and the shops were full."])
def test_a_text_without_measures_gives_an_empty_table_of_the_same_types(text):
    empty, full = find_measures(text), find_measures(MEASURES[0][0])
    assert list(empty.columns) == COLUMNS and len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


# --- the codebook -----------------------------------------------------------------------------------


def test_every_type_is_complete_and_its_example_is_its_own():
    book = sanctions.codebook()
    examples = [kind.example for kind in book.types.values()]
    assert len(book.categories) == 8
    assert len(set(examples)) == len(examples)
    assert {kind.category for kind in book.types.values()} - {sanctions.NOT_STATED} == set(book.categories)


WRONG = [
    ('category = "travel"', 'category = "tourism"', "category 'tourism'"),
    ('actions = ["freeze"]', 'actions = ["thaw"]', "action 'thaw'"),
    ('names = ["travel ban",', 'names = ["Travel ban",', "'Travel ban' is no phrase"),
    ('label = "travel ban"', 'lable = "travel ban"', "did you mean 'label'"),
    ('label = "travel ban"\n', "", "'label' is missing"),
    ('names = ["travel ban",', 'names = ["... ban",', "'... ban' is no phrase"),
    (
        'unnamed = "further measures"',
        'unnamed = "more"',
        "the role 'unnamed' is played by 'more'",
    ),
    ("[categories]", "[categories", "not valid TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path, right, wrong, said):
    text = CODEBOOK.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "sanctions.toml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(InputError, match="sanctions.toml") as refused:
        toml_files.read_toml(path, sanctions.Codebook)
    assert said in str(refused.value)


def test_a_teacher_adds_a_type_by_the_file_alone(tmp_path, monkeypatch):
    """A type that is only in the file is found, with its label and category."""
    added = """
[types."ban on bells"]
label = "ban on bells"
category = "commodity"
definition = "Bells may not be sold to the target."
example = "No foundry may cast a bell for the regime."
not = "The noise of bells."
names = []
actions = ["prohibit"]
objects = ["church bell"]
"""
    text = CODEBOOK.read_text(encoding="utf-8").replace("# travel\n", added + "\n# travel\n", 1)
    assert "ban on bells" in tomllib.loads(text)["types"]
    folder = tmp_path / "codebooks"
    folder.mkdir()
    (folder / "sanctions.toml").write_text(text, encoding="utf-8")
    for name in ("actors.toml", "nouns.toml"):
        (folder / name).write_bytes(CODEBOOK.with_name(name).read_bytes())
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path))
    toml_files.load.cache_clear()
    sanctions.lexicon.cache_clear()
    try:
        (row,) = rows("The council banned the sale of church bells to Belarus.")
    finally:
        toml_files.load.cache_clear()
        sanctions.lexicon.cache_clear()
    assert (row["type"], row["label"], row["category"]) == ("ban on bells", "ban on bells", "commodity")


def test_a_score_does_not_depend_on_the_order_of_its_features():
    from itertools import permutations

    from copydesk.engine.measures.acceptance import score
    from copydesk.engine.measures.sanctions import codebook

    for names in permutations(sorted(codebook().weights)[:6]):
        assert score(names) == score(names[::-1]) == score(sorted(names))
