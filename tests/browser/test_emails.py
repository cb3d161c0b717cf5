"""E-mails in the browser: uploaded, assigned, and there as a contact with what they brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from contacts.models import Contact
from tests.browser.axe import check_axe
from tests.contacts.emails.messages import message
from tests.factories.actors import ActorFactory

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

HOSTILE = "<script>document.title = 'run'</script>"


def check_both_themes_and_widths(page: Page) -> None:
    for theme in ("dark", "light"):
        page.evaluate("theme => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
        check_axe(page)
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_axe(page)
    assert size is not None
    page.set_viewport_size(size)


def test_an_uploaded_e_mail_becomes_a_contact(signed_in_page: OpenPage, tmp_path: Path) -> None:
    ActorFactory(name="Verein am Park", email="park@verein.example")
    mail = message(
        text=f"Guten Tag {HOSTILE}",
        sender="Petra Müller <petra@verein.example>",
        to="Verein am Park <park@verein.example>",
        number="<browser@x>",
    )
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Plan.pdf")
    file = tmp_path / "mail.eml"
    file.write_bytes(mail.as_bytes())

    page = signed_in_page("staff", "/actors/emails/new/")
    check_both_themes_and_widths(page)
    page.locator("#id_emails").set_input_files(file)
    page.locator("main form[data-main] button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Sommerfest")
    expect(page.locator(".email-text")).to_have_text(f"Guten Tag {HOSTILE}")
    expect(page.locator("#id_p0-name")).to_be_hidden()
    page.locator("#id_p0-choice").select_option("new")
    expect(page.locator("#id_p0-name")).to_have_value("Petra Müller")
    check_both_themes_and_widths(page)
    page.locator("main form[data-main] button[type=submit]").click()

    expect(page.locator("#contact-email")).to_be_visible()
    expect(page.locator(".email-files")).to_contain_text("Plan.pdf")
    check_both_themes_and_widths(page)
    contact = Contact.objects.get()
    assert {actor.name for actor in contact.actors.all()} == {"Petra Müller", "Verein am Park"}
    page.goto(page.url.split("/actors/")[0] + "/actors/emails/?state=logged")
    expect(page.locator("#results")).to_contain_text("Sommerfest")
    check_both_themes_and_widths(page)
