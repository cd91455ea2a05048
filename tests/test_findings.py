"""The sentences that lead each notebook, against tables small enough to check by eye."""

import csv

import copydesk as cd
import pytest
from copydesk.show import sentences


def story(**texts):
    return cd.stories.story_from_texts(texts)


def comparison(before, after):
    versions = story(before=before, after=after).versions
    return cd.compare_versions(versions["before"], versions["after"])


NOT_ALL = "Others may be missing: listed are those whose names and words were not found in the other version."


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "The mayor spoke. The bridge is safe, she said.",
            "The mayor spoke. The bridge is not safe, she said. Boats stay in port.",
            (
                "Of the 2 sentences of the before, the after keeps 1 word for word, changes 1 and drops none; "
                "it adds 1 sentence. The after adds 5 words."
            ),
        ),
        (
            "The mayor spoke on Monday. Boats stay in port.",
            "Boats stay in port.",
            (
                "Of the 2 sentences of the before, the after keeps 1 word for word, changes none and drops 1; "
                "it adds no sentences. The after cuts 5 words."
            ),
        ),
        (
            "The mayor said that it is late. Boats stay in port. Rain fell.",
            "The mayor said it is late. Boats stay in port. Snow fell.",
            (
                "Of the 3 sentences of the before, the after keeps 1 word for word, changes 1, rewords 1 in style only "
                "and drops none; it adds no sentences. The after cuts 1 word and replaces 1 word with 1 other."
            ),
        ),
        (
            "Boats stay in port.",
            "Boats stay in port .",
            "The article of the after is that of the before, word for word.",
        ),
        ("Boats stay in port.", "The mayor spoke.", "The after and the before have no sentence in common."),
    ],
)
def test_of_revision(before, after, sentence):
    assert sentences.of_revision(comparison(before, after)) == sentence


LEFT_OUT = " Most numbers in words, names that only open a sentence and pieces of longer names are left out."


def additions(before, after, labels=(), extra=()):
    """What the finding says, without its caveat, which it has always."""
    found = comparison(before, after)
    told = sentences.of_additions(found, cd.revisions.names_and_numbers(found, extra), dict(labels), extra)
    assert told.endswith(LEFT_OUT)
    return type(told)(told.removesuffix(LEFT_OUT), told.claims, told.name)


def test_of_additions_gives_names_in_tokenised_text_their_capitals():
    labels = {"moscow": "Russia", "south korea": "South Korea"}
    assert additions("Rain fell.", "rain fell . moscow and south korea waited 12 days .", labels) == (
        "Only the after names Moscow and South Korea and gives the figure 12 days."
    )


def test_of_additions_leaves_out_what_stands_on_the_page_around_the_other_article():
    before = "Rain fell on the harbour.\n\nSEE ALSO: Madrid waits for 12 days\n"
    found = additions(before, "rain fell on the harbour . madrid and lima waited 12 days .")
    assert found == "Only the after names Lima."
    assert [(one.claim, one.item) for one in found.claims] == [("only in", "lima")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # an actor by any of its names
        ("Russian ships waited.", "The ships waited for the Kremlin."),
        ("The capital, Moscow, waited.", "Russia waited."),
        # a name whose spelling was corrected
        ("The rower Anna Petersen won.", "The rower Anna Peterson won."),
        ("They closed the mine at Kirunna.", "They closed the mine at Kiruna."),
        # initials and what they stand for
        ("The Harbour Workers Union met.", "The HWU met."),
        ("The ships of the H.W.U. sailed.", "The ships of the Harbour Workers Union sailed."),
        ("The annual meeting of the Trans-Elven Ferry Council opened.", "The meeting of the TEFC opened."),
        ("The Trans- Elven Ferry Council met.", "The Trans-Elven Ferry Council (TEFC) met."),
        # a surname, a name without its first word
        ("Ms. Solberg spoke of rain.", "The chair, Edith Solberg, spoke of rain."),
        ("The Harbour Council met.", "The Elven Harbour Council met."),
        ("The Coast Fire Service met.", "The New South Elven Coast Fire Service met."),
        ("A French chair of Parliament spoke.", "The chair of the French Parliament spoke."),
        # a person and a body of which one is in both
        ("The chair, Solberg, and others spoke.", "The chair, Solberg of Elven Ferries, and others spoke."),
        # the opening of a sentence, a piece of a longer name, an address, one and many
        ("Prices fell.", "Hyperinflation fell."),
        ("The town waited.", "The town and the Ministry of Trade and Fisheries waited.".replace("Ministry of Trade and ", "Bureau for ")),
        ("The town waited.", "The town asked Boats.example for help."),
        ("The Lutheran church waited.", "The church of the Lutherans waited."),
        # numbers, however they are written
        ("The 62 crews waited.", "The 62-year-old captain waited."),
        ("The 1718 crews waited.", "The 1,718 crews waited."),
        ("The nine crews waited.", "The 9 crews waited."),
        # a name that one version spells wrongly, in one letter or, if it is long, in two
        ("Nobody but Henrik Sandberg waits.", "Nobody but Henrik Sandburg waits."),
        ("There Bramley waits.", "There Bramly waits."),
        ("Nobody but Edith Kristofferson waits.", "Nobody but Ms Kristofersen waits."),
    ],
)  # fmt: skip
def test_of_additions_withholds_what_the_other_version_has_in_another_form(before, after):
    assert additions(before, after).startswith("No name or number was found")
    assert not additions(before, after).claims


