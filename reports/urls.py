"""Pages of reports and of the network explorer."""

app_name = "reports"
urlpatterns: list = []
