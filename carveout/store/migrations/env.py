"""Where alembic starts: it runs the steps on the connection, and in the transaction, that the store hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection


def _run() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # as alembic loads it; anybody else only looks at it
    _run()
