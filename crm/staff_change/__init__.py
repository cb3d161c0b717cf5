"""Handing over work: the page of management on which a colleague's work goes to others, and its API."""
