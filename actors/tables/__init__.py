"""Tables of actors, groups and consents."""
