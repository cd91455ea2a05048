"""The names that `copydesk.corpus` gives, as a type checker and an editor read them."""

from copydesk.corpus import sentences as sentences
from copydesk.corpus.fates import by_third as by_third
from copydesk.corpus.fates import changed_share as changed_share
from copydesk.corpus.fates import means_by as means_by
from copydesk.corpus.fates import measure_fates as measure_fates
from copydesk.corpus.fates import outcomes as outcomes
from copydesk.corpus.fates import statement_fates as statement_fates
from copydesk.corpus.readers import export_story as export_story
from copydesk.corpus.run import run_corpus as run_corpus
from copydesk.corpus.store import Run as Run
from copydesk.corpus.story_rows import Options as Options
from copydesk.corpus.truth import has_truth as has_truth
from copydesk.corpus.truth import score_against_truth as score_against_truth
