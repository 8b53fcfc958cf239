"""The parts of the page of records: sites, days, tasks, history, files in and out, people and their rights."""
