"""Pages of the contact log."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from contacts.filtersets import ContactFilterSet
from contacts.forms.contacts import ContactForm
from contacts.models import Concern, Contact, DiscussionPoint, FollowUp, IncomingEmail
from contacts.services.note_reading import QuickNote
from contacts.tables.contacts import ContactTable
from contacts.views.emails import email_of
from contacts.views.follow_ups import follow_up_tools
from contacts.views.quick_notes import note_logged, recording_contact, sent_data
from core.roles import can
from core.stored_once import sent_key
from core.viewers import SignedIn
from core.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordDetailView,
    RecordListView,
    RecordUpdateView,
    address_to_return,
)


def with_actors(contacts: QuerySet, user: SignedIn) -> QuerySet:
    """Fetch along who was involved, as far as ``user`` sees them.

    Nothing is joined: the database then reads contacts in the order of their days and stops after a page.
    """
    seen = Actor.objects.visible_to(user).select_related("actor_type")
    open_ones = FollowUp.objects.visible_to(user).open()
    points = DiscussionPoint.objects.prefetch_related(Prefetch("follow_ups", open_ones, to_attr="open_ones"))
    return contacts.prefetch_related(
        "channel", "staff", Prefetch("actors", seen), "topics", Prefetch("points", points)
    )


class ContactListView(RecordListView):
    """The contact log."""

    model = Contact
    filterset_class = ContactFilterSet
    table_class = ContactTable
    title = _("Contacts")
    create_url_name = "contacts:contact_create"
    help_text = _("Every talk, call and letter that was logged. The key n logs a new one from any page.")
    empty_title = _("No contacts yet")
    empty_text = _("Log the first talk: actor, a sentence, done.")
    template_name = "contacts/contact_list.html"

    def get_queryset(self) -> QuerySet:
        return with_actors(super().get_queryset(), self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "create_label": _("Log a contact"),
            "may_see_emails": can(self.request.user, "view", IncomingEmail),
        }
        return super().get_context_data(**{**context, **kwargs})


class ContactDetailView(RecordDetailView):
    """One contact with what follows from it."""

    model = Contact
    template_name = "contacts/contact_detail.html"

    def get_queryset(self) -> QuerySet:
        return with_actors(super().get_queryset(), self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = FollowUp.objects.visible_to(self.request.user)
        follow_ups = seen.filter(contact=self.object, point__isnull=True)
        return super().get_context_data(
            **{
                "actors": list(self.object.actors.all()),
                "follow_ups": follow_ups.select_related("assignee", "done_by"),
                "points": points_of(self.object, self.request.user),
                "may_record_concern": can(self.request.user, "add", Concern),
                "concerns": concerns_of(self.object, self.request.user),
                **follow_up_tools(self.request.user),
                **email_of(self.object, self.request.user),
                **kwargs,
            }
        )


def points_of(contact: Contact, user: SignedIn) -> list[DiscussionPoint]:
    """Return the points of a contact, each with the follow-ups that ``user`` sees."""
    follow_ups = FollowUp.objects.visible_to(user).select_related("assignee")
    points = DiscussionPoint.objects.visible_to(user).filter(contact=contact).select_related("topic")
    return list(points.prefetch_related(Prefetch("follow_ups", follow_ups, to_attr="seen_follow_ups")))


def concerns_of(contact: Contact, user: SignedIn) -> list[Concern]:
    """Return the concerns that came up in a contact, as far as ``user`` sees them."""
    seen = Concern.objects.visible_to(user).filter(contact=contact)
    return list(seen.select_related("status")) if can(user, "view", Concern) else []


class ContactFormMixin:
    """What logging and correcting a contact share."""

    model = Contact
    form_class = ContactForm
    template_name = "contacts/contact_form.html"
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = address_to_return(self.request, self.get_cancel_url())
        return super().get_context_data(**{"cancel_url": cancel_url, **kwargs})

    def get_cancel_url(self) -> str:
        return reverse("contacts:contact_list")


class ContactCreateView(ContactFormMixin, RecordCreateView):
    """Log a contact; ``?actor=`` presets with whom."""

    title = _("Log a contact")
    note: QuickNote | None = None
    success_message = _("The contact was logged.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log the contact, or take over what was begun in the quick note (``from_note``)."""
        if "from_note" in self.request.POST:
            self.note, self.draft_key = (
                QuickNote(sent_data(self.request), user=self.request.user),
                sent_key(self.request),
            )
            if self.note.too_many:
                messages.warning(self.request, self.note.too_many)
            return self.get(self.request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        if self.note is None:
            return super().get_form(form_class)
        return ContactForm(initial=self.note.carried_over(), user=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        with recording_contact(self.request.user, key=sent_key(self.request)) as recorder:
            self.object = self.store(form)
            note_logged(recorder, self.object, form.created)
        messages.success(self.request, self.success_message, extra_tags=recorder.address)
        if "_addanother" in self.request.POST:
            return HttpResponseRedirect(self.request.get_full_path())
        return HttpResponseRedirect(self.get_success_url())

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("actor", "")
        if not key.isdecimal() or len(key) > 18:
            return {}
        known = Actor.objects.visible_to(self.request.user).filter(pk=key)
        return {"actors": list(known.values_list("pk", flat=True))}

    def get_cancel_url(self) -> str:
        preset = self.get_initial().get("actors")
        return reverse("actors:actor_detail", args=preset) if preset else super().get_cancel_url()

    def get_success_url(self) -> str:
        first: Any = self.object.actors.first()
        return address_to_return(self.request, first.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = self.request.POST.get("_draft", "") if self.note else ""
        return super().get_context_data(**{"another": True, "draft_token": token, **kwargs})


class ContactUpdateView(ContactFormMixin, RecordUpdateView):
    """Correct a contact."""

    title = _("Edit contact")

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()

    def get_success_url(self) -> str:
        return address_to_return(self.request, self.object.get_absolute_url())


class ContactDeleteView(RecordDeleteView):
    """Delete a contact with its follow-ups."""

    model = Contact
    success_url_name = "contacts:contact_list"
