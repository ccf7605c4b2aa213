"""A condition that a database looks up for each row that is left, and never makes a list of beforehand."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists


class ExistsForEach(Exists):
    """EXISTS that PostgreSQL asks of each row by an index.

    Left the choice it reads every row that could match into a list first, all that a unit ever held, where it expects to ask
    often; and it always does, because it does not see that the sides of an OR before this one hold for most rows. With an
    OFFSET, even of nothing, it makes no such list. SQLite never does.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Word it for PostgreSQL."""
        return self.as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **more)
