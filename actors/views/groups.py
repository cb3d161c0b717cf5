"""Pages of groups, and what brings actors into one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actors.filtersets import ActorGroupFilterSet
from actors.forms.groups import ActorGroupForm, GroupSelectionForm, MembersForm
from actors.models import Actor, ActorGroup, Consent
from actors.services.groups import add_to_group, remove_from_group
from actors.tables.groups import ActorGroupTable
from core.roles import can
from core.selection import Selection
from core.stored_once import stored_once
from core.undoing import recording
from core.viewers import SignedInRequest
from core.views import (
    RecordCreateView,
    RecordDeleteView,
    RecordDetailView,
    RecordListView,
    RecordUpdateView,
    shown_again,
)

MEMBERS_ON_PAGE = 100
NAMES_SHOWN = 12


class GroupListView(RecordListView):
    """All groups."""

    model = ActorGroup
    filterset_class = ActorGroupFilterSet
    table_class = ActorGroupTable
    template_name = "actors/group_list.html"
    title = gettext_lazy("Groups")
    create_url_name = "actors:group_create"
    help_text = gettext_lazy(
        "Actors that you often invite, write to or look at together. One actor may be in several groups."
    )
    empty_title = gettext_lazy("No groups yet")
    empty_text = gettext_lazy("Make one here, or tick actors in their list and choose “To a group”.")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().annotate(member_count=Count("members"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"create_label": _("New group"), **kwargs})


class GroupDetailView(RecordDetailView):
    """Who is in the group."""

    model = ActorGroup
    template_name = "actors/group_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, group = self.request.user, self.object
        rows = Actor.objects.visible_to(user).filter(groups=group).select_related("actor_type")
        page = Paginator(rows, MEMBERS_ON_PAGE).get_page(self.request.GET.get("page"))
        context = {
            "page": page,
            "members": page.object_list,
            "member_count": page.paginator.count,
            "pick": MembersForm(user=user),
            "may_invite": can(user, "view", Consent),
        }
        return super().get_context_data(**{**context, **kwargs})


class GroupCreateView(RecordCreateView):
    """Make a group."""

    model = ActorGroup
    form_class = ActorGroupForm
    template_name = "actors/group_form.html"
    title = gettext_lazy("New group")
    success_message = gettext_lazy("The group was made. Now add its members.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": reverse("actors:group_list"), **kwargs})


class GroupUpdateView(RecordUpdateView):
    """Edit name and description."""

    model = ActorGroup
    form_class = ActorGroupForm
    template_name = "actors/group_form.html"
    title = gettext_lazy("Edit group")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group: ActorGroup = self.object
        return super().get_context_data(**{"cancel_url": group.get_absolute_url(), **kwargs})


class GroupDeleteView(RecordDeleteView):
    """Delete a group; its members stay in the register."""

    model = ActorGroup
    template_name = "actors/group_confirm_delete.html"
    success_url_name = "actors:group_list"


def _group_to_change(request: SignedInRequest, pk: int) -> ActorGroup:
    _require(request, "change")
    groups = ActorGroup.objects.visible_to(request.user)
    group: ActorGroup = get_object_or_404(groups, pk=pk)
    return group


def _require(request: SignedInRequest, action: str) -> None:
    if not can(request.user, "view", ActorGroup):
        raise Http404
    if not can(request.user, action, ActorGroup):
        raise PermissionDenied


@require_POST
def group_members_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add actors that were looked up."""
    group = _group_to_change(request, pk)
    form = MembersForm(request.POST, user=request.user)
    if not form.is_valid():
        return shown_again(GroupDetailView, request, pk=pk, pick=form)
    with transaction.atomic():
        form.add_newcomers()
        _say_added(request, add_to_group(group=group, actors=form.cleaned_data["actors"]))
    return HttpResponseRedirect(group.get_absolute_url())


@require_POST
def group_member_remove(request: SignedInRequest, pk: int, actor: int) -> HttpResponse:
    """Take one actor out of the group."""
    group = _group_to_change(request, pk)
    member = get_object_or_404(Actor.objects.visible_to(request.user).filter(groups=group), pk=actor)
    name = {"name": member.name}
    label, rights = _("%(name)s is in this group again.") % name, [("change", ActorGroup)]
    with recording(user=request.user, label=label, rights=rights) as recorder:
        recorder.before_change([group])
        remove_from_group(group=group, actor=member)
    text = _("%(name)s is no longer in this group.") % name
    messages.success(request, text, extra_tags=recorder.address)
    return HttpResponseRedirect(group.get_absolute_url())


def _say_added(request: SignedInRequest, added: int) -> None:
    text = ngettext("%(n)s member added.", "%(n)s members added.", added) % {"n": added}
    messages.success(request, text if added else _("All of them were members already."))


@require_http_methods(["GET", "POST"])
@stored_once
def group_from_selection(request: SignedInRequest) -> HttpResponse:
    """Put chosen actors into a group: ``ids`` names them, the form then asks into which."""
    _require(request, "add")
    given = request.POST if request.method == "POST" else request.GET
    is_sent = "_save" in request.POST
    form = GroupSelectionForm(given, user=request.user)
    if form.is_valid() and is_sent:
        group = form.cleaned_data["group"]
        added = add_to_group(group=group, actors=_chosen(request, form.cleaned_data["ids"]))
        _say_added(request, added)
        return HttpResponseRedirect(group.get_absolute_url())
    chosen = list(_chosen(request, form.cleaned_data.get("ids") or Selection(())))
    is_wrong = is_sent or "ids" in form.errors
    context = {
        "form": form,
        "shows_errors": is_wrong and given,
        "chosen": chosen,
        "names": chosen[:NAMES_SHOWN],
        "more": len(chosen[NAMES_SHOWN:]),
        "selection": Selection(tuple(actor.pk for actor in chosen)),
    }
    status = 422 if is_wrong and request.method == "POST" else 200
    return render(request, "actors/group_from_selection.html", context, status=status)


def _chosen(request: SignedInRequest, chosen: Selection) -> QuerySet:
    actors: QuerySet = Actor.objects.visible_to(request.user).filter(pk__in=chosen.ids)
    return actors.select_related("actor_type")
