"""What is said and shown of a store's figures, in words, for every front."""
