"""Days as whole numbers that a database groups by: the ordinal of a local day, as date.toordinal counts it."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField

_EPOCH = 719_163  # date(1970, 1, 1).toordinal()
_EAST = 25_200  # Việt Nam lies seven hours east the whole year


class LocalDay(Func):
    """The ordinal of the local day of an instant."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Word it for SQLite, whose instants are texts in UTC."""
        seconds = f"CAST(strftime('%%%%s', %(expressions)s) AS integer) + {_EAST}"
        return self.as_sql(compiler, connection, template=f"({seconds}) / 86400 + {_EPOCH}", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Word it for PostgreSQL."""
        local = "(%(expressions)s AT TIME ZONE 'Asia/Ho_Chi_Minh')"
        return self.as_sql(
            compiler, connection, template=f"(CAST({local} AS date) - DATE '1970-01-01' + {_EPOCH})", **more
        )
