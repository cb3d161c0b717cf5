"""Several phones count at one consultation hour: each tap counts, and the day has one event."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from events.models import Event, Headcount
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
PHONES, TAPS = 4, 5
DAY = dt.date(2026, 3, 17)


def test_each_tap_of_several_phones_counts_and_they_share_one_event():
    address = reverse("events:consultation_count", args=[DAY])
    barrier = Barrier(PHONES)
    clients = [Client() for _ in range(PHONES)]
    for client in clients:
        client.force_login(UserFactory())

    def tap(number):
        try:
            barrier.wait()
            return {clients[number].post(address, {"tap": "children:1"}).status_code for _ in range(TAPS)}
        finally:
            connection.close()

    with ThreadPoolExecutor(PHONES) as pool:
        assert list(pool.map(tap, range(PHONES))) == [{302}] * PHONES
    assert Event.objects.count() == 1
    assert Headcount.objects.get().count == PHONES * TAPS
