"""Statements: who is quoted, by pattern, in ordinary and in lower-case tokenised text."""

import re
import tomllib
from pathlib import Path

import pytest
from copydesk.engine.language.parse import parse
from copydesk.engine.language.phrases import head_noun, noun_phrase_end, noun_phrase_start
from copydesk.engine.language.quotations import find_quotations
from copydesk.engine.language.reporting_codebook import lexicon, verb_forms
from copydesk.engine.language.tags import tag_tokens
from copydesk.engine.statements import find_statements
from copydesk.engine.text import is_word, normal_words, read
from copydesk.errors import InputError
from copydesk.stories.story import read_story
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]

# (text, [(source, cue, [contents], quotation)]); None stands for a source that is not there.
PATTERNS = {
    "subject, verb, content": (
        "The harbour master said the ferry would not sail before noon.",
        [("The harbour master", "said", ["the ferry would not sail before noon"], "indirect")],
    ),
    "with that": (
        "Two nurses told the inquiry that the ward was short of beds.",
        [("Two nurses", "told", ["that the ward was short of beds"], "indirect")],
    ),
    "content, verb, subject": (
        "“The bridge is safe,” said Marta Lind, an engineer with the county.",
        [("Marta Lind, an engineer with the county", "said", ["The bridge is safe,"], "direct")],
    ),
    "content, subject, verb": (
        "“The bridge is safe,” the engineer insisted.",
        [("the engineer", "insisted", ["The bridge is safe,"], "direct")],
    ),
    "clause, subject, verb": (
        "The bridge is safe, the engineer said.",
        [("the engineer", "said", ["The bridge is safe"], "indirect")],
    ),
    "a text that lays down": (
        "The draft, leaked by an aide, would require member states to count every whale.",
        [("The draft", "require", ["member states to count every whale"], "indirect")],
    ),
    "a text that forbids": (
        "The contract, signed in May, forbids the club to sell its ground.",
        [("The contract", "forbids", ["the club to sell its ground"], "indirect")],
    ),
    "a text as agent": (
        "Landlords are required by the ordinance to keep a register.",
        [("the ordinance", "required by", ["Landlords", "to keep a register"], "indirect")],
    ),
    "an insertion that names nobody": (
        "The ferryman, speaking on Monday, said the lake was rising.",
        [("The ferryman", "said", ["the lake was rising"], "indirect")],
    ),
    "a negated cue": (
        "The ferryman did not say that the lake was rising.",
        [("The ferryman", "did not say", ["that the lake was rising"], "indirect")],
    ),
    "a name that looks like a verb": (
        "“The lock will stay shut,” Husted said. “Nobody has a key.”",
        [("Husted", "said", ["The lock will stay shut,", "Nobody has a key."], "direct")],
    ),
    "a name with a strange mark": (
        "“They do care,” Row for £9 organiser Ken Dell told reporters.",
        [("Row for £9 organiser Ken Dell", "told", ["They do care,"], "direct")],
    ),
    "a noun in -ing behind": (
        "“The lock must be opened,” said the ruling.",
        [("the ruling", "said", ["The lock must be opened,"], "direct")],
    ),
    "a past tense like its base form": (
        "“The lock must be opened,” the notice read.",
        [("the notice", "read", ["The lock must be opened,"], "direct")],
    ),
    "a relative clause up to the verb": (
        "The divers who met him in the spring say the pier is rotten.",
        [("The divers", "say", ["the pier is rotten"], "indirect")],
    ),
    "an adverb between commas": (
        "Friends of the new pier, however, say it would stand for years.",
        [("Friends of the new pier", "say", ["it would stand for years"], "indirect")],
    ),
    "a parenthesis and an apposition": (
        "Ana Lind, a rower (and a cook), one of the oldest members, called it “a marvel.”",
        [
            (
                "Ana Lind, a rower (and a cook), one of the oldest members",
                "called",
                ["it “a marvel.”"],
                "mixed",
            )
        ],
    ),
    "a number as head": (
        "About four in ten northern voters say that a “clean” harbour matters.",
        [("four in ten northern voters", "say", ["that a “clean” harbour matters"], "mixed")],
    ),
    "a base form behind and": (
        "She says she’s going to “work all day” and await the results.",
        [("She", "says", ["she’s going to “work all day” and await the results"], "mixed")],
    ),
    "a base form behind a base form": (
        "They say the tide will turn and predict a storm.",
        [("They", "say", ["the tide will turn"], "indirect"), ("They", "predict", ["a storm"], "indirect")],
    ),
    "a participle before the main verb": (
        "Ana Lind, praising the crew after the race, is promising to “row again.”",
        [
            ("Ana Lind", "praising", ["the crew"], "indirect"),
            ("Ana Lind", "promising", ["row again."], "direct"),
        ],
    ),
    "a phrase before a new speaker": (
        "The girl asked for a photo and Lind said, “Not today.”",
        [
            ("The girl", "asked for", ["a photo"], "indirect"),
            ("Lind", "said", ["Not today."], "direct"),
        ],
    ),
    "an insertion before a quotation": (
        "Lind said, and I quote, “The lake is ours.”",
        [("Lind", "said", ["The lake is ours."], "direct")],
    ),
    "a cue under seemed": (
        "The mayor appeared to end the row by saying, “I am leaving.”",
        [("The mayor", "saying", ["I am leaving."], "direct")],
    ),
    "a noun before a quotation": (
        "After the race the club issued a statement, “We rowed well.”",
        [("the club", "issued a statement", ["We rowed well."], "direct")],
    ),
    "a phrase before a quotation that ends it": (
        "With so many locks, “there is no single key,” he said.",
        [("he", "said", ["With so many locks, “there is no single key"], "mixed")],
    ),
    "a title before a clause": (
        "In her book, “Quiet Water,” she said that the lake was rising.",
        [("she", "said", ["that the lake was rising"], "indirect")],
    ),
    "an infinitive in a clause": (
        "Aides say the former keeper plans to “quietly support” the crew.",
        [("Aides", "say", ["the former keeper plans to “quietly support” the crew"], "mixed")],
    ),
    "a day before the predicate": (
        "The keeper called the speech on Monday “a wake-up call” to rowers.",
        [("The keeper", "called", ["the speech on Monday “a wake-up call” to rowers"], "mixed")],
    ),
    "a programme as hearer": (
        "Lind told “Harbour Today” that nobody would drown.",
        [("Lind", "told", ["that nobody would drown"], "indirect")],
    ),
    "a clause behind a quoted word": (
        "Lind said the reports were “thin” and that the photo the police gave did not show a boat.",
        [
            (
                "Lind",
                "said",
                ["the reports were “thin” and that the photo the police gave did not show a boat"],
                "mixed",
            )
        ],
    ),
    "a verb that is none": (
        "Their reports further “the mood” stirred up by rowers, the groups say.",
        [("the groups", "say", ["Their reports further “the mood” stirred up by rowers"], "mixed")],
    ),
    "a date before the subject": (
        "On July 6, 2015, the keeper took the stage: “We are closing.” Then he left.",
        [("the keeper", "took the stage", ["We are closing."], "direct")],
    ),
    "a quotation with a stop, a new paragraph": (
        "“We sold out,” she said. “It was the best day we ever had.”\n\nLind spoke to rowers in June.",
        [("she", "said", ["We sold out,", "It was the best day we ever had."], "direct")],
    ),
    "a quotation goes on behind a remark": (
        "“We tried,” Lind said after the race. She didn’t suggest a second one. “We shall rest.”",
        [
            ("Lind", "said", ["We tried,", "We shall rest."], "direct"),
            ("She", "didn’t suggest", ["a second one"], "indirect"),
        ],
    ),
    "a quotation goes to who was named last": (
        "“We tried,” Lind said after the race. Moe said they had not. “They slept.”",
        [
            ("Lind", "said", ["We tried,"], "direct"),
            ("Moe", "said", ["they had not", "They slept."], "mixed"),
        ],
    ),
    "a programme between verb and clause": (
        "Lind said Monday on Lake Radio’s “Tides,” if the keeper came it would be a “two-boat race.”",
        [("Lind", "said", ["if the keeper came it would be a “two-boat race.”"], "mixed")],
    ),
    "a transcript": (
        (
            "HOST: Why did the ferry stop at noon?\n\nKEEPER: The lake was too rough.\n\nWe told everybody.\n\n"
            "HOST: And what will you do tomorrow?\n\nThe keeper left."
        ),
        [
            ("HOST", ":", ["Why did the ferry stop at noon?"], "direct"),
            ("KEEPER", ":", ["The lake was too rough.", "We told everybody."], "direct"),
            ("HOST", ":", ["And what will you do tomorrow?"], "direct"),
        ],
    ),
    "verb, colon, quotation": (
        "The coach told the crowd: “We will be back in spring.”",
        [("The coach", "told", ["We will be back in spring."], "direct")],
    ),
    "according to, in front": (
        "According to the museum, the painting was cut from its frame.",
        [("the museum", "According to", ["the painting was cut from its frame"], "indirect")],
    ),
    "as per": (
        "As per the ministry, the bridge will open in June.",
        [("the ministry", "As per", ["the bridge will open in June"], "indirect")],
    ),
    "an insertion with an irregular participle": (
        "The team, led by the geologist Anna Ferro, said the rocks were younger than the lake.",
        [
            (
                "The team, led by the geologist Anna Ferro",
                "said",
                ["the rocks were younger than the lake"],
                "indirect",
            )
        ],
    ),
    "a clause behind an adverbial": (
        "The guide says for nearly a day he did not know where the boat was.",
        [("The guide", "says", ["for nearly a day he did not know where the boat was"], "indirect")],
    ),
    "a clause behind a form that is a noun, too": (
        "The mayor says fire crews will stop at noon.",
        [("The mayor", "says", ["fire crews will stop at noon"], "indirect")],
    ),
    "a clause whose verb is not known": (
        "The mayor said some towns base their taxes on rumours.",
        [("The mayor", "said", ["some towns base their taxes on rumours"], "indirect")],
    ),
    "a hearer and a comma": (
        "The banker told a gathering in Lima last night, the harbour was growing.",
        [("The banker", "told", ["the harbour was growing"], "indirect")],
    ),
    "a rough number before the reporting clause": (
        "At least nine people were hurt, police said.",
        [("police", "said", ["At least nine people were hurt"], "indirect")],
    ),
    "another rough number there": (
        "Around 40 boats were lost when the pier fell, the mayor said.",
        [("the mayor", "said", ["Around 40 boats were lost when the pier fell"], "indirect")],
    ),
    "a place without a comma there": (
        "In Lima 40 boats were lost, the mayor said.",
        [("the mayor", "said", ["In Lima 40 boats were lost"], "indirect")],
    ),
    "what a pronoun fears": (
        "She told the inspector she feared for the roof.",
        [("She", "told", ["she feared for the roof"], "indirect")],
    ),
    "a hearer with an apposition": (
        "She told her barrister, Paul Holm, that the floor was wet.",
        [("She", "told", ["that the floor was wet"], "indirect")],
    ),
    "a subject with a relative clause": (
        "The talks were calm, officials who attended the meeting said.",
        [("officials", "said", ["The talks were calm"], "indirect")],
    ),
    "a gerund as subject": (
        "Selling what is left of the fleet will not help the town, the mayor said.",
        [("the mayor", "said", ["Selling what is left of the fleet will not help the town"], "indirect")],
    ),
    "a clause within a clause with that": (
        "She added that, according to the foundation, the fund was empty.",
        [("She", "added", ["that, according to the foundation, the fund was empty"], "indirect")],
    ),
    "a clause that is interrupted before its verb": (
        "My error, says the pilot, was to trust the map.",
        [("the pilot", "says", ["My error", "was to trust the map"], "indirect")],
    ),
    "a semicolon in brackets": (
        "Peru will spend 3 billion soles (800 million dollars; 700 million euros), an official said.",
        [
            (
                "an official",
                "said",
                ["Peru will spend 3 billion soles (800 million dollars; 700 million euros)"],
                "indirect",
            )
        ],
    ),
    "words passed on by another": (
        "“The lake is dead,” the envoy was quoted as saying by the harbour radio.",
        [("the envoy", "quoted as saying", ["The lake is dead,"], "direct")],
    ),
    "a phrase with a comma before the clause": (
        "Earlier in Lima, the envoy said besides opening the fair, she would meet the crews.",
        [("the envoy", "said", ["besides opening the fair, she would meet the crews"], "indirect")],
    ),
    "a verb that goes on behind a dash": (
        "Two brothers opened the cafe in May -- but say they will sell it.",
        [("Two brothers", "say", ["they will sell it"], "indirect")],
    ),
    "behind a dateline with a colon": (
        "Nagpur: The mayor said the old square by the river would be paved before the summer and the fountain mended.",
        [
            (
                "The mayor",
                "said",
                ["the old square by the river would be paved before the summer and the fountain mended"],
                "indirect",
            )
        ],
    ),
    "according to, behind": (
        "The painting was cut from its frame, according to the museum.",
        [("the museum", "according to", ["The painting was cut from its frame"], "indirect")],
    ),
    "quoted as saying": (
        "The paper quoted the ferryman, Ole Lind, as saying the lake was rising.",
        [("the ferryman, Ole Lind", "saying", ["the lake was rising"], "indirect")],
    ),
    "quoted by somebody as saying": (
        "The ferryman was quoted by the paper as saying that he would row.",
        [("The ferryman", "saying", ["that he would row"], "indirect")],
    ),
    "quoted, and no saying": (
        "The paper quoted the letter and called it a fraud.",
        [
            ("The paper", "quoted", ["the letter"], "indirect"),
            ("The paper", "called", ["it a fraud"], "indirect"),
        ],
    ),
    "cited as a reason": (
        "The club cited the storm as a reason.",
        [("The club", "cited", ["the storm as a reason"], "indirect")],
    ),
    "an auxiliary bars inversion": (
        "The Lake Post, citing two rowers, had first reported the leak.",
        [("The Lake Post", "citing", ["two rowers"], "indirect")],
    ),
    "a clause whose only verb reports": (
        "The club opposes new locks, club secretary Ole Lind said at a dinner in town.",
        [("club secretary Ole Lind", "said", ["The club opposes new locks"], "indirect")],
    ),
    "the reporter sums up": (
        "The lock will close, two rowers said, in a surprise move that the club denounced as “theft”.",
        [
            ("two rowers", "said", ["The lock will close"], "indirect"),
            ("the club", "denounced", ["that", "as “theft”"], "mixed"),
        ],
    ),
    "a phrase that sums nothing up": (
        "The lock will close, two rowers said, in a month that has no holidays.",
        [("two rowers", "said", ["The lock will close", "in a month that has no holidays"], "indirect")],
    ),
    "an insertion before whether": (
        "The Lake Post questioned, in an editorial on Saturday, whether the lock would hold.",
        [("The Lake Post", "questioned", ["whether the lock would hold"], "indirect")],
    ),
    "a relative clause with an object of one word": (
        "The club, which has backed Lind, said the lock should open.",
        [
            ("which", "backed", ["Lind"], "indirect"),
            ("The club, which has backed Lind", "said", ["the lock should open"], "indirect"),
        ],
    ),
    "said by a means": (
        "Ana Lind, a rower, said by phone: “Nobody has a key.”",
        [("Ana Lind, a rower", "said", ["Nobody has a key."], "direct")],
    ),
    "a list of sources": (
        "Norway, Sweden and Denmark said they would wait.",
        [("Norway, Sweden and Denmark", "said", ["they would wait"], "indirect")],
    ),
    "a list of persons without names": (
        "A rower, a cook and a guard said they would wait.",
        [("a cook and a guard", "said", ["they would wait"], "indirect")],
    ),
    "a number that is no exact one": (
        "The ferry line said at least nine boats had sunk.",
        [("The ferry line", "said", ["at least nine boats had sunk"], "indirect")],
    ),
    "one of several": (
        "One of them, Ana Lind, said by phone: “Nobody has a key.”",
        [("One of them, Ana Lind", "said", ["Nobody has a key."], "direct")],
    ),
    "a British past tense": (
        "Ole Lind signalled support for the lock.",
        [("Ole Lind", "signalled", ["support for the lock"], "indirect")],
    ),
    "a clause before two sources": (
        "The lock had closed, Norway and Denmark said.",
        [("Norway and Denmark", "said", ["The lock had closed"], "indirect")],
    ),
    "a place before two sources": (
        "In Lima, Norway and Denmark said they would wait.",
        [("Norway and Denmark", "said", ["they would wait"], "indirect")],
    ),
    "a relative that behind its noun": (
        "They built a lock that Ole Lind described as “a gift.”",
        [("Ole Lind", "described", ["that", "as “a gift.”"], "mixed")],
    ),
    "a clause behind the noun of a thought": (
        "There was a recognition that the lock was defended by two rowers.",
        [(None, "recognition", ["that the lock was defended by two rowers"], "indirect")],
    ),
    "a split quotation": (
        "“We waited all night,” Ms. Okafor said, “and nobody came.”",
        [("Ms. Okafor", "said", ["We waited all night,", "and nobody came."], "direct")],
    ),
    "a split clause": (
        "The tunnel, Mr. Vance said, would open in June.",
        [("Mr. Vance", "said", ["The tunnel", "would open in June"], "indirect")],
    ),
    "a floating quotation": (
        "“The roof leaks,” a tenant said on condition of anonymity. “It has leaked for years.”",
        [("a tenant", "said", ["The roof leaks,", "It has leaked for years."], "direct")],
    ),
    "several sentences, one cue": (
        "“The vote was close. It was also fair. We accept it,” she said.",
        [("she", "said", ["The vote was close. It was also fair. We accept it,"], "direct")],
    ),
    "a mixed statement": (
        "The paper said in an editorial that the mayor “earned the blame”, but the council should “share it.”",
        [
            (
                "The paper",
                "said",
                ["that the mayor “earned the blame”, but the council should “share it.”"],
                "mixed",
            )
        ],
    ),
    "a quotation behind that": (
        "However, he added that “this law will be felt.”",
        [("he", "added", ["this law will be felt."], "direct")],
    ),
    "a nested quotation": (
        "“She told me ‘never again’ and left,” the driver said.",
        [("the driver", "said", ["She told me ‘never again’ and left,"], "direct")],
    ),
    "reported positions": (
        "The two towns differed, with Ashford urging strict limits and Benwick emphasizing patience.",
        [
            ("Ashford", "urging", ["strict limits"], "indirect"),
            ("Benwick", "emphasizing", ["patience"], "indirect"),
        ],
    ),
    "a hope": (
        "Farmers hoped the rain would last into the week.",
        [("Farmers", "hoped", ["the rain would last into the week"], "indirect")],
    ),
    "a belief": (
        "Most residents believe that the mill will close.",
        [("Most residents", "believe", ["that the mill will close"], "indirect")],
    ),
    "a prediction that is nobody's": (
        "The mill is expected to close by autumn.",
        [(None, "is expected", ["The mill", "to close by autumn"], "indirect")],
    ),
    "a demand": (
        "The union demanded that the mill stay open.",
        [("The union", "demanded", ["that the mill stay open"], "indirect")],
    ),
    "a call": (
        "The bishop called for an end to the strike.",
        [("The bishop", "called for", ["an end to the strike"], "indirect")],
    ),
    "a denial with an auxiliary": (
        "The owner has repeatedly denied the charges.",
        [("The owner", "denied", ["the charges"], "indirect")],
    ),
    "a promise": (
        "The minister pledged to rebuild the school.",
        [("The minister", "pledged", ["to rebuild the school"], "indirect")],
    ),
    "a promise not to": (
        "The minister vowed not to close the school.",
        [("The minister", "vowed", ["not to close the school"], "indirect")],
    ),
    "a request not to": (
        "The teacher asked them not to leave.",
        [("The teacher", "asked", ["them not to leave"], "indirect")],
    ),
    "an insertion between cue and content": (
        "The singer said, through her lawyer, that the tour was over.",
        [("The singer", "said", ["that the tour was over"], "indirect")],
    ),
    "a title in front": (
        "In his book, “Hard Times,” Mr. Lee said the mill was doomed.",
        [("Mr. Lee", "said", ["the mill was doomed"], "indirect")],
    ),
    "a quotation and a dash": (
        "“A fine day for it.” — Hanna Berg",
        [("Hanna Berg", "—", ["A fine day for it."], "direct")],
    ),
    "a headline": (
        "Mayor: the bridge will open in June",
        [("Mayor", ":", ["the bridge will open in June"], "indirect")],
    ),
    "an adjective of mind": (
        "The growers are confident that the frost is over.",
        [("The growers", "are confident", ["that the frost is over"], "indirect")],
    ),
    "a time inside the verb group": (
        "The council had in March ruled that the pier must go.",
        [("The council", "ruled", ["that the pier must go"], "indirect")],
    ),
    "a quantifier inside the verb group": (
        "The growers, the bakers and the millers have all called on the port to reopen.",
        [("The growers, the bakers and the millers", "called on", ["the port to reopen"], "indirect")],
    ),
    "people not involved": (
        "Two surveyors not involved in the work write that the wall is sound.",
        [("Two surveyors not involved in the work", "write", ["that the wall is sound"], "indirect")],
    ),
    "a subject behind the verb, with its relative clause": (
        "The repairs settle the matter, argues the board's economist, a statistician who led the count.",
        [
            (
                "the board's economist, a statistician who led the count",
                "argues",
                ["The repairs settle the matter"],
                "indirect",
            )
        ],
    ),
    "warned not to": (
        "The harbour master warned skippers not to discuss the wreck.",
        [("The harbour master", "warned", ["skippers not to discuss the wreck"], "indirect")],
    ),
    "promised a thing": (
        "The mayor promised a hundred new flats to end the shortage.",
        [("The mayor", "promised", ["a hundred new flats to end the shortage"], "indirect")],
    ),
    "put at a number": (
        "The league, which counts the boats, put the losses since May at more than 40.",
        [("The league, which counts the boats", "put", ["the losses since May at more than 40"], "indirect")],
    ),
    "a clause with a concession in front": (
        "The keeper said despite the offer of a tug, the boat would stay.",
        [("The keeper", "said", ["despite the offer of a tug, the boat would stay"], "indirect")],
    ),
    "as many as": (
        "The union said as many as 900 posts could go.",
        [("The union", "said", ["as many as 900 posts could go"], "indirect")],
    ),
    "a quotation in an apposition": (
        "Holm Bank, which cut its rating to “avoid”, argues that the price is high.",
        [("Holm Bank, which cut its rating to “avoid”", "argues", ["that the price is high"], "indirect")],
    ),
    "behind a semicolon": (
        "Lakia denied it; its planes, a spokesman said, carried only food.",
        [
            ("Lakia", "denied", ["it"], "indirect"),
            ("a spokesman", "said", ["its planes", "carried only food"], "indirect"),
        ],
    ),
    "a gap that the clause fills": (
        "The court held a man who police say shot two dogs.",
        [("police", "say", ["shot two dogs"], "indirect")],
    ),
    "a quotation left open before the next": (
        "“They put in a lot of money. “The figures show it,” Mr Holm said.",
        [("Mr Holm", "said", ["They put in a lot of money.", "The figures show it,"], "direct")],
    ),
    "a clause that waits for its verb": (
        "After announcing that the speaker, Ole Lind, would take over until June, the cabinet said it was done.",
        [
            (None, "announcing", ["that the speaker, Ole Lind, would take over until June"], "indirect"),
            ("the cabinet", "said", ["it was done"], "indirect"),
        ],
    ),
    "an order and a saying": (
        "The minister, who flew in on Monday, ordered an inquiry and said the mine would stay shut.",
        [("The minister", "said", ["the mine would stay shut"], "indirect")],
    ),
    "an impersonal predicate": (
        "It is unclear whether the frost is over.",
        [(None, "It is unclear", ["whether the frost is over"], "indirect")],
    ),
    "an object that went before": (
        "He left a town, which he described as “a trap.”",
        [("he", "described", ["which", "as “a trap.”"], "mixed")],
    ),
    "a nominal cue with its possessor": (
        "The vote followed the governor’s claim that the dam was sound.",
        [("the governor", "claim", ["that the dam was sound"], "indirect")],
    ),
    "a nominal cue as the subject": (
        "The warning that the dam could fail was ignored.",
        [(None, "warning", ["that the dam could fail"], "indirect")],
    ),
    "a nominal cue with a light verb": (
        "The auditor made the accusation that funds were missing.",
        [("The auditor", "made the accusation", ["that funds were missing"], "indirect")],
    ),
    "an apposition between source and cue": (
        "The Evening Post, a small daily owned by a foundation, said that the strike was over.",
        [
            (
                "The Evening Post, a small daily owned by a foundation",
                "said",
                ["that the strike was over"],
                "indirect",
            )
        ],
    ),
    "a pronoun": (
        "They said they hoped the talks would resume.",
        [("They", "said", ["they hoped the talks would resume"], "indirect")],
    ),
    "metonyms": (
        "Paris accused London of delay.",
        [("Paris", "accused", ["London of delay"], "indirect")],
    ),
    "a hearer without an article": (
        "An aide told Reuters talks had failed.",
        [("An aide", "told", ["talks had failed"], "indirect")],
    ),
    "two clauses, two speakers": (
        "The owner said the fire was small, but the tenants said they had lost everything.",
        [
            ("The owner", "said", ["the fire was small"], "indirect"),
            ("the tenants", "said", ["they had lost everything"], "indirect"),
        ],
    ),
    "a shared subject": (
        "The judge dismissed the motion and said the trial would begin on Monday.",
        [
            ("The judge", "dismissed", ["the motion"], "indirect"),
            ("The judge", "said", ["the trial would begin on Monday"], "indirect"),
        ],
    ),
    "a subject shared past what it reports": (
        "The marchers said they want peace, but pledged to stay.",
        [
            ("The marchers", "said", ["they want peace"], "indirect"),
            ("The marchers", "pledged", ["to stay"], "indirect"),
        ],
    ),
    "a participle behind": (
        "“It was a good season,” the captain said, adding that two players would leave.",
        [
            ("the captain", "said", ["It was a good season,"], "direct"),
            ("the captain", "adding", ["that two players would leave"], "indirect"),
        ],
    ),
    "a participle in front": (
        "Citing the weather, the airline said flights would be late.",
        [
            ("the airline", "Citing", ["the weather"], "indirect"),
            ("the airline", "said", ["flights would be late"], "indirect"),
        ],
    ),
    "a relative clause": (
        "The pilot, who said he was tired, went home.",
        [("who", "said", ["he was tired"], "indirect")],
    ),
    "as somebody put it": (
        "The harvest was poor, as the growers put it.",
        [("the growers", "put it", ["The harvest was poor"], "indirect")],
    ),
    "a passive with its agent": (
        "The plan was condemned by the opposition.",
        [("the opposition", "condemned by", ["The plan"], "indirect")],
    ),
    "a verb that is not in the codebook": (
        "“Best day of my life,” the winner beamed.",
        [("the winner", "beamed", ["Best day of my life,"], "direct")],
    ),
    "a question": (
        "“Who left the gate open?” the farmer asked.",
        [("the farmer", "asked", ["Who left the gate open?"], "direct")],
    ),
    "a number that is about": (
        "Union leaders fear up to 300 posts at the yard are at risk.",
        [("Union leaders", "fear", ["up to 300 posts at the yard are at risk"], "indirect")],
    ),
    "a year inside the verb": (
        "The court had in 2019 ruled that the lock was safe.",
        [("The court", "ruled", ["that the lock was safe"], "indirect")],
    ),
    "a tense that goes on": (
        "The mill said it was sorry and would be considering its options.",
        [("The mill", "said", ["it was sorry and would be considering its options"], "indirect")],
    ),
    "a list of speakers": (
        "Norway, Sweden and Denmark agreed that the ban was void.",
        [("Norway, Sweden and Denmark", "agreed that", ["the ban was void"], "indirect")],
    ),
    "what others might think is still said": (
        "The envoy said some lenders would wait, but others would see a chance.",
        [("The envoy", "said", ["some lenders would wait, but others would see a chance"], "indirect")],
    ),
    "a view in the content": (
        "About 300 other lenders are expected to approve the deal, the envoy said.",
        [("the envoy", "said", ["About 300 other lenders are expected to approve the deal"], "indirect")],
    ),
    "a claim with its clause": (
        "The aide rejected claims that 90 tenants at the hostel are to be moved.",
        [("The aide", "rejected", ["claims that 90 tenants at the hostel are to be moved"], "indirect")],
    ),
    "who came to say it": (
        "The mayor intervened to say that every penny had been counted.",
        [("The mayor", "say", ["that every penny had been counted"], "indirect")],
    ),
    "words that a text passes on": (
        "“We planned it,” he told the court, according to a transcript.",
        [("he", "told", ["We planned it,"], "direct")],
    ),
    "the occasion is not what was said": (
        "The keeper admitted taking the key in a video that was shown on Monday.",
        [("The keeper", "admitted", ["taking the key"], "indirect")],
    ),
}

