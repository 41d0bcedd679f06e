"""Where the news comes from: which feeds there are, when each is polled next, and how it fares."""
