"""The report about concerns: how many, how long they take, what about, and with whom they lie."""