NO_STATEMENT = {
    "what somebody calls himself": "The man who calls himself Olo rows.",
    "what somebody advertises": "The club promotes a “magic” oar.",
    "what somebody takes": "The keeper accepted a new oar.",
    "labels that never come again": "Monday: The sun will shine.\n\nTuesday: It will rain.\n\nFriday: Fog is near.",
    "what a text would bring about": "The bill would close a loophole and weaken the bank.",
    "a ban that somebody has carried out": "The mayor banned cars from the square and allowed buses.",
    "scare quotes": "The so-called “smart” meters were replaced in May.",
    "a title": "The band played “Harbour Lights” twice.",
    "a plural noun": "The reports of the committee fill two shelves.",
    "an adjective": "The proposed measures include a ban on fishing.",
    "grounds to believe": "Inspections were made where there were grounds to believe goods were hidden.",
    "what something is called": "The child has a disease called ataxia and sleeps badly.",
    "a war": "Chad declared war on Peru.",
    "a state of emergency": "The council declared a state of emergency.",
    "television shows": "She was filming television shows.",
    "an adjective behind its noun": "It was a story of lakes real and perceived.",
    "what we call it": "Sparrows nest in what we call “a hedge” here.",
    "a photo": "She posted a photo of her son, who has a cold.",
    "lives that were lost": "The flood that claimed over 40 lives is over.",
    "a dash in a range": "The shop is open from nine - five on most days.",
}


