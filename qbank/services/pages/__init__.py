"""Statistics as pages: of each question its sentences, pictures and tables, from the figures."""
