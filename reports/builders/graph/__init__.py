"""What the network explorer shows: the question, the view of the register it leads to, data and figures."""
