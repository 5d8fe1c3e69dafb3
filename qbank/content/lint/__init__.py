"""Item-writing checks: pure functions from questions to what may be wrong with them."""
