"""Files of other programs: what they hold becomes workdays, and workdays become such files again."""
