"""A migration operation that makes a table append-only in the database itself."""

from django.db.migrations import RunSQL


class AppendOnly(RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on ``table``; ``audit`` 0001 must have run, it makes the function."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            sql=(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION perisai_refuse_change()"
            ),
            reverse_sql=f"DROP TRIGGER {table}_append_only ON {table}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return "AppendOnly", [self.table], {}


MAKE_FUNCTION = """
CREATE FUNCTION perisai_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only: post a new row that corrects the old one', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""
DROP_FUNCTION = "DROP FUNCTION perisai_refuse_change()"