def test_of_additions_tells_numbers_from_dates_and_counts_no_rough_age():
    after = "Rain fell. On May 6, 43 of the 30-something sailors left, the first since 1987."
    assert (
        additions("Rain fell.", after) == "Only the after gives the figure 43 and the dates May 6 and 1987."
    )


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("It sank on September 11; of September the 11th nobody spoke.", "gives the date September 11."),
        ("On 3 March, 43 sailors left; on the 9th of May, more.", "gives the figure 43 sailors and the dates 3 March and 9th of May."),
        ("Nobody said why 7 may leave.", "gives the figure 7."),
        ("A 27-year-old sailor left for the 18-month job.", "gives the figures 27 and 18."),
        ("It owes 150 mln crowns or eight billion, for three boats.", "gives the figures 150 mln and eight billion."),
        ("Failure to pay may end it. Airship failed. Then Airship left.", "names Airship."),
        ("Nobody from Forward Norway, the party, came.", "names Forward Norway."),
        ("It went to Bergen, Hamar and Molde; Alta and Tana waited.", "names Bergen, Hamar and Molde."),
        ("Nobody but Maren Holt of Malmö came. Later Mr Holt spoke.", "names Maren Holt."),
        ("They won Iceland's Cup for 3 days.", "gives the figure 3 days."),
        ("The share fell 1/2 to 72-5/8 and 9 sank.", "gives the figure 9."),
        ("It rained on Monday 40 times.", "gives the figure 40 times."),
        ("Eight billion crowns were lost.", "gives the figure eight billion."),
    ],
)  # fmt: skip
def test_of_additions_prints_numbers_and_names_as_a_reader_would(after, told):
    assert (
        additions("Rain fell in Norway.", after).partition(";")[0].rstrip(".")
        == f"Only the after {told[:-1]}"
    )


def test_of_additions_has_names_that_are_no_misspelling_of_others():
    assert additions("Rain fell in Austria.", "It rained in Australia.") == (
        "Only the after names Australia; only the before names Austria."
    )
    assert additions("Nobody but Henrik Dahl waits.", "Nobody but Henrik Dahm waits.").startswith("Only the")


def test_of_additions_tells_an_adjective_from_the_name_of_its_country():
    labels = {"canadian": "Canada", "canada": "Canada"}
    after = "It was the Canadian skipper who left."
    assert additions("Rain fell.", after, labels) == "Only the after names Canada (“Canadian”)."
    assert additions("Rain fell.", f"{after} He left Canada.", labels) == "Only the after names Canada."


