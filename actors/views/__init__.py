"""Pages about actors, their ties, contacts and follow-ups."""
