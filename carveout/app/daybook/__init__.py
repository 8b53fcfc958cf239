"""Writing a day down in the browser: the outbox that loses nothing, the day sheet, and their Python sides."""
