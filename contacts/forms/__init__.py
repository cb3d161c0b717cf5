"""Forms of contacts, concerns and follow-ups."""
