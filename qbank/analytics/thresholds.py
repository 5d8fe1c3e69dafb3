"""Least data and limits, in one place: below them a figure is not yet (METRICS 0.5 and 0.6)."""

FRESH_SHARE = 0.90
"""Of a block's questions, for pace to be compared."""
AWAY_SHARE = 0.05
"""Of a block's clock with the window hidden: from here on the block is not compared."""
STEADY_SHARE = 0.90
"""Of the answers to fresh questions that are not very quick (response-time effort)."""

STARTING_BLOCKS = 3
"""Of a class: they set the starting mark and nothing can be beaten."""
USUAL_BLOCKS = 5
"""The last blocks of which a learner's usual is the mean."""
LEAST_GAIN = 0.01
"""Of the reference's word-adjusted pace, for a block to count as faster."""
TIED_MS = 1_000
"""A best by less than this, or by less than `LEAST_GAIN`, is a tie."""
RESERVE_SHARE = 0.10
"""Of the limit in hand: from here on more speed earns nothing."""

TOPIC_ANSWERS = 5
QUARTER_BLOCKS = 5
QUARTER_ANSWERS = 25
QUARTERED_SIZE = 8
"""Least questions in a block that is cut into quarters."""
DAY_BLOCKS = 3
"""Least blocks on a day that is cut into thirds."""
BAND_ITEMS = 60
BAND_CELL = 8
LONG_ITEMS = 10
"""Long answers before their return is judged."""
PERSONAL_ITEMS = 150
"""Answers before the point from which an answer is long is one's own."""
SLOPE_ITEMS = 100
"""Fresh answers before the weight of words is fitted to the learner."""
RIGHT_WRONG_ITEMS = 10
NEXT_STEP_ANSWERS = 30
"""Of each of the two groups compared."""
FINDING_LEVEL = 0.995
"""Of the interval that a finding has to clear to be the one thing: it is chosen out of several,
evening after evening: at .95 each was wrong for a steady learner in ten at some time."""
BLANK_BLOCKS = 2
"""Of the last ten with a blank, before blanks are a habit and not an accident."""
TREND_BLOCKS = 8
TREND_WINDOW = 200
BALANCE_BLOCKS = 5
BALANCE_WINDOW = 10
SURENESS_ANSWERS = 20
"""At each level of sureness."""
CODED_ANSWERS = 15
"""Answers with a code, not right, before the choice is held against the offer."""
CLUSTER_BLOCKS = 3
"""With more blocks than this on either side, answers are drawn by block and not one by one."""
EXPECTED_SHARE = 0.80
"""Of the questions with a known share right, for accuracy against expectation."""
