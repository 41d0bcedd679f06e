"""Alembic's entry: runs the migrations on the connection it is given, in that connection's transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], render_as_batch=True, transactional_ddl=True
)
context.run_migrations()
