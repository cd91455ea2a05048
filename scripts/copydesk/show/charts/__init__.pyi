"""The names that `copydesk.show.charts` gives, as a type checker and an editor read them."""

from copydesk.show.charts.chart import Chart as Chart
from copydesk.show.charts.corpus import change_histogram as change_histogram
from copydesk.show.charts.corpus import fates_by_kind as fates_by_kind
from copydesk.show.charts.corpus import gains_and_losses as gains_and_losses
from copydesk.show.charts.corpus import interval_dots as interval_dots
from copydesk.show.charts.lives import sentence_lives as sentence_lives
from copydesk.show.charts.markers import marker_dots as marker_dots
from copydesk.show.charts.matrix import similarity_matrix as similarity_matrix
from copydesk.show.charts.palette import theme as theme
from copydesk.show.charts.positions import change_positions as change_positions
from copydesk.show.charts.ribbons import revision_ribbons as revision_ribbons
from copydesk.show.charts.stance import stance_lanes as stance_lanes
from copydesk.show.charts.strip import voice_strip as voice_strip
from copydesk.show.charts.titles import voices_alone_title as voices_alone_title
from copydesk.show.charts.voices import voice_words as voice_words
