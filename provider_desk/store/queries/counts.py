"""How many rows a desk holds."""

from provider_desk.model.records import RECORDS
from provider_desk.model.rows import Rows
from provider_desk.model.views import Counts


def counts(rows: Rows) -> Counts:
    """Rows of each kind that stand: table → number."""
    return Counts(
        {
            each.TABLE: int(
                rows.rows(f'SELECT count(*) FROM "{each.TABLE}" WHERE deleted IS NULL')[
                    0
                ][0]
            )
            for each in RECORDS
        }
    )


def names_of_users(rows: Rows) -> dict[str, str]:
    """User id → name, of those who left too."""
    return dict(rows.rows("SELECT id, name FROM user"))
