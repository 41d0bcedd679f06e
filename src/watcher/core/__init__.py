"""Decisions as functions of values: no I/O, no clock, no logging. Time is always an argument."""
