"""Figures, printed as ratios of one run; nothing here is a test and none asserts a time."""
