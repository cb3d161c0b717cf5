"""Small networks to draw and to hand over, with names that try to break every format."""

import datetime as dt

from reports.analysis.picture import Picture, PictureEdge, PictureNode, PicturePart

SCRIPT = "</script><img src=x onerror=alert(1)>"
QUOTED = 'Der "Große" \\ Ährenkranz & Söhne\\'
LONG = "Arbeitsgemeinschaft " + "Ä" * 180
CONTROL = "Zeile\x00eins\x0b\r\nZeile\u202ezwei\ud800"
FORMULA = "=cmd|' /C calc'!A0"
NAMES = [SCRIPT, QUOTED, LONG, CONTROL, FORMULA, "Verein", "Verein"]


def part(first: int | None = 2018, last: int | None = 2018, **more: object) -> PicturePart:
    """Return a part of a tie, if nothing else is said a shared event of 2018."""
    fields: dict[str, object] = {"kind": "attendance", "strength": 0.5, "count": 1, "is_office": False}
    return PicturePart(from_year=first, until_year=last, **{**fields, **more})


def small_picture(**changes: object) -> Picture:
    """Return seven actors, one of them hidden and one alone, and ties of every sort."""
    sectors = ["association", "business", "resident", "office", "politics", "association", "other"]
    nodes = tuple(
        PictureNode(
            id=-4 if at == 2 else at + 10,
            label=name,
            kind="person" if at == 2 else "organisation",
            sector=sector,
            sector_label=sector.title(),
            is_office=sector == "office",
            x=0.1 + 0.13 * at,
            y=0.5 if at % 2 else 0.25,
            topics=("Sport, Spiel", "Bildung") if at == 0 else (),
            participations=at,
            degree=2 if at < 6 else 0,
            strength=1.5 * at,
            betweenness=0.125 * at,
            community=0 if at == 6 else 1 + at % 2,
            since=None if at == 6 else 2003,
            last=None if at == 6 else 2018,
        )
        for at, (name, sector) in enumerate(zip(NAMES, sectors, strict=True))
    )
    both = ("attendance", "organising")
    relation = part(None, 2015, kind="relations", strength=3.0, is_office=True)
    affiliation = part(None, None, kind="affiliations", strength=1.0)
    contact = part(2005, None, kind="contacts", strength=1.0)
    edges = (
        PictureEdge(0, 1, 1.0, 2, ("attendance",), False, (part(), part(2020, 2020))),
        PictureEdge(0, 2, 1.0, 2, both, True, (part(), part(2019, 2019), part(kind="organising"))),
        PictureEdge(1, 3, 3.0, 1, ("relations",), True, (relation,)),
        PictureEdge(2, 4, 0.5, 1, ("attendance",), False, (part(None, None, has_day=False),)),
        PictureEdge(3, 5, 1.0, 1, ("affiliations",), False, (affiliation,)),
        PictureEdge(4, 5, 1.0, 1, ("contacts",), False, (contact,)),
    )
    fields: dict[str, object] = {
        "title": "Netzwerk",
        "period": "2003–2020",
        "day": dt.date(2021, 12, 31),
        "nodes": nodes,
        "edges": edges,
        "kinds": {"attendance": "Gemeinsame Veranstaltungen", "relations": "Beziehungen"},
        "facts": (("Büro", "mit <b>allen</b>"),),
        "notes": ("Das Bild zeigt 6 von 7 Verbindungen.",),
    }
    return Picture(**{**fields, **changes})
