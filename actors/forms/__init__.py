"""Forms of actors, their ties, consents and groups."""
