"""Guessing passwords is slow, and keeps nobody out who knows theirs: by page, by the API, by reset mail."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from core.accounts import attempts
from core.accounts.known_browsers import COOKIE
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN, TOKEN, RESET = "/accounts/login/", "/api/v1/token/", "/accounts/password/reset/"
OFFICE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
WAIT = "Zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in 5 Minuten noch einmal."
LONGER = "Bitte versuchen Sie es in 15 Minuten noch einmal."


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that tests set forward: nobody waits for minutes."""

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(attempts, "time", clock)
    return clock


def sign_in(browser, name, password=PASSWORD, address=OFFICE, **headers):
    """Return whether it worked, else what the page says."""
    answer = browser.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address, **headers)
    return answer.status_code == 302 or " ".join(answer.context["form"].non_field_errors())


def ask_for_token(name, password=PASSWORD, address=OFFICE, **headers):
    return APIClient().post(TOKEN, {"username": name, "password": password}, REMOTE_ADDR=address, **headers)


def guess(name, times, address=OFFICE):
    return [sign_in(Client(), name, f"guess {n}", address) for n in range(times)]


def known_browser(user, address=OFFICE):
    """Return a browser in which this person has signed in before, and out again."""
    browser = Client()
    assert sign_in(browser, user.username, address=address) is True
    browser.post("/accounts/logout/")
    return browser


def test_the_sixth_wrong_password_has_to_wait_and_is_told_how_long():
    user = UserFactory()
    assert [answer == WAIT for answer in guess(user.username, 6)] == [False] * 5 + [True]
    assert sign_in(Client(), user.username) == WAIT


def test_who_reads_english_is_told_in_english():
    user = UserFactory()
    guess(user.username, 5)
    assert sign_in(Client(), user.username, HTTP_ACCEPT_LANGUAGE="en") == (
        "Too many attempts in a short time. Please try again in 5 minutes."
    )


def test_the_wait_is_over_when_it_was_said_to_be(clock):
    user = UserFactory()
    guess(user.username, 5)
    clock.now += 4 * 60 + 1
    assert sign_in(Client(), user.username) == (
        "Zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in einer Minute noch einmal."
    )
    clock.now += 59
    assert sign_in(Client(), user.username) is True


def test_who_waits_and_tries_again_too_early_does_not_wait_longer(clock):
    user = UserFactory()
    guess(user.username, 50)
    clock.now += 5 * 60
    assert sign_in(Client(), user.username) is True


def test_five_wrong_passwords_from_elsewhere_do_not_keep_the_right_person_out():
    user = UserFactory()
    guess(user.username, 5, ELSEWHERE)
    assert sign_in(Client(), user.username) is True


def test_the_right_password_from_a_known_browser_works_however_the_account_is_attacked():
    user = UserFactory()
    browser = known_browser(user)
    for n in range(8):
        guess(user.username, 5, f"198.51.100.{n}")
    guess(user.username, 6)
    assert sign_in(Client(), user.username) == f"Zu viele Versuche in kurzer Zeit. {LONGER}"
    assert sign_in(browser, user.username) is True


def test_an_account_that_is_guessed_from_many_addresses_is_slowed_over_all_of_them():
    user = UserFactory()
    answers = [guess(user.username, 1, f"198.51.100.{n}")[0] for n in range(21)]
    wait = f"Zu viele Versuche in kurzer Zeit. {LONGER}"
    assert [answer == wait for answer in answers] == [False] * 20 + [True]


def test_an_office_of_ten_goes_on_while_one_of_its_accounts_is_attacked_from_its_own_address():
    attacked, *others = UserFactory.create_batch(10)
    browser = known_browser(attacked)
    guess(attacked.username, 100)
    assert [sign_in(Client(), user.username) for user in others] == [True] * 9
    assert sign_in(browser, attacked.username) is True


def test_one_address_does_not_guess_at_many_accounts_and_known_browsers_there_go_on():
    office = UserFactory.create_batch(3)
    browsers = [known_browser(user) for user in office]
    answers = [guess(f"somebody{n}", 1)[0] for n in range(31)]
    assert [answer == WAIT for answer in answers] == [False] * 30 + [True]
    assert sign_in(Client(), office[0].username) == WAIT
    assert [sign_in(browser, user.username) for browser, user in zip(browsers, office, strict=True)] == [
        True
    ] * 3


def test_ten_people_who_sign_in_at_the_same_minute_use_up_nothing():
    users = UserFactory.create_batch(10)
    assert [sign_in(Client(), user.username) for user in users * 4] == [True] * 40


def test_a_forged_forwarded_address_and_host_still_count(settings):
    settings.ALLOWED_HOSTS = ["*"]
    user = UserFactory()
    answers = [
        sign_in(
            Client(),
            (user.username, user.email.upper())[n % 2],
            "wrong",
            HTTP_X_FORWARDED_FOR=f"10.0.0.{n}",
            HTTP_HOST=f"example.org:{8000 + n}",
        )
        for n in range(6)
    ]
    assert [answer == WAIT for answer in answers] == [False] * 5 + [True]
    assert sign_in(Client(), user.username, HTTP_X_FORWARDED_FOR="10.9.9.9") == WAIT


def test_behind_a_proxy_only_the_address_that_the_proxy_saw_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    user = UserFactory()
    for n in range(5):
        sign_in(
            Client(), user.username, "wrong", "127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, {ELSEWHERE}"
        )
    forged = f"10.9.9.9, {ELSEWHERE}"
    assert sign_in(Client(), user.username, address="127.0.0.1", HTTP_X_FORWARDED_FOR=forged) == WAIT
    assert sign_in(Client(), user.username, address="127.0.0.1", HTTP_X_FORWARDED_FOR=OFFICE) is True


