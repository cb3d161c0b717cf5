"""Who comes, who stays, who is lost: participation year by year."""

from dataclasses import dataclass

import pandas as pd

from reports.analysis import schema

RETURNING, NEW, REACTIVATED, LOST = "returning", "new", "reactivated", "lost"


@dataclass(frozen=True, eq=False)
class YearlyChange:
    """Figures per year, and the records behind them.

    `years` has one row per year without gaps: `year`, `held`, `cancelled` (events), `actors`, `returning`,
    `new`, `reactivated`, `lost` (actors) and `retention` (share, or NaN where it is not defined). `records`
    has `year`, `actor_id` and `change` (one of the four words): who was counted where. `undated` counts held
    events without a year, which belong to none.
    """

    years: pd.DataFrame
    records: pd.DataFrame
    undated: int


def yearly_change(
    participations: pd.DataFrame, events: pd.DataFrame, *, until: int | None = None
) -> YearlyChange:
    """Compare the actors of every year with those of the year before and of all years before.

    Formulas, with A_t the actors who attended a held event in year t: returning = |A_t ∩ A_{t-1}|; new =
    actors of A_t in no earlier A; reactivated = actors of A_t in an earlier A but not in A_{t-1}; so
    returning + new + reactivated = |A_t|. lost = |A_{t-1} without A_t|. retention = |A_t ∩ A_{t-1}| ÷
    |A_{t-1}|, not defined in a year without held events and in a year after one in which nobody was counted.
    Cancelled events are counted beside and change nothing else. An actor without participation appears
    nowhere.

    Hand over all years there are, not only those of a report: who is new depends on everything before.
    `until` is a year up to which the years go at least, where there are any.
    """
    schema.validate(events, schema.EVENTS)
    schema.validate(participations, schema.PARTICIPATIONS)
    counted = events[events["status"].isin([schema.HELD, schema.CANCELLED])]
    years = _years(counted, until)
    presence = presence_of(participations, counted)
    records = pd.concat([_present(presence), _lost(presence, years)], ignore_index=True)
    records = records.sort_values(["year", "actor_id"], ignore_index=True)
    undated = int(((counted["status"] == schema.HELD) & counted["year"].isna()).sum())
    return YearlyChange(_figures(counted, records, years), records, undated)


def _years(events: pd.DataFrame, until: int | None = None) -> pd.Index:
    dated = events["year"].dropna().astype("int64")
    span = range(dated.min(), max(dated.max(), until or 0) + 1) if len(dated) else range(0)
    return pd.Index(list(span), dtype="int64", name="year")


def presence_of(participations: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return every actor and year of attendance once, with the year the actor was last there before."""
    held = events[(events["status"] == schema.HELD) & events["year"].notna()]
    attended = participations[participations["state"] == schema.ATTENDED]
    merged = attended[["actor_id", "event_id"]].merge(held[["event_id", "year"]], on="event_id")
    pairs = merged[["actor_id", "year"]].astype("int64").drop_duplicates()
    pairs = pairs.sort_values(["actor_id", "year"], ignore_index=True)
    pairs["before"] = pairs.groupby("actor_id")["year"].shift()
    return pairs


def _present(presence: pd.DataFrame) -> pd.DataFrame:
    change = pd.Series(REACTIVATED, index=presence.index, dtype="str")
    change[presence["before"].isna()] = NEW
    change[presence["before"] == presence["year"] - 1] = RETURNING
    return presence[["year", "actor_id"]].assign(change=change)


def _lost(presence: pd.DataFrame, years: pd.Index) -> pd.DataFrame:
    following = presence[["actor_id", "year"]].assign(year=presence["year"] + 1)
    came_back = following.merge(presence[["actor_id", "year"]], how="left", indicator=True)
    gone = came_back[(came_back["_merge"] == "left_only") & came_back["year"].isin(years)]
    return gone[["year", "actor_id"]].assign(change=pd.Series(LOST, index=gone.index, dtype="str"))


def _figures(events: pd.DataFrame, records: pd.DataFrame, years: pd.Index) -> pd.DataFrame:
    table = pd.DataFrame(index=years)
    dated = events[events["year"].notna()]
    for name, status in (("held", schema.HELD), ("cancelled", schema.CANCELLED)):
        table[name] = dated.loc[dated["status"] == status, "year"].astype("int64").value_counts()
    table = table.fillna(0).astype("int64")
    changes = records.groupby(["year", "change"]).size().unstack(fill_value=0)
    counts = changes.reindex(index=years, columns=[RETURNING, NEW, REACTIVATED, LOST], fill_value=0)
    table["actors"] = counts[[RETURNING, NEW, REACTIVATED]].sum(axis=1)
    table = table.join(counts)
    before = table["actors"].shift(fill_value=0)
    defined = (before > 0) & (table["held"] > 0)
    table["retention"] = (table[RETURNING] / before.where(defined)).astype("float64")
    return table.reset_index()
