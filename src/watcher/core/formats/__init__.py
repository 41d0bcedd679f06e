"""From bytes to entries and texts: feeds, files, pages. Nothing is fetched here, and nothing believed."""
