"""The parts of the page on which trainees practise and trainers make exercises and see results."""