def test_claims_record_only_forms_that_somebody_may_have_written():
    [claim] = additions("Rain fell.", "Nobody but President Henrik Dahls came.").claims
    assert claim.item == "President Henrik Dahls" and not {"PHD", "P.H.D."} & set(claim.names)


def test_of_revision_says_where_the_headlines_differ():
    body = "The boats of the northern line stayed in the port for nine days."
    found = sentences.of_revision(comparison(f"Boats wait\n\n{body}", f"Boats idle in port\n\n{body}"))
    assert found == "The article of the after is that of the before, word for word. The headlines differ."
    assert [one.item for one in found.claims[1:]] == ["Boats wait", "Boats idle in port"]
    for other in (f"Boats wait\n\n{body}", body, f"Storms on the coast\n\nBoats idle in port\n\n{body}"):
        assert "headlines" not in sentences.of_revision(comparison(f"Boats wait\n\n{body}", other))


def test_of_additions_names_the_whole_and_each_once():
    after = "The mayor met Edith Solberg May on Monday. Later Solberg May and the chair of the “White Boats” met in the U.S. Ana Brandt left."
    found = additions("The mayor left.", after)
    assert [one.item for one in found.claims] == ["Edith Solberg May", "White Boats", "Ana Brandt"]


def test_of_revision_withholds_added_sentences_that_the_other_file_has():
    sentence = "The boats of the northern line stayed in the port for nine days."
    before = f"The mayor spoke of rain.\n\n{sentence[:-1]} (Photo: A. Brandt)\n"
    found = sentences.of_revision(comparison(before, f"The mayor spoke of rain.\n\n{sentence}\n"))
    assert "it adds 1 sentence. One of these stands outside the article of the before." in found
    assert [one.claim for one in found.claims if one.version == "after"] == ["only in article"]


def test_of_revision_claims_each_sentence_with_its_place():
    before, after = "The mayor spoke. Nobody asked her anything.", "The mayor spoke. The boats stay in port."
    found = comparison(before, after)
    claims = sentences.of_revision(found).claims
    assert {(one.claim, one.version, one.item) for one in claims if one.claim in ("added", "deleted")} == {
        ("added", "after", "The boats stay in port."), ("deleted", "before", "Nobody asked her anything.")
    }  # fmt: skip
    texts = {"before": before, "after": after}
    for one in claims:
        assert one.item and one.spans and all(texts[one.version][a:b].strip() for a, b in one.spans)


def test_of_words_that_were_replaced():
    found = comparison(
        "The mayor spoke on Monday about boats.", "The mayor spoke on Tuesday last week about boats."
    )
    assert sentences.of_revision(found).endswith("The after replaces 1 word with 3 others.")


def test_of_speakers_counts_the_rest_together():
    names = ["Rome", "Paris", "Madrid", "Berlin", "Oslo", "Vienna", "Warsaw", "Dublin", "Lisbon", "Athens"]
    statements = cd.statements_table(story(a=" ".join(f"{name} said it would go." for name in names)))
    labels = {actor: actor for actor in statements["actor"]}
    assert sentences.of_speakers(statements, labels).endswith(", ireland 1 (by 1 source) and 2 others 2.")


def test_of_additions_where_nothing_is_new():
    assert additions("Rain fell on Rome.", "Rain fell.") == "Only the before names Rome."
    assert additions("Rain fell.", "Rain fell.") == (
        "No name or number was found that one version has and the other has nowhere."
    )


def voices(before, after, labels=(), coded=False):
    two = story(before=before, after=after)
    statements = cd.statements_table(two)
    if coded:
        statements = statements.assign(resolved_by="coded by reading")
    return sentences.of_voices(statements, dict(labels), *two.versions.values())


SAID = '"We will go," Rome said.'


