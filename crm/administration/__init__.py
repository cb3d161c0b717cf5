"""What management looks after: accounts, vocabularies, imports."""
