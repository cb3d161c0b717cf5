"""The activity report: what took place, who came, and what was achieved."""
