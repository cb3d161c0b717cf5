"""Pages on which management looks after accounts; apart from ``urls.py`` because they have a namespace."""

from django.urls import path

from core.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.UserListView.as_view(), name="user_list"),
    path("new/", views.UserCreateView.as_view(), name="user_create"),
    path("<int:pk>/", views.UserUpdateView.as_view(), name="user_update"),
]
