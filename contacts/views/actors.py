"""What the log adds to the pages of actors: drawn pieces for the page, and what stands against deleting."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

import actors.views.actors
from actors.models import Actor
from contacts.models import Contact, FollowUp
from contacts.models.attention import attention_of
from contacts.views.follow_ups import follow_up_tools
from core.roles import can
from core.viewers import SignedIn, SignedInRequest

MOST_BANNERS = 3


def open_follow_ups(actor: Actor, *, user: SignedIn) -> QuerySet:
    """Return what is still to be done about ``actor`` or a contact with it."""
    about = Q(actor=actor) | Q(contact__in=Contact.objects.visible_to(user).filter(actors=actor))
    follow_ups: QuerySet = (
        FollowUp.objects.visible_to(user)
        .open()
        .filter(about)
        .select_related("assignee", "contact", "concern", "point", "actor")
        .order_by("due", "pk")
    )
    return follow_ups


def follow_up_banners(request: SignedInRequest, actor: Actor) -> SafeString:
    """Draw the first follow-ups above the page of an actor."""
    user = request.user
    follow_ups = list(open_follow_ups(actor, user=user))
    context = {
        "actor": actor,
        "follow_ups": follow_ups[:MOST_BANNERS],
        "more_follow_ups": len(follow_ups[MOST_BANNERS:]),
        **follow_up_tools(user),
    }
    return render_to_string("contacts/actor_follow_ups.html", context, request)


def next_contact(request: SignedInRequest, actor: Actor) -> SafeString:
    """Draw when somebody should talk to an actor again, among its facts."""
    attention = attention_of([actor], user=request.user, today=timezone.localdate()).get(actor.pk)
    return render_to_string("contacts/actor_next_contact.html", {"attention": attention}, request)


def log_contact_button(request: SignedInRequest, actor: Actor) -> SafeString:
    """Draw the button that logs a contact with an actor."""
    context = {"actor": actor, "may_log": can(request.user, "add", Contact)}
    return render_to_string("contacts/actor_log_contact.html", context, request)


def plan_follow_up_entry(request: SignedInRequest, actor: Actor) -> SafeString:
    """Draw the entry of the menu that plans a follow-up about an actor."""
    return render_to_string("contacts/actor_plan_follow_up.html", {"actor": actor}, request)


def overdue_follow_ups(request: SignedInRequest, _record: None) -> SafeString:
    """Draw how many follow-ups are overdue, beside the number of actors."""
    overdue = FollowUp.objects.visible_to(request.user).open().filter(due__lt=timezone.localdate())
    return render_to_string("contacts/actor_list_overdue.html", {"overdue": overdue.count()}, request)


class ActorDeleteView(actors.views.actors.ActorDeleteView):
    """Delete an actor that no contact needs either: one that is with it alone would be with nobody."""

    template_name = "contacts/actor_confirm_delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        if contacts_of_its_own(self.object).exists():
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own_contacts = contacts_of_its_own(self.object).count()
        shared_contacts = self.object.contacts.count() - own_contacts
        context = {"own_contacts": own_contacts, "shared_contacts": shared_contacts}
        if own_contacts:
            context["is_protected"] = True
        return super().get_context_data(**{**context, **kwargs})


def contacts_of_its_own(actor: Actor) -> QuerySet:
    """Return the contacts that would be left without any actor."""
    others = Contact.actors.through.objects.exclude(actor=actor).values("contact")
    return Contact.objects.filter(actors=actor).exclude(pk__in=others)