def tokenised(text):
    """The text as some archives keep it: lower case, blanks around every mark."""
    text = re.sub(r"([“”‘’,;:?!()]|\.(?=[”\s]|$))", r" \1 ", text.lower())
    text = re.sub(r"\b(ms|mr) \.", r"\1.", text)
    return re.sub(r" +", " ", text).strip()


def words(text, span=None):
    """The words of a span (or of a whole text) in normal form, without marks."""
    norms = normal_words(text) if span is None else read(text).words(span)
    return [norm for norm in norms if is_word(norm)]


def described(text):
    """The statements of a text as (source, cue, contents, quotation), in words."""
    return [
        (
            words(text, one.source) if one.source else None,
            words(text, one.cue),
            [words(text, span) for span in one.content],
            one.quotation,
        )
        for one in find_statements(text)
    ]


def in_words(expected):
    return [
        (words(source) if source else None, words(cue), [words(part) for part in content], quotation)
        for source, cue, content, quotation in expected
    ]


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_in_ordinary_text(name):
    text, expected = PATTERNS[name]
    assert described(text) == in_words(expected)


def test_an_apposition_without_its_second_comma_is_read_by_the_name_before_it():
    text = "'We have no money,' Ruth Amsel, a student who worked on the dig told Radio Nord."
    source = "Ruth Amsel, a student who worked on the dig"
    assert described(text) == in_words([(source, "told", ["We have no money,"], "direct")])
    text = "“People ran, and it was cold,” Ellie Gutter, 18, from the U.S. said."
    source = "Ellie Gutter, 18, from the U.S."
    assert described(text) == in_words([(source, "said", ["People ran, and it was cold,"], "direct")])


