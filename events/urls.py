"""Pages about events, series and participation."""

app_name = "events"
urlpatterns: list = []
