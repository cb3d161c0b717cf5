"""Pages about actors, contacts and follow-ups."""

from django.urls import path

from actors.views import (
    actors,
    attention,
    concern_letters,
    concern_lists,
    concerns,
    contacts,
    follow_ups,
    groups,
    options,
    quick_notes,
    ties,
)

app_name = "actors"
urlpatterns = [
    path("", actors.ActorListView.as_view(), name="actor_list"),
    path("new/", actors.ActorCreateView.as_view(), name="actor_create"),
    path("options/", options.actor_options, name="actor_options"),
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
    path("quiet/", attention.QuietListView.as_view(), name="quiet_list"),
    path("known-to-one/", attention.KnownToOneListView.as_view(), name="known_to_one_list"),
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
    path("contacts/", contacts.ContactListView.as_view(), name="contact_list"),
    path("contacts/new/", contacts.ContactCreateView.as_view(), name="contact_create"),
    path("contacts/new/actors/", contacts.contact_new_actors, name="contact_new_actors"),
    path("contacts/note/dialog/", quick_notes.quick_note, name="quick_note"),
    path("contacts/note/parse/", quick_notes.quick_note_parse, name="quick_note_parse"),
    path("contacts/note/", quick_notes.quick_note_save, name="quick_note_save"),
    path("contacts/note/token/", quick_notes.quick_note_token, name="quick_note_token"),
    path("contacts/undo/<str:token>/", quick_notes.contact_undo, name="contact_undo"),
    path("contacts/<int:pk>/", contacts.ContactDetailView.as_view(), name="contact_detail"),
    path("contacts/<int:pk>/edit/", contacts.ContactUpdateView.as_view(), name="contact_update"),
    path("contacts/<int:pk>/delete/", contacts.ContactDeleteView.as_view(), name="contact_delete"),
    path("concerns/", concern_lists.ConcernListView.as_view(), name="concern_list"),
    path("concerns/departments/", concern_lists.ConcernDepartmentsView.as_view(), name="concern_departments"),
    path("concerns/new/", concerns.ConcernCreateView.as_view(), name="concern_create"),
    path("concerns/<int:pk>/", concerns.ConcernDetailView.as_view(), name="concern_detail"),
    path("concerns/<int:pk>/edit/", concerns.ConcernUpdateView.as_view(), name="concern_update"),
    path("concerns/<int:pk>/delete/", concerns.ConcernDeleteView.as_view(), name="concern_delete"),
    path("concerns/<int:pk>/move/<slug:to>/", concerns.ConcernMoveView.as_view(), name="concern_move"),
    path("concerns/<int:pk>/told/", concerns.ConcernToldView.as_view(), name="concern_told"),
    path("concerns/<int:pk>/remind/", concerns.concern_remind, name="concern_remind"),
    path("concerns/<int:pk>/letter/", concern_letters.concern_letter_page, name="concern_letter"),
    path("<int:pk>/concerns/", concern_lists.actor_concerns, name="actor_concerns"),
    path("follow-ups/", follow_ups.FollowUpListView.as_view(), name="follow_up_list"),
    path("follow-ups/new/", follow_ups.FollowUpCreateView.as_view(), name="follow_up_create"),
    path("follow-ups/<int:pk>/", follow_ups.FollowUpUpdateView.as_view(), name="follow_up_update"),
    path("follow-ups/<int:pk>/delete/", follow_ups.FollowUpDeleteView.as_view(), name="follow_up_delete"),
    path("follow-ups/<int:pk>/done/", follow_ups.follow_up_done, name="follow_up_done"),
    path("follow-ups/<int:pk>/reopen/", follow_ups.follow_up_reopen, name="follow_up_reopen"),
    path("follow-ups/<int:pk>/move/<str:day>/", follow_ups.follow_up_move, name="follow_up_move"),
]