def test_a_quotation_with_a_speaker_of_its_own_is_no_part_of_the_clause_before_it():
    text = "The widow says the verdict hurt her family “I wept when it came,” she said."
    clause = ("The widow", "says", ["the verdict hurt her family"], "indirect")
    assert described(text) == in_words([clause, ("she", "said", ["I wept when it came,"], "direct")])


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_in_lower_case_tokenised_text(name):
    text, expected = PATTERNS[name]
    assert described(tokenised(text)) == in_words(expected)


@pytest.mark.parametrize("name", NO_STATEMENT)
def test_what_is_no_statement(name):
    assert find_statements(NO_STATEMENT[name]) == []
    assert find_statements(tokenised(NO_STATEMENT[name])) == []


def test_outer_quotation_marks_are_not_content():
    text = "“The road is closed,” the warden said."
    (statement,) = find_statements(text)
    assert [text[slice(*span)] for span in statement.content] == ["The road is closed,"]
    assert statement.quoted == statement.content


def test_quoted_spans_of_a_mixed_statement():
    text = "The warden said the road was “closed for good” and that “nobody” had asked."
    (statement,) = find_statements(text)
    assert [text[slice(*span)] for span in statement.quoted] == ["closed for good", "nobody"]


def test_quotation_over_paragraphs_with_one_cue_at_the_end():
    text = "“The plan stands.\nIt is what we promised.\nNothing has changed,” it said."
    (statement,) = find_statements(text)
    assert statement.quotation == "direct"
    assert words(text, statement.source) == ["it"]
    assert words(text, statement.content[0]) == words(
        "The plan stands. It is what we promised. Nothing has changed,"
    )


