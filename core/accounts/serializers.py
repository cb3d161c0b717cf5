"""Accounts and tokens as other programs see them."""

from __future__ import annotations

from rest_framework import serializers

from core.accounts.models import User
from core.serializers import StrictSerializer


class UserSerializer(serializers.ModelSerializer):
    """Who works here: no more than what a list of choices shows."""

    name = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "role", "is_active")
        read_only_fields = fields


class SignInSerializer(StrictSerializer):
    """User name and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer):
    """The token that later requests carry as ``Authorization: Token …``."""

    token = serializers.CharField()
