"""The start page: my day at a glance, the week in figures, and what nobody has touched."""
