from core.sheets.headers import guess_mapping

FIELDS = {
    "name": ["Name", "Akteur", "Organisation", "Verein", "Bezeichnung"],
    "street": ["Straße", "Strasse und Hausnummer", "Adresse", "Street"],
    "email": ["E-Mail", "Mail", "E-Mail-Adresse"],
    "phone": ["Telefon", "Tel.", "Phone"],
    "contact_person": ["Ansprechpartner", "Ansprechperson", "Kontakt"],
    "start_date": ["Datum", "Beginn", "Date"],
    "people_count": ["Teilnehmer", "Teilnehmende", "Anzahl Personen"],
    "external_id": ["ID", "Nr.", "Kennung"],
}


def guess(*headers: str) -> dict[int, str]:
    return guess_mapping(headers, FIELDS)


def test_headings_are_recognised_in_german_and_english():
    headers = ("Nr.", "VEREIN", "Strasse", "E-Mail", "Tel", "Ansprechpartner", "Datum", "Teilnehmer")
    assert guess(*headers) == {
        0: "external_id",
        1: "name",
        2: "street",
        3: "email",
        4: "phone",
        5: "contact_person",
        6: "start_date",
        7: "people_count",
    }
    assert guess("start_date", "External-ID", "Street", "email") == {
        0: "start_date",
        1: "external_id",
        2: "street",
        3: "email",
    }


def test_slips_of_the_keys_and_gendered_forms_are_recognised():
    assert guess("Telefohn", "Ansprechpartner*in", "Bezeichung") == {
        0: "phone",
        1: "contact_person",
        2: "name",
    }


def test_a_field_is_used_once_and_by_the_surest_heading():
    assert guess("Organisation", "Name", "Name") == {1: "name"}


def test_what_is_not_known_stays_open():
    assert guess("Lieblingsfarbe", "", "Hund", "Tor") == {}