def test_paragraphs_that_each_open_a_quotation():
    text = "“We saw the lights,” Ana Ruiz said.\n\n“Then they were gone.\n\n“Nobody slept.”"
    (statement,) = find_statements(text)
    assert [words(text, span) for span in statement.content] == [
        words("We saw the lights,"),
        words("Then they were gone."),
        words("Nobody slept."),
    ]


def test_speaker_changes_in_mid_line():
    text = (
        "the envoy told reporters the pact was “ the best in ten years. ” several members predicted a vote "
        "on friday but their chairman told the agency he needed time ."
    )
    sources = [words(text, one.source) for one in find_statements(text)]
    assert sources == [["the", "envoy"], ["several", "members"], ["their", "chairman"]]


def test_blanks_where_boilerplate_was_masked():
    story = "The clerk said the files were lost."
    text = " " * 5000 + "\n" + story + "\n" + " " * 5000
    (statement,) = find_statements(text)
    assert text[slice(*statement.source)] == "The clerk"
    assert text[slice(*statement.content[0])] == "the files were lost"


def shared_sentences(first, second):
    """Pairs of spans of the sentences that two versions share word for word."""
    spans = {tuple(words(second.body, span)): span for span in second.document.sentences}
    for span in first.document.sentences:
        other = spans.get(tuple(words(first.body, span)))
        if other:
            yield span, other


