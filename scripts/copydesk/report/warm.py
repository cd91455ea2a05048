"""What a kernel imports while it waits for its first notebook; imported for that alone."""

import gc

import matplotlib.figure  # noqa: F401
import pandas  # noqa: F401

import copydesk.pages.story_page
import copydesk.show.charts.chart
import copydesk.show.versions
import copydesk.stories.comparison
import copydesk.stories.resolved  # noqa: F401
from copydesk.engine import light_imports

light_imports.nltk()
# What was imported stays: a collection that looks through all of it each time finds nothing.
gc.freeze()