def test_of_voices_and_speakers():
    labels = {"italy": "Italy", "france": "France", "spain": "Spain"}
    after = f"{SAID} Paris said the talks had failed."
    found = voices(SAID, after, labels, coded=True)
    assert found == "Heard in the after alone: France (1 statement, 4 words)." and found.cited == (
        "after:Q0002",
    )
    assert voices(SAID, after, labels) == f"Heard in the after alone, by rule: France. {NOT_ALL}"
    [claim] = found.claims
    assert (claim.claim, claim.version, claim.item) == ("only in", "after", "Paris")
    assert {"france", "french", "paris"} - set(claim.names) == {"paris"}
    assert voices(SAID, SAID, coded=True) == "Both versions let the same voice speak."
    assert voices(SAID, SAID) == "By rule, whoever speaks in one version speaks in the other too."
    two = story(before=SAID, after=after)
    assert sentences.of_speakers(cd.statements_table(two), labels) == (
        "Statements, each counted once though it stand in both versions, by rule: "
        "Italy 1 (by 1 source), France 1 (by 1 source) and Spain none."
    )


@pytest.mark.parametrize(
    "before",
    [
        f"{SAID} A French flag flew.",  # the other version names the actor
        f"{SAID} The talks had failed, others thought: so it was in Paris.",
        f"{SAID}\n\nSEE ALSO: Paris waits",  # … outside its article
    ],
)
def test_of_voices_does_not_say_alone_of_whom_the_other_version_names(before):
    found = voices(before, f"{SAID} Paris said the talks had failed.")
    assert not found and not found.claims


def test_of_voices_keeps_unresolved_speakers_apart():
    two = story(before=SAID, after=f"{SAID} Paris said the talks had failed.")
    statements = cd.statements_table(two)
    for change in ({"source_id": "unresolved"}, {"source": "", "source_id": ""}):
        open_ = statements["actor"].eq("france")
        unknown = statements.assign(
            actor=statements["actor"].mask(open_, "unresolved"), source_type=statements["source_type"].mask(open_, "unresolved"),
            **{name: statements[name].mask(open_, value) for name, value in change.items()},
        )  # fmt: skip
        found = sentences.of_voices(unknown, {}, *two.versions.values())
        assert not found and not found.claims, "by rule, nothing can be said"
        told = sentences.of_speakers(unknown, {"italy": "Italy", "unresolved": "unresolved"})
        assert told.endswith(
            "Italy 1 (by 1 source). Not counted with them: 1 of speakers that are unresolved."
        )


@pytest.mark.parametrize(
    "before",
    [
        "The talks had not led to any result at all so far, it was said in Oslo.",  # the same, told in other words
        "Nothing came of it. The talks in Oslo had so far led to no result.",
    ],
)
def test_a_voice_whose_words_the_other_version_tells_is_not_heard_in_one_alone(before):
    after = 'Rain fell. "The talks in Oslo have led to no result so far," said Henrik Dahl.'
    assert "Heard" not in voices(before, after)
    assert voices("Rain fell.", after) == f"Heard in the after alone, by rule: Henrik Dahl. {NOT_ALL}"


def test_a_group_for_which_nobody_knows_whom_it_speaks_for_is_named_by_its_words_and_not_counted():
    after = 'Rain fell. "No result so far," said Henrik Dahl. The opposition on the board doubted that the talks would end.'
    assert voices("Rain fell.", after) == (
        "Heard in the after alone, by rule: Henrik Dahl. "
        f"Heard too, though for whom they speak is not known: the opposition on the board (after). {NOT_ALL}"
    )


def test_a_chart_of_voices_is_headed_by_what_was_looked_up():
    two = story(before=SAID, after=f"{SAID} Paris said the talks had failed.")
    for resolved_by, title in (("name", None), ("coded by reading", "Words in the after alone: France (4)")):
        statements = cd.statements_table(two).assign(resolved_by=resolved_by)
        labels = {"italy": "Italy", "france": "France"}
        said = sentences.of_voices(statements, labels, *two.versions.values())
        found = cd.charts.voices_alone_title(statements, said, labels, *two.versions.values())
        assert found == title
    nothing = sentences.of_voices(statements.iloc[:1], labels, *two.versions.values())
    assert cd.charts.voices_alone_title(statements, nothing, labels, *two.versions.values()) is None


