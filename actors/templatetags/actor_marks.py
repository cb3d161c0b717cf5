"""How templates write the name of an actor; see ``actors.marks``."""

from django import template

from actors.marks import actor_link, actor_name, ended_mark

register = template.Library()
register.simple_tag(ended_mark, name="ended")
register.simple_tag(actor_name)
register.simple_tag(actor_link)
