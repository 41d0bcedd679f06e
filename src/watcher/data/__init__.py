"""Tables that the program reads: countries, entities, the words of votes and developments."""
