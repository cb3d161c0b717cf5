"""Pages about actors, their ties and groups."""

from django.urls import path

from actors.views import actors, consents, groups, options, ties
from core.record_views import record_urls

app_name = "actors"
urlpatterns = [
    path("", actors.ActorListView.as_view(), name="actor_list"),
    path("new/", actors.ActorCreateView.as_view(), name="actor_create"),
    path("options/", options.actor_options, name="actor_options"),
    path("options/new/", options.new_actors, name="new_actors"),
    path("<int:pk>/", actors.ActorDetailView.as_view(), name="actor_detail"),
    path("<int:pk>/relations/", actors.ActorRelationsView.as_view(), name="actor_relations"),
    path("<int:pk>/edit/", actors.ActorUpdateView.as_view(), name="actor_update"),
    path("<int:pk>/delete/", actors.ActorDeleteView.as_view(), name="actor_delete"),
    path("<int:actor>/relations/new/", ties.RelationCreateView.as_view(), name="relation_create"),
    path("<int:actor>/relations/<int:pk>/", ties.RelationUpdateView.as_view(), name="relation_update"),
    path("<int:actor>/relations/<int:pk>/delete/", ties.RelationDeleteView.as_view(), name="relation_delete"),
    path("<int:actor>/affiliations/new/", ties.AffiliationCreateView.as_view(), name="affiliation_create"),
    path(
        "<int:actor>/affiliations/<int:pk>/", ties.AffiliationUpdateView.as_view(), name="affiliation_update"
    ),
    path(
        "<int:actor>/affiliations/<int:pk>/delete/",
        ties.AffiliationDeleteView.as_view(),
        name="affiliation_delete",
    ),
    path("<int:actor>/former-names/new/", ties.FormerNameCreateView.as_view(), name="former_name_create"),
    path(
        "<int:actor>/former-names/<int:pk>/", ties.FormerNameUpdateView.as_view(), name="former_name_update"
    ),
    path(
        "<int:actor>/former-names/<int:pk>/delete/",
        ties.FormerNameDeleteView.as_view(),
        name="former_name_delete",
    ),
    path("<int:actor>/programmes/new/", ties.DependencyCreateView.as_view(), name="dependency_create"),
    path("<int:actor>/programmes/<int:pk>/", ties.DependencyUpdateView.as_view(), name="dependency_update"),
    path(
        "<int:actor>/programmes/<int:pk>/delete/",
        ties.DependencyDeleteView.as_view(),
        name="dependency_delete",
    ),
    *record_urls("consents/", consents.CONSENTS),
    path("consents/<int:pk>/withdraw/", consents.ConsentWithdrawView.as_view(), name="consent_withdraw"),
    path("groups/", groups.GroupListView.as_view(), name="group_list"),
    path("groups/new/", groups.GroupCreateView.as_view(), name="group_create"),
    path("groups/from-selection/", groups.group_from_selection, name="group_from_selection"),
    path("groups/<int:pk>/", groups.GroupDetailView.as_view(), name="group_detail"),
    path("groups/<int:pk>/edit/", groups.GroupUpdateView.as_view(), name="group_update"),
    path("groups/<int:pk>/delete/", groups.GroupDeleteView.as_view(), name="group_delete"),
    path("groups/<int:pk>/members/add/", groups.group_members_add, name="group_members_add"),
    path(
        "groups/<int:pk>/members/<int:actor>/remove/", groups.group_member_remove, name="group_member_remove"
    ),
]