def test_of_measures_needs_two_and_searches_them():
    plain = story(before="Rain fell on the port.", after="Rain fell on the town.")
    none = cd.measures_table(plain)
    assert sentences.of_measures(none, *plain.versions.values()) is None
    assert sentences.of_status(none, plain.versions["after"]) is None
    texts = [
        "The order bans all exports of oil to Iceland. It freezes the assets of three Icelandic banks. ",
        "It bans all imports of fish from Iceland. ",
    ]
    two = story(before=texts[0], after="".join(texts))
    found = sentences.of_measures(cd.measures_table(two), *two.versions.values(), coded=True)
    assert found.startswith("Only the after reports ") and [one.claim for one in found.claims] == ["only in"]
    same = story(before=texts[0] + texts[1], after="Rain fell on the port. " + "".join(texts))
    found = sentences.of_measures(cd.measures_table(same), *same.versions.values(), coded=True)
    assert found == "Both versions report the same 3 measures: the editing left the measures alone."
    found = sentences.of_measures(cd.measures_table(two), *two.versions.values())
    assert (
        found
        == "The rules find 2 measures in the before and 3 measures in the after; nobody has checked them."
    )
    assert sentences.of_status(cd.measures_table(two), two.versions["after"]) is None


def test_claims_are_kept_with_the_report(tmp_path):
    from copydesk.show.claims import COLUMNS, claims_table, gather_claims, keep_claims

    found = voices(SAID, f"{SAID} Paris said the talks had failed.")
    for finding in (found, sentences.of_revision(comparison("Rain fell.", "Rain fell. Boats wait."))):
        keep_claims(claims_table(finding), finding.name, tmp_path)
        keep_claims(claims_table(finding), finding.name, tmp_path)  # a notebook that is run again
    gather_claims(tmp_path)
    assert [path.name for path in (tmp_path / "tables").iterdir()] == ["claims.csv"]
    with (tmp_path / "tables" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    assert [(row["finding"], row["claim"], row["item"]) for row in rows if row["claim"] != "count"] == [
        ("revision-before-after", "added", "Boats wait."), ("voices", "only in", "Paris")
    ]  # fmt: skip


def test_of_power():
    statements = cd.statements_table(
        story(
            a="Rome said it would go. Italian minister Anna Rossi said it would stay. Paris said talks had failed."
        )
    )
    sentence = sentences.of_power(statements, {"italy": "Italy", "france": "France"})
    assert "The most sources are 2 (Italy) and 1 (France)" in sentence and "below 0.33" in sentence
    assert sentences.of_power(statements.iloc[:1], {"italy": "Italy"}).startswith("Fewer than two")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("It cost $1.5bn.", "It cost 1.5 billion dollars.", ""),
        ("It cost 1,500,000 crowns.", "It cost 1.5 million crowns.", ""),
        ("Nine boats sank.", "Boats sank, 9 in all.", ""),
        ("Twenty-two boats sank.", "Boats sank, 22 in all.", ""),
        ("A hundred and twelve boats sank.", "Boats sank, 112 in all.", ""),
        ("It cost 12 billion rupees.", "It cost 1,200 crore rupees.", ""),
        ("Some 3.5 lakh people came.", "Of 350,000 people, all came.", ""),
        ("A quake struck.", "A magnitude-6.0 quake struck.", ""),
        ("Profit fell to £31.8m.", "Profit fell to nearly £32m.", ""),
        ("Some 300 people came.", "Of those who came, 288 stayed.", ""),
        ("Profit fell to £31.8m.", "Profit fell to £32m.", "£32m"),
        ("It cost money.", "It cost 9 per cent more.", "9 per cent"),
        ("It cost money.", "It cost $1.5bn.", "$1.5bn"),
        ("It cost money.", "It cost 7 percent more than on May 6.", "7 percent and the date May 6"),
        ("It cost 3 million crowns.", "It cost 4 million crowns.", "4 million"),
    ],
)
def test_a_number_is_looked_up_in_figures_and_in_words(before, after, found):
    new = [part for part in additions(before, after).split("; ") if "nly the after" in part]
    assert bool(new) == bool(found)
    assert not found or found in new[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Labour waits.", "Nobody at the Labour Party waits."),
        ("It was the WTA that asked.", "It asked the Women's Tennis Association."),
        ("Mr Dahl waits.", "Nobody but Henrik Dahl waits."),
        ("There the USIS waits.", "There the US Ice Service waits."),
        ("There the USIS waits.", "There the U.S. Ice Service waits."),
        ("There Sir Henrik waits.", "Nobody but Sir Henrik Dahl waits."),
        ("There Bramley waits.", "Nobody at Bramley Foods waits."),
        ("There Bramley waits.", "Nobody at Bramley Foods Holding waits."),
        ("Mr Dahl's boat waits.", "Nobody but Captain Henrik Dahl waits."),
        ("Meanwhile Médard waits.", "Meanwhile Medard waits."),
    ],
)
def test_a_name_is_looked_up_in_its_other_forms(before, after):
    for one, other in ((before, after), (after, before)):
        assert "names" not in additions(one, other)


