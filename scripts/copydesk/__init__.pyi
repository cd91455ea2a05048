"""The names that the package gives, as a type checker and an editor read them; a test compares them with it."""

from copydesk import corpus as corpus
from copydesk import stories as stories
from copydesk.engine import alignment as alignment
from copydesk.engine import boilerplate as boilerplate
from copydesk.engine import measures as measures
from copydesk.engine import speakers as speakers
from copydesk.engine import stance as stance
from copydesk.engine import statements as statements
from copydesk.engine import text as text
from copydesk.engine.alignment import align_sentences as align_sentences
from copydesk.engine.spans import Span as Span
from copydesk.engine.statements import find_statements as find_statements
from copydesk.engine.text import read as read
from copydesk.engine.text import split_sentences as split_sentences
from copydesk.errors import InputError as InputError
from copydesk.pages.corpus_page import open_corpus_page as open_corpus_page
from copydesk.pages.interactive import controls as controls
from copydesk.pages.interactive.bringing import bring as bring
from copydesk.pages.interactive.explorer import explore as explore
from copydesk.pages.story_page import open_page as open_page
from copydesk.show import charts as charts
from copydesk.show import marked_text as marked_text
from copydesk.show import sentences as sentences
from copydesk.show import tables as tables
from copydesk.stories import coding as coding
from copydesk.stories import comparison as revisions  # noqa: F401 (given under another name)
from copydesk.stories import readability as readability
from copydesk.stories import resolved as resolved
from copydesk.stories import statistics as statistics
from copydesk.stories.comparison import compare_versions as compare_versions
from copydesk.stories.outcome import outcome_table as outcome_table
from copydesk.stories.story import read_story as read_story
from copydesk.stories.tables import find_measures as find_measures
from copydesk.stories.tables import markers_table as markers_table
from copydesk.stories.tables import measures_glossary as measures_glossary
from copydesk.stories.tables import measures_table as measures_table
from copydesk.stories.tables import statements_table as statements_table
from copydesk.stories.tables import suggest_stances as suggest_stances
from copydesk.stories.tables import vader_table as vader_table

__version__: str
