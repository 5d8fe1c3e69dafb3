"""Foreign and native question files as drafts: no printing, no database."""
