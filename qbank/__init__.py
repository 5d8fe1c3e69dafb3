"""qbank: timed practice-question blocks for a terminal."""

__version__ = "0.1.0"