def test_a_name_and_its_initials_are_one():
    after = (
        "The Harbour Safety Board met. Nobody at the Harbour Safety Board, HSB, spoke, and HSB staff left."
    )
    assert additions("Rain fell.", after) == "Only the after names Harbour Safety Board."


def test_a_number_that_is_part_of_a_name_is_no_number_given():
    before = "Rain fell. Flight after flight was cancelled, the radio said. Flight and Radio are words."
    assert (
        additions(before, "He told Radio 4 that rain fell on Flight 93 and 7 left.")
        == "Only the after gives the figure 7."
    )


def test_who_is_left_open_is_listed_only_where_the_other_version_has_no_trace():
    labels = {}
    before = "The mayor, Ida Lund, said the boats stay. The opposition on the council doubted that the money would last."
    after = "The mayor, Ida Lund, said the boats stay. Henrik Dahl said the new quay was too short for them."
    told = voices(before, after, labels)
    assert "Henrik Dahl" in told and "the opposition on the council (before)" in told
    unheard = after + " They said the opposition on the council was right."
    assert "opposition" not in voices(before, unheard, labels)


def test_a_body_that_speaks_by_persons_alone_is_not_called_by_one_of_them():
    story = cd.stories.story_from_texts(
        {
            "a": "Elven Ferries keeps its boats. Elven Ferries director Marta Lind said the boats stay. Elven Ferries spokesman Jon Ek said they pay."
        }
    )
    said = cd.statements_table(story)
    assert set(said["actor"]) == {"elven-ferries"}
    assert sentences.voice_name(story.versions, said) == "Elven Ferries"


HEADED = "The mayor spoke to the council about the new bridge on Monday. "


@pytest.mark.parametrize(
    ("before", "after", "headline"),
    [
        ("Rain fell.", "Boats wait.", "The after and the before have no sentence in common"),
        (HEADED, HEADED.replace("Monday", "Monday "), "The article of the after is that of the before, word for word"),
        (
            HEADED, f'{HEADED}"Nobody," said the harbour master, "has paid for it yet."',
            "The after adds: “‘Nobody,’ said the harbour master, ‘has paid for it yet.’”",
        ),
        (  # the quotation goes on behind what a headline has room for
            HEADED, HEADED + '"Nobody has paid a crown for the bridge that we have now, and I do not know who would pay for the '
            "next one, so let us wait until the winter is over, since the ice may yet take what stands there, and the "
            'engineers who know the river, among them my own father, have said since June that it will," said the master.',
            ("The after adds: “‘Nobody has paid a crown for the bridge that we have now, and I do not know who would pay for "
            "the next one, so let us wait until the winter is over,’ …”"),
        ),
        (
            f"{HEADED}Ships stay away since the storm of last week.", HEADED,
            "The after drops: “Ships stay away since the storm of last week.”",
        ),
        (  # told before in two sentences, in other words
            f"{HEADED}The storm broke out in the last week. Since it did, ships have stayed away.",
            f"{HEADED}Ships stay away since the storm of last week broke.", None,
        ),
    ],
)  # fmt: skip
def test_a_headline_says_what_was_looked_up(before, after, headline):
    from copydesk.show.lede import weightiest

    found = comparison(before, after)
    said = weightiest(found, cd.revisions.most_important_changes(found))
    assert said == headline if headline else "adds" not in said and "drops" not in said


