"""The block engine: what may happen in a timed block, as functions over values."""
