"""Pages of one concern: what it is about, its history, and the steps it takes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from actors.models import Actor
from contacts.forms.concerns import (
    ConcernForm,
    ConcernMoveForm,
    ConcernToldForm,
    ReminderForm,
    next_statuses,
    status_symbol,
)
from contacts.models import Concern, ConcernStatus, ConcernStep, Contact, FollowUp
from contacts.services.concerns import plan_reminder
from contacts.tables.concerns import light_mark
from contacts.views.concern_lists import with_names
from contacts.views.follow_ups import follow_up_tools
from core.roles import can
from core.selection import key_in
from core.stored_once import sent_key, stored_once
from core.viewers import SignedIn, SignedInRequest
from core.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordDetailView,
    RecordUpdateView,
    address_to_return,
)


class ConcernDetailView(RecordDetailView):
    """One concern: what it is about, what happened, and what can be done next."""

    model = Concern
    template_name = "contacts/concern_detail.html"

    def get_queryset(self) -> QuerySet:
        return with_names(super().get_queryset()).select_related("contact")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        concern, user, today = self.object, self.request.user, timezone.localdate()
        follow_ups = FollowUp.objects.visible_to(user).filter(concern=concern)
        return super().get_context_data(
            **{
                "concern": concern,
                "light": light_mark(concern.light(today)),
                "days_open": concern.days_open(today),
                "days_taken": concern.days_taken(),
                "has_ended_department": concern.has_ended_department(today),
                "steps": steps_of(concern),
                "moves": move_forms(concern, user),
                "told_form": ConcernToldForm(instance=concern, user=user, auto_id="told_%s"),
                "reminder_form": ReminderForm(user=user, auto_id="reminder_%s"),
                "follow_ups": follow_ups.select_related("assignee", "done_by"),
                **follow_up_tools(user),
                **kwargs,
            }
        )


def steps_of(concern: Concern) -> list[tuple[ConcernStep, str]]:
    """Return the steps of a concern, the first one first, with their icons."""
    rows = concern.steps.select_related("from_status", "to_status", "by", "forwarded_to")
    return [(step, status_symbol(step.to_status)) for step in rows]


def move_forms(concern: Concern, user: SignedIn) -> list[ConcernMoveForm]:
    """Return an empty form for each step that is possible now."""
    return [
        ConcernMoveForm(instance=concern, user=user, to=to, auto_id=f"{to.code}_%s")
        for to in next_statuses(concern)
    ]


class ConcernFormMixin:
    """What recording and correcting a concern share."""

    model = Concern
    form_class = ConcernForm
    template_name = "contacts/concern_form.html"
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = address_to_return(self.request, self.get_cancel_url())
        return super().get_context_data(**{"cancel_url": cancel_url, **kwargs})

    def get_cancel_url(self) -> str:
        return reverse("contacts:concern_list")


class ConcernCreateView(ConcernFormMixin, RecordCreateView):
    """Record a concern; ``?contact=`` and ``?raised_by=`` preset where it came from."""

    title = _("Record a concern")
    success_message = _("The concern was recorded.")

    @cached_property
    def contact(self) -> Contact | None:
        """The contact in which the concern came up."""
        key = key_in(self.request.GET.get("contact", ""))
        return Contact.objects.visible_to(self.request.user).filter(pk=key).first() if key else None

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        if self.contact is not None:
            initial = _out_of_contact(self.contact, self.request.user)
        key = key_in(self.request.GET.get("raised_by", ""))
        if key and Actor.objects.visible_to(self.request.user).filter(pk=key).exists():
            initial["raised_by"] = key
        return initial

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.instance.contact = self.contact
        return form

    def get_cancel_url(self) -> str:
        return self.contact.get_absolute_url() if self.contact else super().get_cancel_url()

    def get_success_url(self) -> str:
        return address_to_return(self.request, self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"source": self.contact, **kwargs})


def _out_of_contact(contact: Contact, user: SignedIn) -> dict[str, Any]:
    """Return what a contact tells about the concern that came up in it."""
    actors = list(Actor.objects.visible_to(user).filter(contacts=contact)[:2])
    topics = list(contact.topics.all()[:2])
    return {
        "text": contact.note or contact.subject,
        "raised_on": contact.date,
        "raised_by": actors[0].pk if len(actors) == 1 else None,
        "topic": topics[0].pk if len(topics) == 1 else None,
    }


class ConcernUpdateView(ConcernFormMixin, RecordUpdateView):
    """Correct what was recorded."""

    title = _("Edit concern")

    def get_cancel_url(self) -> str:
        return self.object.get_absolute_url()


class ConcernDeleteView(RecordDeleteView):
    """Delete a concern with its steps and follow-ups."""

    model = Concern
    success_url_name = "contacts:concern_list"


class ConcernMoveView(RecordUpdateView):
    """One step: forward, answer received, done and so on."""

    model = Concern
    form_class = ConcernMoveForm
    template_name = "contacts/concern_step.html"
    success_message = _("The step was written down.")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("status", "kind")

    def get_form_kwargs(self) -> dict[str, Any]:
        self.to = get_object_or_404(ConcernStatus.objects.in_use(), code=self.kwargs["to"])
        return {**super().get_form_kwargs(), "to": self.to}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        around = {"title": context["form"].label, "cancel_url": self.object.get_absolute_url()}
        return {**context, **around}


class ConcernToldView(RecordUpdateView):
    """Remember that the resident was told."""

    model = Concern
    form_class = ConcernToldForm
    template_name = "contacts/concern_step.html"
    title = _("Resident told")
    success_message = _("The day was written down.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.object.get_absolute_url(), **kwargs})


@require_POST
@stored_once
def concern_remind(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Plan to come back to a concern."""
    concern = concern_to_change(request, pk)
    form = ReminderForm(request.POST, user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                plan_reminder(concern=concern, due=data["due"], assignee=data["assignee"], text=data["text"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, gettext("The reminder is planned."))
            return HttpResponseRedirect(concern.get_absolute_url())
    context = {
        "form": form,
        "title": gettext("Remind"),
        "object": concern,
        "cancel_url": concern.get_absolute_url(),
        "draft_key": sent_key(request),
    }
    return render(request, "contacts/concern_step.html", context, status=422)


def concern_to_change(request: SignedInRequest, pk: int) -> Concern:
    """Return the concern that the user sees and may change."""
    if not can(request.user, "view", Concern):
        raise Http404
    concern: Concern = get_object_or_404(Concern.objects.visible_to(request.user), pk=pk)
    if not can(request.user, "change", Concern):
        raise PermissionDenied
    return concern
