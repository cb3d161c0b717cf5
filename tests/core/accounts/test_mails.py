"""The mails of the accounts: polite, in the language of the page, and in the name of the office."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import translation

from core.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
TO_THE_USER_AS_A_FRIEND = re.compile(r"\b(du|dir|dich|dein\w*|deine\w*)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _office(settings):
    settings.OFFICE_NAME = "Neue Vahr"
    settings.EMAIL_HOST = "mail.example.org"


def mail_for(email, language):
    Client(HTTP_ACCEPT_LANGUAGE=language).post(RESET, {"email": email})
    (message,) = mail.outbox
    return message.subject, re.sub(r"http://testserver/accounts/password/reset/key/\S+", "LINK", message.body)


def test_the_mail_with_the_link_in_german():
    UserFactory(username="mara", email="mara@example.org")
    assert mail_for("mara@example.org", "de") == (
        "Stadtteilnetz Neue Vahr: Neues Passwort setzen",
        "Guten Tag,\n"
        "\n"
        "für Ihr Konto wurde ein neues Passwort angefordert. Über diesen Link können Sie es setzen:\n"
        "\n"
        "LINK\n"
        "\n"
        "Ihr Benutzername lautet: mara\n"
        "\n"
        "Wenn Sie es nicht angefordert haben, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.\n"
        "\n"
        "Mit freundlichen Grüßen\n"
        "Stadtteilnetz Neue Vahr",
    )


def test_the_mail_with_the_link_in_english():
    UserFactory(username="o'neil", email="mara@example.org")
    assert mail_for("mara@example.org", "en") == (
        "Stadtteilnetz Neue Vahr: Set a new password",
        "Good day,\n"
        "\n"
        "a new password was asked for your account. With this link you can set it:\n"
        "\n"
        "LINK\n"
        "\n"
        "Your user name is: o'neil\n"
        "\n"
        "If you did not ask for it, you need not do anything: your password stays as it is.\n"
        "\n"
        "Kind regards\n"
        "Stadtteilnetz Neue Vahr",
    )


def test_an_address_without_an_account_is_told_whom_to_ask_and_not_to_sign_up():
    assert mail_for("o'neil@example.org", "de") == (
        "Stadtteilnetz Neue Vahr: Kein Konto mit dieser Adresse",
        "Guten Tag,\n"
        "\n"
        "für die Adresse o'neil@example.org wurde ein neues Passwort angefordert, aber es gibt kein Konto mit"
        " dieser Adresse.\n"
        "\n"
        "Vielleicht ist Ihr Konto mit einer anderen Adresse eingetragen. Konten richtet die Leitung des Büros"
        " ein.\n"
        "\n"
        "Wenn Sie es nicht angefordert haben, brauchen Sie nichts zu tun.\n"
        "\n"
        "Mit freundlichen Grüßen\n"
        "Stadtteilnetz Neue Vahr",
    )


def test_without_a_name_the_product_stands_alone(settings):
    settings.OFFICE_NAME = ""
    subject, body = mail_for("nobody@example.org", "de")
    assert subject == "Stadtteilnetz: Kein Konto mit dieser Adresse"
    assert body.endswith("Mit freundlichen Grüßen\nStadtteilnetz")


@pytest.mark.parametrize(
    "name", ["password_changed", "password_reset", "password_set", "password_reset_key", "unknown_account"]
)
@pytest.mark.parametrize("host", ["testserver", "127.0.0.1"])
def test_no_mail_of_the_accounts_is_the_library_s_own(name, host):
    request = RequestFactory().get("/", HTTP_HOST=host)
    request.user = User()
    with context.request_context(request), translation.override("de"):
        get_adapter().send_mail(
            f"account/email/{name}",
            "mara@example.org",
            {"username": "mara", "password_reset_url": "LINK", "ip": "-"},
        )
    (message,) = mail.outbox
    assert message.subject.startswith("Stadtteilnetz Neue Vahr: ")
    assert message.body.startswith("Guten Tag,\n\n")
    assert message.body.endswith("\n\nMit freundlichen Grüßen\nStadtteilnetz Neue Vahr")
    text = f"{message.subject} {message.body}"
    assert host not in text
    assert TO_THE_USER_AS_A_FRIEND.findall(text) == []
    assert message.alternatives == []
