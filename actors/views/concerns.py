"""Pages of one concern: what it is about, its history, and the steps it takes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from actors.forms import ConcernForm, ConcernMoveForm, ConcernToldForm, ReminderForm
from actors.forms.concerns import next_statuses, status_symbol
from actors.models import Actor, Concern, ConcernStatus, ConcernStep, Contact, FollowUp
from actors.services import plan_reminder
from actors.tables.concerns import light_mark
from actors.views.concern_lists import with_names
from actors.views.follow_up_tools import follow_up_tools
from crm.common.roles import can
from crm.common.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordDetailView,
    RecordUpdateView,
    address_to_return,
)


class ConcernDetailView(RecordDetailView):
    """One concern: what it is about, what happened, and what can be done next."""

    model = Concern
    template_name = "actors/concern_detail.html"

    def get_queryset(self) -> QuerySet:
        return with_names(super().get_queryset()).select_related(
            "contact", "tour_stop__event", "event_concern__event"
        )

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


def move_forms(concern: Concern, user: Any) -> list[ConcernMoveForm]:
    """Return an empty form for each step that is possible now."""
    return [
        ConcernMoveForm(instance=concern, user=user, to=to, auto_id=f"{to.code}_%s")
        for to in next_statuses(concern)
    ]


class ConcernFormMixin:
    """What recording and correcting a concern share."""

    model = Concern
    form_class = ConcernForm
    template_name = "actors/concern_form.html"
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = address_to_return(self.request, self.get_cancel_url())
        return super().get_context_data(**{"cancel_url": cancel_url, **kwargs})

    def get_cancel_url(self) -> str:
        """Return where to go when nothing is to be saved."""
        return reverse("actors:concern_list")


def key_in(text: str) -> str | None:
    """Return the key that an address names, None for anything else."""
    return text if text.isdecimal() and len(text) < 19 else None


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


def _out_of_contact(contact: Contact, user: Any) -> dict[str, Any]:
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
    success_url_name = "actors:concern_list"


class ConcernMoveView(RecordUpdateView):
    """One step: forward, answer received, done and so on."""

    model = Concern
    form_class = ConcernMoveForm
    template_name = "actors/concern_step.html"
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
    template_name = "actors/concern_step.html"
    title = _("Resident told")
    success_message = _("The day was written down.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.object.get_absolute_url(), **kwargs})


@require_POST
def concern_remind(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Plan to come back to a concern."""
    concern = concern_to_change(request, pk)
    form = ReminderForm(request.POST, user=request.user)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            with transaction.atomic():
                plan_reminder(
                    concern=concern, due=asked["due"], assignee=asked["assignee"], text=asked["text"]
                )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, __("The reminder is planned."))
            return HttpResponseRedirect(concern.get_absolute_url())
    context = {
        "form": form,
        "title": __("Remind"),
        "object": concern,
        "cancel_url": concern.get_absolute_url(),
    }
    return render(request, "actors/concern_step.html", context, status=422)


def concern_to_change(request: HttpRequest, pk: int) -> Concern:
    """Return the concern that the user sees and may change."""
    if not can(request.user, "view", Concern):
        raise Http404
    concern: Concern = get_object_or_404(Concern.objects.visible_to(request.user), pk=pk)
    if not can(request.user, "change", Concern):
        raise PermissionDenied
    return concern
