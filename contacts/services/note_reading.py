"""A quick note as it is read: one text, and what was corrected by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from actors.models import Actor, Topic
from contacts.models import ContactChannel, Direction
from contacts.models.contact import MINUTES_OF_A_DAY
from contacts.quick_note import MOST_NAMES, ParsedNote, Problem, count_mentions, parse_note
from contacts.services.contacts import usual_channel
from contacts.services.note_input import as_terms, read_choices, read_day, read_keys, typed_day
from contacts.services.note_people import MOST_PEOPLE, People, known_in
from core.stored_once import KEY
from core.viewers import SignedIn
from core.widgets import NEW as NEW_ENTRY

LONGEST = 20_000
READ_FIELDS = ("channel", "direction", "date", "due", "duration")


class QuickNote:
    """What one user typed and chose: fields to show, and what is wrong.

    ``data`` holds ``text``, ``source_key``, ``actors``, ``typed_at`` and ``choices`` (JSON): what was set by
    hand wins over what the text says, and an empty value takes a reading back, so that its words stay text.
    """

    def __init__(self, data: Mapping[str, Any], *, user: SignedIn) -> None:
        self.user = user
        text = data.get("text")
        self.text = text if isinstance(text, str) else ""
        self.key = str(data.get("source_key") or "")
        self.today = typed_day(data.get("typed_at"))
        self.choices = read_choices(data.get("choices"))
        self.preset_keys = read_keys(data.get("actors") or "")
        self.channels = list(ContactChannel.objects.in_use())
        self.topics_in_use = list(Topic.objects.in_use())
        register, known = known_in(self.text, user)
        self.parsed: ParsedNote = parse_note(
            self.text[:LONGEST],
            today=self.today,
            channels=as_terms(self.channels),
            topics=as_terms(self.topics_in_use),
            register=register,
        )
        self.people = People(mentions=self.parsed.mentions, known=known, choices=self.choices, user=user)
        self.errors: dict[str, list[str]] = {}

    # --- what the note says, corrected by hand ---

    def _by_hand(self, name: str) -> str | None:
        value = self.choices.get(name)
        return None if value is None or isinstance(value, dict | list) else str(value)

    @cached_property
    def channel(self) -> ContactChannel | None:
        """The channel: chosen, read, or the one used last."""
        by_code = {channel.code: channel for channel in self.channels}
        code = self._by_hand("channel") or self.parsed.channel or ""
        return by_code.get(code) or usual_channel(self.user)

    @property
    def direction(self) -> str:
        """Who made the first move."""
        direction = self._by_hand("direction") or self.parsed.direction
        return direction if direction in Direction.values else Direction.INCOMING

    @property
    def date(self) -> dt.date | None:
        """The day of the contact; None if the one set by hand is no day."""
        by_hand = self._by_hand("date")
        if by_hand:
            return read_day(by_hand)
        return self.today if by_hand == "" else self.parsed.date or self.today

    @property
    def due(self) -> dt.date | None:
        """The day of the follow-up, if there is to be one."""
        by_hand = self._by_hand("due")
        return self.parsed.due if by_hand is None else read_day(by_hand)

    @property
    def duration(self) -> str:
        """The minutes, as they stand in their field."""
        by_hand = self._by_hand("duration")
        return str(self.parsed.duration_minutes or "") if by_hand is None else by_hand.strip()

    @property
    def is_confidential(self) -> bool:
        """Whether only the office may see the contact."""
        return self.choices.get("confidential") is True

    @cached_property
    def topics(self) -> list[Topic]:
        """The topics of the text and those added by hand, without those taken off."""
        switched = self.choices.get("topics")
        by_hand = switched if isinstance(switched, dict) else {}
        codes = [*self.parsed.topics, *(code for code, is_on in by_hand.items() if is_on is True)]
        by_code = {topic.code: topic for topic in self.topics_in_use}
        chosen = (code for code in dict.fromkeys(codes) if by_hand.get(code) is not False)
        return [by_code[code] for code in chosen if code in by_code]

    @cached_property
    def presets(self) -> list[Actor]:
        """The actors that the page brought along, without those taken off."""
        left_out = read_keys(self.choices.get("left_out") or "")
        keys = [key for key in self.preset_keys if key not in left_out]
        seen = Actor.objects.visible_to(self.user).select_related("actor_type").in_bulk(keys)
        return [seen[key] for key in dict.fromkeys(keys) if key in seen]

    @property
    def plain_fields(self) -> set[str]:
        """The fields whose words are text after all."""
        unclear = {problem.field for problem in self.parsed.problems if problem.blocks}
        taken_back = {name for name in READ_FIELDS if self._by_hand(name) == ""}
        return taken_back | {name for name in unclear if self._by_hand(name) is None}

    @property
    def note(self) -> str:
        """What becomes the note of the contact."""
        plain = {"plain": self.plain_fields, "plain_names": self.people.plain}
        return self.parsed.note(**plain) if self.parsed.says_more(**plain) else ""

    @property
    def subject(self) -> str:
        """The channel's name where the text said nothing else."""
        return "" if self.note or not self.channel else self.channel.label

    @property
    def is_read(self) -> dict[str, bool]:
        """Which fields the text or a hand has set; the others show what is usual."""
        read = {
            "channel": self.parsed.channel,
            "direction": self.parsed.direction,
            "date": self.parsed.date,
            "due": self.parsed.due,
            "duration": self.parsed.duration_minutes,
        }
        return {name: bool(self._by_hand(name) or read[name]) for name in READ_FIELDS}

    @property
    def summary(self) -> str:
        """What was understood, in one sentence for those who do not see the chips."""
        names = [
            *(actor.name for actor in self.presets),
            *(row.name for row in self.people.rows if row.value),
        ]
        said = [", ".join(names), self.channel.label if self.channel else ""]
        if self.is_read["date"] and self.date:
            said.append(date_format(self.date, "SHORT_DATE_FORMAT"))
        if self.duration:
            said.append(_("%(count)s minutes") % {"count": self.duration})
        if self.due:
            said.append(_("follow-up on %(day)s") % {"day": date_format(self.due, "SHORT_DATE_FORMAT")})
        return " · ".join(part for part in [*said, *(topic.label for topic in self.topics)] if part)

    @property
    def hints(self) -> list[str]:
        """What was nearly understood, and does not keep anybody from saving."""
        said = [_problem_text(problem) for problem in self.parsed.problems if not problem.blocks]
        return [self.too_many, *said] if self.too_many and "text" not in self.errors else said

    @property
    def too_many(self) -> str:
        """What to say where the note holds more names than one note takes; empty where it does not."""
        count = max(
            self.people.count, mentioned if (mentioned := count_mentions(self.text)) > MOST_NAMES else 0
        )
        if count <= MOST_PEOPLE:
            return ""
        said = _("These are %(count)s names, one note takes at most %(most)s. Please write several notes.")
        return said % {"count": count, "most": MOST_PEOPLE}

    def carried_over(self) -> dict[str, Any]:
        """Return what the full form begins with."""
        new = {row.new_name: (row.new_kind, row.new_type) for row in self.people.rows if row.is_new}
        known = [actor.pk for actor in [*self.presets, *self.people.actors]]
        return {
            "actors": [*dict.fromkeys(known), *(f"{NEW_ENTRY}{name}" for name in new)],
            "new_actors": new,
            "note": self.note,
            "channel": self.channel,
            "direction": self.direction,
            "date": self.date,
            "topics": self.topics,
            "duration_minutes": self.minutes,
            "is_confidential": self.is_confidential,
            "follow_up_due": self.due,
        }

    # --- checking ---

    def is_valid(self) -> bool:
        """Check everything; what is wrong stands in ``errors`` by field."""
        self.errors = {}
        self._check_text()
        for problem in self.parsed.problems:
            if problem.blocks and self._by_hand(problem.field) is None:
                self._say(problem.field, _problem_text(problem))
        self._check_days()
        self._check_duration()
        self._check_people()
        if self.channel is None:
            self._say("channel", _("There is no channel in use."))
        if self.key and not KEY.fullmatch(self.key):
            self._say("source_key", _("This is no key of a draft."))
        return not self.errors

    def _say(self, name: str, text: str) -> None:
        self.errors.setdefault(name, []).append(text)

    def _check_text(self) -> None:
        if not self.text.strip():
            self._say("text", _("Write what the contact was about."))
        if len(self.text) > LONGEST:
            said = _("The note is too long: %(count)s characters, at most %(most)s are possible.")
            self._say("text", said % {"count": len(self.text), "most": LONGEST})
        if self.too_many:
            self._say("text", self.too_many)

    def _check_days(self) -> None:
        day, due = self.date, self.due
        if day is None:
            self._say("date", _("This is no day."))
        elif day > timezone.localdate():
            self._say("date", _("The contact lies in the future."))
        if self._by_hand("due") and due is None:
            self._say("due", _("This is no day."))
        elif due is not None and (due < self.today or (day is not None and due < day)):
            self._say("due", _("The follow-up lies in the past."))

    def _check_duration(self) -> None:
        if self.duration and self.minutes is None and "duration" not in self.errors:
            self._say("duration", _("Enter from 1 minute to one day."))

    @property
    def minutes(self) -> int | None:
        """The minutes as a number, None where they are none."""
        text = self.duration
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
        return number if 1 <= number <= MINUTES_OF_A_DAY else None

    def _check_people(self) -> None:
        self.people.check()
        for row in self.people.rows:
            for text in row.errors:
                self._say("actors", text)
        if not (self.presets or self.people.actors or self.people.new_actors() or "actors" in self.errors):
            self._say("actors", _("Say with whom: type @ and the name."))

    def take_over(self, error: ValidationError) -> None:
        """Say beside the fields of the note what was refused when it was stored."""
        messages = error.message_dict if hasattr(error, "error_dict") else {"text": error.messages}
        names = {"duration_minutes": "duration", "actors": "actors", "date": "date", "due": "due"}
        for name, texts in messages.items():
            for text in texts:
                self._say(names.get(name, "text"), text)


def _problem_text(problem: Problem) -> str:
    """Return the sentence for what the parser could not take as it was typed."""
    texts = {
        ("due", "past"): _("“%(typed)s” lies in the past. A follow-up is due today or later."),
        ("due", "no such day"): _("“%(typed)s”: there is no such day."),
        ("due", "far"): _("“%(typed)s” lies too far ahead."),
        ("due", "no day"): _("After “%(typed)s” there is no day, for instance +1w, 12.3. or tomorrow."),
        ("duration", "no such duration"): _("“%(typed)s”: enter from 1 minute to one day."),
        ("topics", "unknown topic"): _("“#%(typed)s” is no topic, or begins several; it stays text."),
    }
    return texts[problem.field, problem.code] % {"typed": problem.text[:60]}
