"""Parts of the page that follows openings up: the list, one opening, whom to contact, and the counts."""
