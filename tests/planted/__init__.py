"""Workdays generated with planted truth, and the score of an analysis against it."""
