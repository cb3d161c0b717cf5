"""E-mails: taken in once, assigned to actors as a contact, set aside, taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor, ActorType, Topic
from contacts.emails import KeptFile, Message
from contacts.emails.history import part_history
from contacts.models import MACHINE_MADE, Attachment, Contact, ContactChannel, EmailState, IncomingEmail
from contacts.services.contacts import save_contact
from contacts.services.email_people import direction_of, is_fully_matched, others_in, people_of, staff_of
from contacts.services.follow_ups import PlannedFollowUp
from core.text import one_line, shorten
from core.viewers import SignedIn

CHANNEL = "email"
MAX_SUBJECT, MAX_NOTE = 200, 20_000


@dataclass(frozen=True)
class NewSender:
    """Somebody an e-mail names who is to be added to the register."""

    name: str
    address: str
    kind: str
    actor_type: ActorType


@dataclass(frozen=True)
class ContactDraft:
    """The contact that an e-mail becomes, before anybody corrects it."""

    date: dt.date
    time: dt.time | None
    direction: str
    subject: str
    note: str


def take_in(*, message: Message, user: SignedIn) -> tuple[IncomingEmail, bool]:
    """Store a message with its files and tell whether it is new; the same one is stored once."""
    stored = IncomingEmail.objects.filter(message_key=message.key).first()
    if stored is not None:
        return stored, False
    written: list[Attachment] = []
    try:
        with transaction.atomic():
            return _store(message, user, written), True
    except BaseException as fault:
        # The database forgets the rows by itself, the files have to be taken away.
        for attachment in written:
            attachment.file.storage.delete(str(attachment.file.name))
        # Two came at the same moment, and the other one was quicker; anything else is an error.
        stored = IncomingEmail.objects.filter(message_key=message.key).first() if _is_twin(fault) else None
        if stored is None:
            raise
    return stored, False


def _is_twin(fault: BaseException) -> bool:
    return isinstance(fault, IntegrityError)


def _store(message: Message, user: SignedIn, written: list[Attachment]) -> IncomingEmail:
    email = IncomingEmail(
        message_key=message.key,
        sent_at=message.sent_at,
        sender_name=message.sender.name,
        sender=message.sender.address,
        reply_to_name=message.reply_to.name if message.reply_to else "",
        reply_to=message.reply_to.address if message.reply_to else "",
        recipients=[
            {"kind": kind, "name": person.name, "address": person.address}
            for kind, persons in (("to", message.to), ("cc", message.cc))
            for person in persons
        ],
        subject=message.subject,
        text=message.text,
        kind=message.kind,
        fault=message.fault,
        taken_in_by=user,
        not_kept=[{"name": f.name, "size": f.size, "reason": f.reason} for f in message.not_kept],
    )
    email.direction = direction_of(people_of(email))
    email.full_clean(validate_unique=False)
    email.save()
    for file in message.files:
        _store_file(email, file, written)
    return email


def _store_file(email: IncomingEmail, file: KeptFile, written: list[Attachment]) -> None:
    attachment = Attachment(email=email, name=file.name, content_type=file.content_type, size=len(file.data))
    attachment.file.save(f"file{file.suffix}", ContentFile(file.data), save=False)
    written.append(attachment)
    attachment.save()


def draft_of(email: IncomingEmail) -> ContactDraft:
    """Return what the contact will say if nobody corrects it."""
    sent = timezone.localtime(email.sent_at) if email.sent_at else None
    return ContactDraft(
        date=min(sent.date(), timezone.localdate()) if sent else timezone.localdate(),
        time=sent.time().replace(second=0, microsecond=0) if sent else None,
        direction=email.direction,
        subject=shorten(one_line(email.subject), MAX_SUBJECT) or str(email),
        note=shorten(parts_of(email)[0], MAX_NOTE, "\n\n" + _("[The full text is kept with the e-mail.]")),
    )


def parts_of(email: IncomingEmail) -> tuple[str, str]:
    """Return what is new in the e-mail, and the older messages that it quotes."""
    return part_history(email.text, subject=email.subject)


@transaction.atomic
def log_email(
    *,
    email: IncomingEmail,
    user: SignedIn,
    actors: Iterable[Actor] = (),
    new_senders: Iterable[NewSender] = (),
    addresses: Iterable[tuple[Actor, str]] = (),
    draft: ContactDraft | None = None,
    topics: Iterable[Topic] = (),
    is_confidential: bool = False,
    follow_up: PlannedFollowUp | None = None,
) -> tuple[Contact, bool]:
    """Make the e-mail a contact and tell whether it is new; one that is logged already stays as it is.

    ``addresses`` are addresses to be kept with actors that have none yet.
    """
    stored = IncomingEmail.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if stored.contact is not None:
        return stored.contact, False
    draft = draft or draft_of(stored)
    contact = Contact(
        date=draft.date,
        time=draft.time,
        channel=ContactChannel.objects.get(code=CHANNEL),
        direction=draft.direction,
        staff=staff_of(people_of(stored), user=user),
        subject=draft.subject,
        note=draft.note,
        is_confidential=is_confidential,
        source_key=f"email:{stored.message_key}",
    )
    kept = [_keep_address(actor, address) for actor, address in addresses]
    added = [_add_sender(new) for new in new_senders]
    involved = {actor.pk: actor for actor in [*actors, *kept, *added]}
    save_contact(contact=contact, user=user, actors=involved.values(), topics=topics, follow_up=follow_up)
    stored.contact, stored.set_aside_at = contact, None
    stored.save(update_fields=["contact", "set_aside_at"])
    return contact, True


def _add_sender(new: NewSender) -> Actor:
    actor = Actor(name=new.name, kind=new.kind, actor_type=new.actor_type, email=new.address)
    actor.full_clean()
    actor.save()
    return actor


def _keep_address(actor: Actor, address: str) -> Actor:
    if address and not actor.email:
        actor.email = address
        actor.full_clean()
        actor.save()
    return actor


def log_if_sure(*, email: IncomingEmail, user: SignedIn) -> Contact | None:
    """Log a letter whose addresses alone say whose contact it is; None if somebody has to look."""
    people = people_of(email)
    if not email.is_letter or email.set_aside_at is not None or not is_fully_matched(people):
        return None
    actors = [person.actor for person in others_in(people) if person.actor is not None]
    return log_email(email=email, user=user, actors=actors)[0]


def settle(*, email: IncomingEmail, user: SignedIn) -> EmailState:
    """Do with a new e-mail of the box what needs no decision, and tell where it stands.

    What no person wrote is put aside with its reason, and counts as a contact of nobody.
    """
    if email.kind in MACHINE_MADE:
        set_aside(email=email)
        return EmailState.SET_ASIDE
    try:
        contact = log_if_sure(email=email, user=user)
    except (ValidationError, DataError, IntegrityError):
        contact = None  # it is stored all the same, and waits for somebody
    return EmailState.WAITING if contact is None else EmailState.LOGGED


@transaction.atomic
def set_aside(*, email: IncomingEmail) -> None:
    """Put away an e-mail that is to become no contact."""
    stored = IncomingEmail.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if stored.contact_id is not None:
        raise ValidationError(_("This e-mail is logged already."))
    if stored.set_aside_at is None:
        stored.set_aside_at = timezone.now()
        stored.save(update_fields=["set_aside_at"])


@transaction.atomic
def take_up(*, email: IncomingEmail) -> None:
    """Have an e-mail that was set aside wait again."""
    stored = IncomingEmail.objects.select_for_update(of=("self",)).get(pk=email.pk)
    if stored.set_aside_at is not None:
        stored.set_aside_at = None
        stored.save(update_fields=["set_aside_at"])


def similar_emails(email: IncomingEmail) -> list[IncomingEmail]:
    """Return e-mails that are probably the same one: of the same sender, minute and subject."""
    if email.sent_at is None:
        return []
    minute = email.sent_at.replace(second=0, microsecond=0)
    emails = IncomingEmail.objects.filter(
        sender__iexact=email.sender,
        subject=email.subject,
        sent_at__gte=minute,
        sent_at__lt=minute + dt.timedelta(minutes=1),
    )
    return list(emails.exclude(pk=email.pk).select_related("contact")[:5])
