"""Pages about actors, contacts and follow-ups."""

app_name = "actors"
urlpatterns: list = []
