"""Use cases: the only layer that combines store, engine and clock. Importing it imports nothing."""