def in_sentence(version, sentence):
    """The statements whose cue is in a sentence, in words; content in other sentences is left out."""
    found = []
    for one in find_statements(version.document):
        if sentence.start <= one.cue.start < sentence.end:
            inside = [
                span for span in one.content if sentence.start <= span.start and span.end <= sentence.end
            ]
            source = words(version.body, one.source) if one.source else None
            found.append((source, words(version.body, one.cue), [words(version.body, s) for s in inside]))
    return found


def test_sentences_that_both_versions_share_hold_the_same_statements():
    story = read_story("north-korea-sanctions")
    first, second = story.versions.values()
    pairs = list(shared_sentences(first, second))
    assert len(pairs) > 8
    for one, other in pairs:
        assert in_sentence(first, one) == in_sentence(second, other)


def test_the_bundled_story():
    longer = read_story("north-korea-sanctions").versions["longer"]
    found = [(words(longer.body, one.source), one) for one in find_statements(longer.document)]
    by_paper = [one for source, one in found if source[-3:] == ["ruling", "communist", "party"]]
    assert [(one.quotation, len(one.quoted)) for one in by_paper] == [("mixed", 2)]
    it = [one for source, one in found if source == ["it"]]
    assert [(one.quotation, len(one.content)) for one in it] == [("direct", 1)]
    official = [
        one for source, one in found if source[-2:] == ["u.s.", "official"] and one.quotation == "direct"
    ]
    assert [len(one.content) for one in official] == [2, 2]
    assert ["power"] in [source for source, _ in found]
    assert ["beijing"] in [source for source, _ in found]


def test_no_statement_from_a_caption():
    short = read_story("north-korea-sanctions").versions["aol"]
    caption = short.text.index("20 PHOTOS"), short.text.index("HIDE CAPTION")
    for one in find_statements(short.document):
        assert not any(caption[0] <= span.start < caption[1] for span in one.content)


def test_kinds():
    kinds = {
        "The clerk said the files were lost.": "statement",
        "The clerk hopes the files will be found.": "position",
        "The clerk refused to look for the files.": "act",
        "The clerk denied the charge.": "act",
        "The clerk, asked again, was emphasizing patience.": "act",
        "The clerk promised to look for the files.": "statement",
        "The clerk would not say that the files were lost.": "act",
        "If the clerk says that the files are lost, the town must pay.": "act",
        "The mayor urged clerks to look for the files.": "statement",
        "The mayor called for “a little patience” on Monday.": "statement",
        "The report says the files were lost.": "document",
        "A survey in the north found that few people read the files.": "document",
        "The report, seen by two clerks, says the files were lost.": "document",
        "The decree bans clerks from the archive.": "document",
        "The clerk predicted a long search.": "statement",
        "The clerk expects a long search.": "position",
        "The clerk opposes the search.": "act",
        "The clerk accused the mayor of hiding the files.": "statement",
        "The clerk has heard that the files were lost.": "act",
        "The files are expected to turn up.": "act",
        "The files are said to be lost.": "position",
        "The clerks cannot say that the files were lost.": "act",
        "The panel found that the files were lost.": "statement",
        "Nobody is ready to look for the files.": "act",
        "It is likely that the files were lost.": "act",
    }
    assert {text: find_statements(text)[0].kind for text in kinds} == kinds


def test_class_and_lemma_of_the_cue():
    (statement,) = find_statements("The clerk pointed out that the files were lost.")
    assert (statement.cue_class, statement.lemma) == ("assertive", "point out")


def test_a_document_passes_through():
    text = "The clerk said the files were lost."
    assert find_statements(read(text)) == find_statements(text)


