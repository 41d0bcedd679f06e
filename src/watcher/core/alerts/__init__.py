"""Whether somebody is told, who, and when."""
