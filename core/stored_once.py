"""Stored once: a form that is sent twice – by a retry, a second press, the way back – is stored once.

Every creating form carries the key of its draft. Whoever sends a key that was stored already is led to where
the first one was; with other content under the same key nothing is dropped: whoever sent it is asked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.models.drafts import DraftKey
from core.models.undo import UndoStep
from core.viewers import SignedIn, SignedInRequest

FIELD = "source_key"
KEY = re.compile(r"[0-9A-Za-z_.-]{1,64}")
KEEP = dt.timedelta(days=90)
# What the same form may be sent with in different ways.
BESIDE = frozenset({"csrfmiddlewaretoken", "_draft", FIELD, "version", "next", "_addanother"})

Stored = TypeVar("Stored", bound=models.Model)


def new_key() -> str:
    """Return a key for a form that begins."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Draft:
    """What one user is writing under one key; a key is worth nothing to anybody else."""

    user: SignedIn
    key: str
    text: str

    @property
    def digest(self) -> str:
        """Return what tells this content from another."""
        plain = " ".join(self.text.split())
        return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()

    def claim(self) -> tuple[DraftKey, bool]:
        """Return the key's row and whether it is new; a second one waits here for the first to be stored."""
        row, is_new = DraftKey.objects.get_or_create(
            owner=self.user, key=self.key, defaults={"digest": self.digest}
        )
        if not is_new and row.is_void:
            row.delete()
            row, is_new = DraftKey.objects.create(owner=self.user, key=self.key, digest=self.digest), True
        return row, is_new

    def stored(self) -> models.Model | None:
        """Return the record that was stored from this very draft before."""
        own = DraftKey.objects.filter(owner=self.user, key=self.key, digest=self.digest)
        row = own.first() if self.key else None
        return row.record if row else None


class StoredOtherwise(Exception):
    """The draft was stored before, with other content: for instance in another tab."""

    def __init__(self, record: Any) -> None:
        super().__init__(str(record.pk))
        self.record = record


def store_once(*, draft: Draft, save: Callable[[], Stored]) -> tuple[Stored, bool]:
    """Store a draft with ``save``, or return what was stored from it before; tell whether it is new.

    Raises ``StoredOtherwise`` if the draft was stored with other content.
    """
    with transaction.atomic():
        if not draft.key:
            return save(), True
        row, is_new = draft.claim()
        if is_new:
            record = save()
            row.keep(record=record)
            return record, True
        stored: Any = row.record
        if stored is None:  # the key of a form that made no record, such as a list of names
            raise ValidationError(_("This is no key of a draft."))
        if row.digest != draft.digest:
            raise StoredOtherwise(stored)
        return stored, False


def purge_keys() -> int:
    """Forget the keys of forms that no browser will send again."""
    count, _by_kind = DraftKey.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    return count


def sent_key(request: SignedInRequest) -> str:
    """Return the key that a form has brought along; empty if it has none."""
    key = request.POST.get(FIELD, "")
    return key if KEY.fullmatch(key) else ""


def sent_draft(request: SignedInRequest) -> Draft:
    """Return what a form holds, under its key."""
    return Draft(request.user, sent_key(request), "\n".join(_content(request)))


def _content(request: SignedInRequest) -> Iterator[str]:
    yield request.get_full_path()
    for name, values in sorted(request.POST.lists()):
        if name not in BESIDE and "password" not in name:
            yield from (f"{name}={value}" for value in values)
    for name, files in sorted(request.FILES.lists()):
        yield from (f"{name}={file.name}:{_digest_of(file)}" for file in files)


def _digest_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def redirected_to(response: HttpResponse) -> str:
    """Return where an answer leads: who is led away from a form has stored it."""
    return response.url if isinstance(response, HttpResponseRedirect) else ""


def answer_once(
    request: SignedInRequest,
    answer: Callable[[], HttpResponse],
    *,
    otherwise: Callable[[DraftKey], HttpResponse] | None = None,
    record: Callable[[], models.Model | None] = lambda: None,
    address_of: Callable[[HttpResponse], str] = redirected_to,
) -> HttpResponse:
    """Answer a form that creates something: a second one with the same key is led to where the first one was.

    Parameters
    ----------
    answer
        Checks and stores the form.
    otherwise
        Answers other content under a key that was stored; without it, that is stored as well.
    record
        What was stored. Once it is gone, the key is free again.
    address_of
        Where the answer leads, empty if nothing was stored.
    """
    draft = sent_draft(request)
    if not draft.key:
        return answer()
    with transaction.atomic():
        row, is_new = draft.claim()
        if not is_new and row.digest == draft.digest:
            return _again(request, row)
        if not is_new and otherwise is not None:
            return otherwise(row)
        response = answer()
        if address := address_of(response):
            row.digest = draft.digest
            row.keep(record=record(), address=address)
        elif is_new:
            row.delete()
    return response


def stored_once(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Have a view store a form once, however often it is sent; other content is stored as well."""

    @wraps(view)
    def answer(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            direct: HttpResponse = view(request, *args, **kwargs)
            return direct
        return answer_once(request, lambda: view(request, *args, **kwargs))

    return answer


def keep_one(draft: Draft, record: Stored) -> Stored:
    """Keep what took long to make, unless the same was stored meanwhile; return what is kept.

    The other way round, everybody who writes would have to wait until it is made.
    """
    if not draft.key:
        return record
    with transaction.atomic():
        row, _is_new = draft.claim()
        first: Any = row.record
        if first is None or row.digest != draft.digest:
            row.digest = draft.digest
            row.keep(record=record)
            return record
        record.delete()
        return first


def _again(request: SignedInRequest, row: DraftKey) -> HttpResponse:
    say_again(request)
    return HttpResponseRedirect(row.address)


def say_again(request: SignedInRequest) -> None:
    """Say that the form was stored before; whoever lost the first answer can still take it back."""
    step = UndoStep.objects.open().filter(owner=request.user.pk, draft_key=sent_key(request)).last()
    text = _("This was saved already. Nothing was stored twice.")
    messages.info(request, text, extra_tags=step.address if step else "")


def said_about(row: DraftKey) -> Any:
    """Return what to say about other content under a key that was stored, with the way to what was stored."""
    address = getattr(row.record, "get_absolute_url", lambda: row.address)()
    link = '{} <a href="{}" target="_blank" rel="noopener">{}</a> {}'
    text = _("This form was already saved, with other content – perhaps in another window.")
    more = _("Saving again stores what stands here as an entry of its own.")
    return format_html(link, text, address, _("Open what was saved"), more)