@given(st.text(alphabet="aB .,'’“”\"-\n", max_size=60))
def test_blanks_around_marks_keep_every_character_in_its_place(text):
    from benches.attribution import with_blanks

    spaced, places = with_blanks(text)
    assert len(spaced) == len(places)
    assert all(letter in (text[place], " ") for letter, place in zip(spaced, places, strict=True))
    assert "".join(spaced.split()) == "".join(text.split())


# --- quotation marks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "He said “it is late” and left.",
        'He said "it is late" and left.',
        "he said “ it is late ” and left .",
        'he said " it is late " and left .',
        "He said ``it is late'' and left.",
        "He said ‘it is late’ and left.",
    ],
)
def test_marks_of_one_quotation(text):
    doc = read(text)
    ((opened, closed, is_closed, _),) = find_quotations(doc)
    assert is_closed
    assert [token.norm for token in doc.tokens[opened + 1 : closed]] == ["it", "is", "late"]


def test_an_apostrophe_opens_no_quotation():
    assert find_quotations("The players’ union won’t meet the owners’ side.") == []


def test_an_open_quotation_ends_with_its_paragraph():
    text = "“No end to this.\n\nThe shop said it would open."
    (quotation,) = find_quotations(text)
    assert not quotation.closed
    assert words(text, find_statements(text)[-1].content[0]) == ["it", "would", "open"]


def test_a_closing_mark_alone_is_no_quotation():
    assert find_quotations("The shop will open,” it said.") == []


# --- the codebook and the forms of words ------------------------------------------------------------


def test_forms_of_verbs():
    forms = {form for base in ("deny", "argue", "admit", "stress") for form, _ in verb_forms(base)}
    assert {"denies", "denied", "denying", "argued", "arguing", "admitted", "admitting", "stresses"} <= forms
    assert dict(verb_forms("say", "said said")) == {
        "say": "base",
        "says": "s",
        "saying": "ing",
        "said": "past",
    }
    assert dict(verb_forms("write", "wrote written"))["written"] == "participle"


def test_every_reporting_verb_can_be_looked_up():
    book = tomllib.loads((ROOT / "data" / "codebooks" / "reporting.toml").read_text(encoding="utf-8"))
    known = lexicon().verbs
    groups = [group for group in book.values() if isinstance(group.get("verbs"), dict)]
    verbs = {phrase.split()[0] for group in groups for phrase in group["verbs"]}
    assert verbs
    assert {verb for verb in verbs if verb not in known} == set()
    assert {"neutral", "assertive", "tentative", "demanding"} <= set(book)


def test_a_faulty_codebook_names_the_place(tmp_path, monkeypatch):
    from copydesk.engine import toml_files
    from copydesk.engine.language import reporting_codebook

    folder = tmp_path / "codebooks"
    folder.mkdir()
    (folder / "reporting.toml").write_text(
        '[neutral]\nmeans = "m"\nkind = "statement"\nverbs = { say = "quote thta" }\n', encoding="utf-8"
    )
    monkeypatch.setenv("COPYDESK_DATA", str(tmp_path))
    toml_files.load.cache_clear()
    with pytest.raises(InputError, match="thta"):
        reporting_codebook.lexicon.__wrapped__()
    toml_files.load.cache_clear()


def test_noun_phrases():
    tokens = read("the head of the northern council said on Monday").tokens
    tags = tag_tokens(tokens)
    assert noun_phrase_start(tokens, tags, 5, 0) == 0
    assert noun_phrase_end(tokens, tags, 0, len(tokens)) == 6
    assert head_noun(tokens, tags, 5, 0) == 1


# --- properties -------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "''",
        "‘",
        "’",
        "'",
        ",",
        ".",
        "?",
        "\n",
        "\n\n",
        ":",
        "-",
        "—",
        "(",
        ")",
        " ",
        "said",
        "he",
        "she",
    ]
    + [
        "that",
        "the mayor",
        "according to",
        "to",
        "say",
        "told",
        "and",
        "which",
        "adding",
        "is expected",
        "plan",
    ]
    + ["it was late", "U.S.", "claims", "...", "’s", "\u00a0", "\r\n", "\ufeff", "𝒳", "is", "by", "as", "not"]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
)


@given(TEXTS)
def test_spans_are_valid_and_ordered(text):
    for statement in find_statements(text):
        spans = [span for span in (statement.source, statement.cue) if span]
        for span in (*spans, *statement.content, *statement.quoted):
            assert 0 <= span.start < span.end <= len(text)
        assert statement.content
        assert list(statement.content) == sorted(statement.content)
        assert statement.quotation in ("direct", "mixed", "indirect")
        assert statement.kind in ("statement", "position", "act", "document")
        assert bool(statement.quoted) == (statement.quotation != "indirect")
        assert text[slice(*statement.content[0])].strip()


@given(TEXTS)
def test_every_quoted_span_is_inside_the_content(text):
    for statement in find_statements(text):
        for quoted in statement.quoted:
            assert any(span.start <= quoted.start and quoted.end <= span.end for span in statement.content)


@given(TEXTS)
def test_quotations_are_apart_and_inside(text):
    doc = read(text)
    end = -1
    for quotation in find_quotations(doc):
        assert end < quotation.open < quotation.close <= len(doc.tokens)
        end = quotation.close - (not quotation.closed)


@given(TEXTS)
def test_case_decides_little(text):
    """Capital letters are not asked: where lower case leaves the tokens alone, it leaves the statements alone."""
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    if [t[:2] for t in read(lower).tokens] == [t[:2] for t in read(text).tokens] and (
        read(lower).sentences == read(text).sentences
    ):
        assert find_statements(lower) == find_statements(text)


class Counted(list):
    """A list that counts how often its items are read."""

    reads = 0

    def __getitem__(self, index):
        Counted.reads += 1
        return list.__getitem__(self, index)


