"""Runs migrations on the connection it is handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import app.models.database  # noqa: F401  the metadata must know every table
from app.models.base import BIG, Model


def _render(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Write plain column types, so that old steps never import new code."""
    if kind != "type":
        return False
    if item is BIG:
        return 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")'
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
