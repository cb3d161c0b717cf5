"""Work outside of the time in which a programme paid for it."""

import pandas as pd

from reports.analysis import schema


def unpaid_work(work: pd.DataFrame, dependencies: pd.DataFrame) -> pd.DataFrame:
    """Return whose work lies outside all recorded paid periods, since when and until when.

    Returns `actor_id`, `first`, `last` (days, both included) and `events` (how many different ones), ordered
    by `actor_id`. Unit: events. Who has no recorded period at all worked outside of any. Undated work cannot
    be placed and does not count. Source: own definition (rule 3 of the domain).

    Parameters
    ----------
    work
        `actor_id`, `event_id` and `date` of what somebody organised or carried.
    dependencies
        Frame of `schema.DEPENDENCIES`: half-open, an open end is NaT.
    """
    schema.validate(dependencies, schema.DEPENDENCIES)
    dated = work.dropna(subset=["date"]).drop_duplicates(["actor_id", "event_id"]).reset_index(drop=True)
    paid = dated.reset_index(names="row").merge(dependencies, on="actor_id")
    begun = paid["from"].isna() | (paid["from"] <= paid["date"])
    going_on = paid["until"].isna() | (paid["until"] > paid["date"])
    outside = dated[~dated.index.isin(paid.loc[begun & going_on, "row"])]
    by_actor = outside.groupby("actor_id")
    table = pd.DataFrame(
        {
            "first": by_actor["date"].min(),
            "last": by_actor["date"].max(),
            "events": by_actor["event_id"].size(),
        }
    )
    return table.rename_axis("actor_id").reset_index()
