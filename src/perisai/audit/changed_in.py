"""A migration operation that marks every row of a table with the transaction that wrote it last.

Whoever reads "what changed since" by a clock or a sequence misses the rows of a transaction that was still in flight. The
number of the writing transaction tells them apart: below the oldest one still running, everything has ended (docs/adr).
The column belongs to the database alone: no model names it, no verb can forget or forge it.
"""

from django.db.migrations import RunSQL


class ChangedIn(RunSQL):
    """Column ``changed_in`` on ``table``: a default of new rows, a trigger of changed ones. ``audit`` 0003 must have run.

    The index is ``(by, changed_in, id)`` where ``by`` is the column that says for whom the row is; without it, by change.
    """

    def __init__(self, table: str, by: str = "") -> None:
        self.table, self.by = table, by
        lead, some = (f"{by}, ", f" WHERE {by} IS NOT NULL") if by else ("", "")
        super().__init__(
            sql=(
                f"ALTER TABLE {table} "
                "ADD COLUMN changed_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);"
                f"CREATE INDEX {table}_changed ON {table} ({lead}changed_in, id){some};"
                f"CREATE TRIGGER {table}_changed_in BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION perisai_mark_change()"
            ),
            reverse_sql=(
                f"DROP TRIGGER {table}_changed_in ON {table};"
                f"DROP INDEX {table}_changed;"
                f"ALTER TABLE {table} DROP COLUMN changed_in"
            ),
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return "ChangedIn", [self.table, self.by], {}


MAKE_FUNCTION = """
CREATE FUNCTION perisai_mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$
"""
DROP_FUNCTION = "DROP FUNCTION perisai_mark_change()"
