"""Forms of consents: recording one, correcting it, and withdrawing it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.forms.pickers import ActorSelect
from actors.models import Actor, ActorKind, Consent
from core.accounts.models import User
from core.forms import RecordForm


class WholeConsentForm(RecordForm):
    """A form that shows a part of a consent; the rules are asked about all of it."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {field.name for field in Consent._meta.fields}  # type: ignore[misc]


class ConsentCorrectionForm(WholeConsentForm):
    """When, how, to which text and to whom somebody agreed; person and purpose stay as they were recorded."""

    half = frozenset({"given_on", "given_how", "text_version", "taken_by"})

    class Meta:
        model = Consent
        fields: tuple[str, ...] = ("given_on", "given_how", "text_version", "taken_by")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("taken_by", User.objects.office_members())


class ConsentForm(ConsentCorrectionForm):
    """Who agreed to what, when and how, and to whom."""

    class Meta(ConsentCorrectionForm.Meta):
        fields = ("person", "purpose", *ConsentCorrectionForm.Meta.fields)
        widgets = {"person": ActorSelect(kind="person")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", Actor.objects.filter(kind=ActorKind.PERSON))
        self.fields["taken_by"].initial = self.user.pk
        self.fields["text_version"].initial = self._version_in_use()

    def _version_in_use(self) -> str:
        """Return the text that was agreed to last: most consents are given to the same one."""
        latest = Consent.objects.visible_to(self.user).order_by("-given_on", "-pk").first()
        return latest.text_version if latest else ""


class WithdrawalForm(WholeConsentForm):
    """From which day on a consent has no effect any more."""

    class Meta:
        model = Consent
        fields = ("withdrawn_on",)
        help_texts = {
            "withdrawn_on": _("From this day on the consent has no effect. It stays on record, as proof."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["withdrawn_on"].required = True
        self.initial["withdrawn_on"] = timezone.localdate()