def test_below_the_headline_stands_how_the_later_version_opens_unless_the_headline_says_it():
    from copydesk.show.lede import standfirst, weightiest

    found = comparison(HEADED, f"{HEADED}Rain fell on the harbour all night.")
    told = standfirst(found, weightiest(found, cd.revisions.most_important_changes(found)))
    assert told.startswith("The after opens: “") and told.split("“")[1][:30] in " ".join(HEADED.split())
    assert standfirst(found, f"The after adds: {told}") == ""


def test_a_headline_shows_where_two_long_sentences_differ():
    from copydesk.show.lede import weightiest

    long = " ".join(f"word{n}" for n in range(40))
    found = comparison(f"The {long} boats wait.", f"The {long} ships wait.")
    said = weightiest(found, cd.revisions.most_important_changes(found))
    assert "ships wait" in said and "boats wait" in said and said.count("… ") == 2


@pytest.mark.parametrize(
    ("added", "quoted"),
    [
        (  # no piece of a next sentence, which would say nothing
            ("The harbour master of the southern port resigned after the storm had torn two ships off their moorings at night. "
            "His deputy, Ana Brandt, who has led the pilots for nine years and knows each of the ships, takes over in June."),
            "The harbour master of the southern port resigned after the storm had torn two ships off their moorings at night. …",
        ),
        (  # not cut before its verb
            ("In other ports the Northern Harbour and Pilots Authority — whose budget is 73 million crowns this year — pays for "
            "the tugs, the lights, the two rescue boats that were bought in June, and for all the others that were not."),
            ("In other ports the Northern Harbour and Pilots Authority — whose budget is 73 million crowns this year — pays for "
            "the tugs, the lights, the two rescue boats that were bought in June, …"),
        ),
        ("The ports of the U.S. Coast Guard stay open. Rain fell.", "The ports of the U.S. Coast Guard stay open. Rain fell."),
    ],
)  # fmt: skip
def test_a_headline_quotes_what_makes_sense(added, quoted):
    from copydesk.show.lede import weightiest

    found = comparison(HEADED, HEADED + added)
    assert weightiest(found, cd.revisions.most_important_changes(found)) == f"The after adds: “{quoted}”"


def test_a_sentence_told_in_other_words_is_not_said_to_be_added_or_dropped():
    before = f"{HEADED}Profit before tax fell to 4.2m crowns, from 31.8m a year ago."
    after = f"{HEADED}The ferry line earned about 4m, it says, where spring had brought nearly 32m. Rain fell on the harbour."
    found = comparison(before, after)
    said = sentences.of_revision(found)
    assert "No counterpart was found for 1 of them, nor for 2 sentences of the after." in said
    assert [one.item for one in said.claims if one.claim in ("added", "deleted")] == [
        "Rain fell on the harbour."
    ]


def test_what_was_said_twice_is_not_said_to_be_dropped():
    lead = (
        "Banks that hold most of the frozen debt of the islands agreed to the new terms, the minister said. "
    )
    again = "The minister told reporters that banks that hold most of the frozen debt of the islands agreed to the new terms. "
    rest = "Rain fell. "
    found = sentences.of_revision(comparison(lead + rest + again, lead + rest))
    assert "drops none" in found and "1 more" not in found
    assert (
        "One more stands in the after too, in these or nearly these words, which are counted among those cut."
        in found
    )
    assert not [one for one in found.claims if one.claim == "deleted"]


def test_the_same_words_of_a_person_are_one_statement_whomever_he_speaks_for():
    one = "The council met. Harbour master Henrik Dahl told reporters that the boats would stay in port."
    other = 'Oslo waited. Norwegian envoy Henrik Dahl told reporters that the boats would stay in port. "No," he said.'
    said = cd.statements_table(story(before=one, after=other))
    assert said["same_as"].ne("").sum() == 2
    swapped = other.replace("Norwegian envoy Henrik Dahl", "Pilot Maren Holt")
    said = cd.statements_table(story(before=one, after=swapped))
    assert said["same_as"].eq("").all(), "nobody's words become somebody else's"