def test_the_neighbours_in_one_network_of_ipv6_count_as_one():
    user = UserFactory()
    for n in range(5):
        sign_in(Client(), user.username, "wrong", f"2001:db8:1:2::{n}")
    assert sign_in(Client(), user.username, address="2001:db8:1:2:ffff::1") == WAIT
    assert sign_in(Client(), user.username, address="2001:db8:1:3::1") is True


def test_a_known_browser_guesses_no_faster_and_only_at_its_own_accounts():
    mine, yours = UserFactory.create_batch(2)
    browser = known_browser(mine)
    answers = [sign_in(browser, mine.username, f"guess {n}") for n in range(6)]
    assert [answer == WAIT for answer in answers] == [False] * 5 + [True]
    guess(yours.username, 5)
    assert sign_in(browser, yours.username) == WAIT


def test_several_people_are_known_in_one_browser():
    first, second = UserFactory.create_batch(2)
    browser = known_browser(first)
    assert sign_in(browser, second.username) is True
    browser.post("/accounts/logout/")
    for user in (first, second):
        guess(user.username, 6)
        assert sign_in(browser, user.username) is True


@pytest.mark.parametrize(
    "alter", [lambda value, _key: f"x{value}", lambda _value, key: f"abc.{key}", lambda _v, _k: ""]
)
def test_a_cookie_that_was_made_up_makes_no_browser_known(alter):
    user = UserFactory()
    browser = known_browser(user)
    browser.cookies[COOKIE] = alter(browser.cookies[COOKIE].value, user.pk)
    guess(user.username, 5)
    assert sign_in(browser, user.username) == WAIT


def test_the_cookie_of_a_known_browser_lasts_long_and_holds_no_name():
    user = UserFactory()
    browser = Client()
    sign_in(browser, user.username)
    cookie = browser.cookies[COOKIE]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        400 * 24 * 60 * 60,
        True,
        "Lax",
        "/accounts/",
    )
    assert user.username not in cookie.value


def test_page_and_api_count_together():
    user = UserFactory()
    guess(user.username, 5)
    refused = ask_for_token(user.username, HTTP_ACCEPT_LANGUAGE="en")
    assert (refused.status_code, refused.json(), refused["Retry-After"]) == (
        429,
        {"detail": "Too many attempts in a short time. Please try again in 5 minutes."},
        "300",
    )
    assert ask_for_token(user.username, address=ELSEWHERE).status_code == 200
    assert [ask_for_token(user.username, "wrong", ELSEWHERE).status_code for _ in range(6)] == [400] * 5 + [
        429
    ]
    assert sign_in(Client(), user.username, address=ELSEWHERE) == WAIT


def test_an_unknown_name_is_slowed_like_a_known_one():
    user = UserFactory()
    assert guess("nobody", 6) == guess(user.username, 6)


def test_programs_that_sign_in_often_with_the_right_password_go_on():
    user = UserFactory()
    assert {ask_for_token(user.username).status_code for _ in range(40)} == {200}


def test_a_set_password_begins_anew(mailoutbox, settings):
    settings.EMAIL_HOST = "mail.example.org"
    user = UserFactory()
    guess(user.username, 6)
    browser = Client(REMOTE_ADDR=OFFICE)
    browser.post(RESET, {"email": user.email})
    link = re.findall(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[0]
    page = browser.get(link, follow=True)
    new = "drei Enten im Teich"
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(browser, user.username, new) is True


def reset(email, address=OFFICE, browser=None):
    """Return whether the link was sent, else what the form says."""
    answer = (browser or Client()).post(RESET, {"email": email}, REMOTE_ADDR=address)
    return answer.status_code == 302 or answer.context["form"].errors["email"]


def test_nobody_fills_a_box_with_links(mailoutbox):
    user = UserFactory()
    answers = [reset(user.email.upper() if n % 2 else user.email) for n in range(7)]
    wait = "Zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in 30 Minuten noch einmal."
    assert answers == [True] * 5 + [[wait]] * 2
    assert len(mailoutbox) == 5


def test_who_asks_for_links_for_others_keeps_nobody_from_asking(mailoutbox):
    user, colleague = UserFactory.create_batch(2)
    browser = known_browser(user)
    for _ in range(40):
        reset(user.email)
    assert reset(colleague.email) is True
    assert reset(user.email, browser=browser) is True
    for n in range(40):
        reset(f"somebody{n}@example.org", ELSEWHERE)
    assert reset(colleague.email) is True


def test_an_unknown_address_is_slowed_like_a_known_one():
    user = UserFactory()
    assert [reset("nobody@example.org") for _ in range(6)] == [reset(user.email, ELSEWHERE) for _ in range(6)]


def test_what_the_library_limits_is_said_in_the_language_of_the_page(client):
    client.force_login(UserFactory())
    change = {"oldpassword": "wrong", "password1": "drei Enten im Teich", "password2": "drei Enten im Teich"}
    answers = [client.post("/accounts/password/change/", change) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal." in answers[-1].text


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_the_same_moment_count_each():
    user = UserFactory()

    def try_one(number):
        try:
            return ask_for_token(user.username, f"guess {number}").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(try_one, range(24)))
    assert statuses.count(400) <= 5
    assert set(statuses) == {400, 429}
