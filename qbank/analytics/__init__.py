"""What the figures mean: pure functions over the attempts of closed blocks, one file a question."""