@pytest.mark.parametrize(
    "piece",
    [
        "The mayor said that the bridge would open. ",
        '" “ ” ',
        "“ a ",
        "he said that ",
        "which said ",
        "to say ",
        "“a,” he said, adding “b.” ",
        "the man, ",
        "said, ",
    ],
)
def test_twice_the_text_is_twice_the_work(piece, monkeypatch):
    """Counted reads of tokens' classes and words, on ordinary text and on text made to be slow."""

    def counted(text):
        made = parse(text)
        return made._replace(norms=Counted(made.norms), tags=Counted(made.tags))

    monkeypatch.setattr("copydesk.engine.statements.parse", counted)
    reads = []
    for times in (800, 1600):
        Counted.reads = 0
        find_statements(piece * times)
        reads.append(Counted.reads)
    assert reads[1] < 2.5 * reads[0] + 1000


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "In Laketown, Ann Lind, Ole Dahl and Mia Berg said they would wait.",
            "Ann Lind, Ole Dahl and Mia Berg",
        ),
        ("Cory Hart, 22, of Laketown, Ohio, said he had not given up.", "Cory Hart, 22, of Laketown, Ohio"),
        (
            "Ole Lind, head of the Tide Office, TO, which runs the lock, yesterday said it would open.",
            "Ole Lind, head of the Tide Office, TO, which runs the lock",
        ),
        ("Noting the views of Oslo, Bergen and Moss, Ole Lind said he would wait.", "Ole Lind"),
        ("Wednesday on the BBC’s “Tides,” Ann Lind said if it rose it would be late.", "Ann Lind"),
        ("Polls in Lima, Cusco and Puno say it is late.", "Polls in Lima, Cusco and Puno"),
        ("“It is late,” she wrote on X. Her deputy, Ole Lind, said it was early.", "she"),
    ],
)
def test_who_of_several_names_is_the_source(text, source):
    assert source in [text[slice(*one.source)] for one in find_statements(text) if one.source]


@pytest.mark.parametrize(
    "text",
    [
        "The rent would fall if the court were to rule that it is void.",
        "The storm hit the yard, threatening 90 jobs.",
        "The mills added 90,000 jobs in May.",
        "She will claim the nomination in Ohio.",
        "He resigned as head of the club.",
        "The keeper would not say when the lock would open.",
        "That says much about the tide.",
        "The cold this week means that the pond is frozen.",
        "The past shows that tides turn.",
        "The damage suggests that the wall was weak.",
        "Norway agreed to wait.",
        "Mr Holt responded to a report that the club is considering a levy.",
        "The office answered quickly. It has not responded to claims that “all is lost”.",
        "The error for all four state polls was three points.",
        "All two report cards were lost.",
        "The clerk labeled “a fool” by his rivals won the seat.",
        "The team called “the pride of Lima” continues to lose.",
        "The guard will land by May with the assembly expected to back it.",
    ],
)
def test_what_nobody_has_said_counts_nowhere(text):
    assert {one.kind for one in find_statements(text)} <= {"act"}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("US officials said the lock was shut.", "US officials"),
        ("“It is late,” the US president said.", "the US president"),
        ("Theresa May said it was late.", "Theresa May"),
        ("WHO officials said it was safe.", "WHO officials"),
        ("Italy, the United States and Norway said it was late.", "Italy, the United States and Norway"),
        ("The captain of the U.S.S. Maine said it was late.", "The captain of the U.S.S. Maine"),
        ("Ann Lind, Harbour News: “It is late.”", "Ann Lind, Harbour News"),
        ("“It is late.” – Ann Lind", "Ann Lind"),
    ],
)
def test_names_are_found_before_cues(text, source):
    assert [text[slice(*one.source)] for one in find_statements(text)] == [source]


def test_a_paragraph_behind_a_quotation_does_not_say_it():
    text = "“It is late,” Hart wrote.  “Not much time!”\n\nHolm repeated the message."
    assert [text[slice(*one.source)] for one in find_statements(text) if one.quoted] == ["Hart"]


def test_a_comma_too_many_before_the_verb():
    (one,) = described("The weather office's forecaster Mia Holt, says the wind will drop.")
    assert one[:3] == (
        words("The weather office's forecaster Mia Holt"),
        ["says"],
        [words("the wind will drop")],
    )


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        # What stands behind a deed tells of the deed; what stands behind a thing, of when it was said.
        (
            "Chile accused the crew of sinking the ferry on May 3 at the behest of a rival.",
            ["the crew of sinking the ferry on May 3 at the behest of a rival"],
        ),
        (
            "The bank was accused of moving its money after the audit.",
            ["The bank", "of moving its money after the audit"],
        ),
        (
            "Norway called on the crews to show restraint and resolve the row.",
            ["the crews to show restraint and resolve the row"],
        ),
        ("The mayor praised the crew in an interview.", ["the crew"]),
        # What leads in another clause belongs to that clause.
        ("The club waits because, according to its captain, the pitch is wet.", ["the pitch is wet"]),
        ("The lake is full and, surveyors say, will not fall.", ["will not fall"]),
        ("Voters like her but, the poll showed, they do not trust her.", ["they do not trust her"]),
        # A quotation that goes on behind its cue.
        (
            "“The river is high,” Lind said in a note asking for help, “and it will rise.”",
            ["The river is high,", "and it will rise."],
        ),
        (
            "“Many are worried,” Holt wrote in a letter explaining why she left, “but most will stay.”",
            ["Many are worried,", "but most will stay."],
        ),
        ("“We are ready,” Lind said, adding that he had bread, “and we will stay.”", ["that he had bread"]),
        # What is told in the present is no longer what was said.
        (
            "The mayor said the claims were false, but there are calls for her to go.",
            ["the claims were false"],
        ),
        ("The bank said it had enough cash but analysts say it needs more.", ["it had enough cash"]),
        ("The coach said the team was late, but was glad.", ["the team was late, but was glad"]),
        ("Residents' fears about the dam are as old as the wall.", ["the dam"]),
        ("The firm said family-friendly hours would stay.", ["family-friendly hours would stay"]),
    ],
)
def test_where_a_content_begins_and_ends(text, contents):
    found = [[text[slice(*span)] for span in one.content] for one in find_statements(text)]
    assert contents in found, found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Those surveyed said the road was bad.", "Those surveyed"),
        ("Most of those polled said they would vote.", "those polled"),
        ("“It was dark,” the radio quoted one witness as saying.", "one witness"),
        ("It was “a dark day,” the Lake Post quoted Mr Lind as saying on Monday.", "Mr Lind"),
        ("It is told at length: “We wait,” she said.", "she"),
        ("Westpond's David Lord says today's strike is wrong.", "Westpond's David Lord"),
        ("The union says tomorrow's will be longer.", "The union"),
        ("The latest figures show that prices fell.", "The latest figures"),
        (
            "A statement issued by the Lind holding companies Nord and Syd said the sale was off.",
            "A statement issued by the Lind holding companies Nord and Syd",
        ),
        ("The army, which during the day said it had left, was back.", "which"),
        ("The bank has warned continued growth in Chile is dependent on rain.", "The bank"),
        ("“It was low.” Chile finished the day at 6. The clerk said it was late.", "The clerk"),
    ],
)
def test_who_is_heard_where_others_are_named(text, source):
    (one,) = (one for one in find_statements(text) if one.kind != "act")
    assert text[slice(*one.source)] == source
