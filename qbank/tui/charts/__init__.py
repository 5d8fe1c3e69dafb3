"""Charts as rows of runs, for a terminal: pure, every row exactly as wide as asked for."""
