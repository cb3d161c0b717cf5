"""What several reports stand on: the register in a period, counts, links, and the chapters they share."""
