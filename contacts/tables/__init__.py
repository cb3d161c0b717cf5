"""Tables of contacts, concerns, follow-ups and of who needs attention."""
