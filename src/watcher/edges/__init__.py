"""The outside world, one door for each thing. Doors never import one another."""
