"""Which articles tell of one event, and what all of them together know of its votes."""