def test_a_named_speaker_is_heard_alone_though_one_of_his_statements_is_told_elsewhere():
    before = "Boats will stay in port while the storm goes on, it was thought. Nobody knew more."
    after = (
        'Maren Holt said the boats would stay in port until the storm was over. "Nobody has paid us," said Holt, '
        "who leads the pilots."
    )
    assert voices(before, after) == f"Heard in the after alone, by rule: Maren Holt. {NOT_ALL}"


def test_a_person_is_heard_alone_though_the_other_version_names_the_body_that_he_speaks_for():
    before = "The United Nations waited."
    after = f'{before} "Nobody has paid us," said the UN\'s harbour envoy, Henrik Dahl.'
    assert voices(before, after) == f"Heard in the after alone, by rule: Henrik Dahl. {NOT_ALL}"
    assert not voices("The UN's harbour envoy waited.", after), "he may be meant"


def test_a_voice_without_words_for_its_name_is_not_heard_alone():
    two = story(before="Rain fell.", after='"Nobody has paid us," said Maren Holt.')
    unnamed = cd.statements_table(two).assign(source="", source_start=None, source_end=None)
    found = sentences.of_voices(unnamed, {}, *two.versions.values())
    assert "Heard" not in found and not found.claims


def test_a_pronoun_is_shown_as_the_name_that_it_stands_for():
    text = '"Nobody has paid us," said Maren Holt of the pilots. "We will wait until it rains," she said.'
    two = story(before="Rain fell.", after=text)
    said = cd.statements_table(two)
    assert list(said["source"].str.partition(" ")[0]) == ["Maren", "she"]
    assert sentences.voice_name(two.versions, said.iloc[::-1]) == "Maren Holt"
    assert sentences.voice_name(two.versions, said[said["source"] == "she"]) == "Maren Holt"


COURT = (
    "The appeal court in Bergen freed the trawler's owner, Ingrid Halvorsen, after nine days.",
    "The appeal court in Bergen freed the owner of the trawler, Ingrid Halvorson, after nine days in a cell.",
)
SPORT = (
    "The skipper of the winning boat, a Peruvian, led from the first mark to the last.",
    "The skipper of the winning boat led from the first mark to the last, 40 seconds ahead of a Danish rival.",
)
COMPANY = (
    "Nobody at Larvik Cables spoke of the yard. Twelve hundred people work for the firm.",
    "Nobody at Larvik Cabels spoke of the yard. Two thousand people work for the firm.",
)
STORM = (
    "The storm tore the roof off the school and shut the road to the northern villages.",
    (
        "The storm tore the roof off the school and shut the road to the northern villages. Boats stay in port. "
        "The storm tore the roof off the school and shut the road to the northern villages."
    ),
)
POLITICS = (
    "There Mr Lindqvist, the mayor, asked for a vote in Tromsø.",
    "There Mr Lindkvist, the mayor, asked for a vote in Tromsø, as did Siri Aasen.",
)


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (COURT, "No name or number was found that one version has and the other has nowhere."),
        (SPORT, "Only the after names Denmark (“Danish”) and gives the figure 40 seconds; only the before names Peru (“Peruvian”)."),
        (COMPANY, "Only the after gives the figure two thousand; only the before gives the figure twelve hundred."),
        (STORM, "No name or number was found that one version has and the other has nowhere."),
        (POLITICS, "Only the after names Siri Aasen."),
    ],
)  # fmt: skip
def test_of_additions_is_true_of_stories_of_other_kinds(pair, told):
    labels = {"danish": "Denmark", "peruvian": "Peru"}
    assert additions(*pair, labels) == told


def test_of_revision_says_that_words_printed_twice_are_counted_as_added():
    found = sentences.of_revision(comparison(*STORM))
    assert (
        "One more stands in the before too, in these or nearly these words, which are counted among those added."
        in found
    )
