"""Keeps a report as it is: its content with a digest, and all of its files."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import get_language

from core.roles import role_of
from core.viewers import SignedIn
from reports.models import SavedFile, SavedReport, digest_of
from reports.renderers.files import FILE_FORMATS
from reports.renderers.json import canonical_json
from reports.report import Report


def save_report(
    *, report: Report, user: SignedIn, query: str = "", note: str = "", base_url: str = ""
) -> SavedReport:
    """Keep ``report``, which must have been made with the rights of ``user``.

    Parameters
    ----------
    query
        What was asked, as in the address of the page, to ask again later.
    base_url
        Scheme and host put before the links of the files.
    """
    # Drawn before the transaction begins: nobody waits for a table that is set.
    files = [(suffix, each.render(report, base_url)) for suffix, each in FILE_FORMATS.items()]
    content = canonical_json(report)
    saved = SavedReport(
        kind=report.kind,
        title=report.title,
        period=report.period,
        query=query,
        note=note,
        language=get_language() or "de",
        author=user,
        author_role=role_of(user) or "",
        data_date=report.data_date,
        content=content,
        digest=digest_of(content.encode()),
    )
    with transaction.atomic():
        saved.full_clean()
        saved.save()
        for suffix, body in files:
            SavedFile(report=saved, suffix=suffix, body=body, size=len(body), digest=digest_of(body)).save()
    return saved
