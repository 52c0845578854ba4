"""The ledger of months becomes a table partitioned by month; its rows move along (docs/adr/0011)."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.lookups import Exact

from perisai.audit.append_only import AppendOnly
from perisai.contributions.rules import LineReason

# Every partition refuses changes by itself: the parent's trigger does not speak for a statement that names a partition.
FUNCTIONS = """
CREATE FUNCTION perisai_guard_ledger_part(part text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %1$I '
        'FOR EACH STATEMENT EXECUTE FUNCTION perisai_refuse_change()', part);
END $$;

CREATE FUNCTION perisai_open_ledger_months(first date, last date) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    start date := date_trunc('month', first);
    part text;
    opened integer := 0;
BEGIN
    WHILE start <= last LOOP
        part := 'contributions_line_' || to_char(start, 'YYYY_MM');
        IF to_regclass(part) IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtext('perisai_open_ledger_months'));
            -- Rows that came before their partition stay where they are, and so does their month.
            IF to_regclass(part) IS NULL AND NOT EXISTS (
                SELECT FROM contributions_line_elsewhen WHERE month >= start AND month < start + interval '1 month'
            ) THEN
                EXECUTE format(
                    'CREATE TABLE %I PARTITION OF contributions_contributionline FOR VALUES FROM (%L) TO (%L)',
                    part, start, (start + interval '1 month')::date);
                PERFORM perisai_guard_ledger_part(part);
                opened := opened + 1;
            END IF;
        END IF;
        start := start + interval '1 month';
    END LOOP;
    RETURN opened;
END $$;
"""

LEDGER = """
ALTER TABLE contributions_contributionline RENAME TO contributions_line_before;
ALTER TABLE contributions_line_before RENAME CONSTRAINT contributions_contributionline_pkey TO contributions_line_before_pkey;
DROP INDEX contributions_line_accrual;
CREATE SEQUENCE contributions_line_id;
CREATE TABLE contributions_contributionline (
    id bigint NOT NULL DEFAULT nextval('contributions_line_id'),
    member_id uuid NOT NULL REFERENCES membership_member (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id uuid NOT NULL REFERENCES contributions_payment (id) DEFERRABLE INITIALLY DEFERRED,
    agent_id uuid REFERENCES agents_agent (id) DEFERRABLE INITIALLY DEFERRED,
    month date NOT NULL,
    received_on date NOT NULL,
    turn smallint NOT NULL,
    managed_month smallint,
    jkk_idr bigint NOT NULL,
    jkm_idr bigint NOT NULL,
    jht_idr bigint NOT NULL,
    total_idr bigint GENERATED ALWAYS AS (jkk_idr + jkm_idr + jht_idr) STORED,
    reason varchar(12) NOT NULL,
    rulebook_hash varchar(16) NOT NULL,
    PRIMARY KEY (member_id, month, turn),
    CONSTRAINT contributions_line_first_of_month CHECK (EXTRACT(day FROM month) = 1),
    CONSTRAINT contributions_line_managed_by_agent
        CHECK ((agent_id IS NULL AND managed_month IS NULL) OR (agent_id IS NOT NULL AND managed_month >= 1))
) PARTITION BY RANGE (month);
CREATE INDEX contributions_line_accrual ON contributions_contributionline (received_on, agent_id)
    WHERE agent_id IS NOT NULL;
ALTER SEQUENCE contributions_line_id OWNED BY contributions_contributionline.id;
CREATE TABLE contributions_line_elsewhen PARTITION OF contributions_contributionline DEFAULT;
SELECT perisai_guard_ledger_part('contributions_line_elsewhen');
SELECT perisai_open_ledger_months(min(first_month), max(first_month + make_interval(months => months))::date)
FROM contributions_paymentcode;
INSERT INTO contributions_contributionline (id, member_id, payment_id, agent_id, month, received_on, turn, managed_month,
    jkk_idr, jkm_idr, jht_idr, reason, rulebook_hash)
SELECT id, member_id, payment_id, agent_id, month, received_on, 0, managed_month, jkk_idr, jkm_idr, jht_idr, 'paid',
    rulebook_hash
FROM contributions_line_before;
SELECT setval('contributions_line_id', (SELECT COALESCE(max(id), 0) + 1 FROM contributions_line_before), false);
DROP TABLE contributions_line_before;
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0002_append_only")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FUNCTIONS), migrations.RunSQL(LEDGER)],
            state_operations=[
                migrations.RemoveConstraint("contributionline", "contributions_line_month_once"),
                migrations.RemoveConstraint("contributionline", "contributions_line_not_negative"),
                migrations.AddField(
                    "contributionline",
                    "pk",
                    models.CompositePrimaryKey(
                        "member_id", "month", "turn", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                migrations.AddField("contributionline", "turn", models.SmallIntegerField(default=0)),
                migrations.AddField(
                    "contributionline", "reason", models.CharField(default=LineReason.PAID, max_length=12)
                ),
                migrations.AlterField(
                    "contributionline",
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("contributions_line_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        ),
                        editable=False,
                    ),
                ),
                migrations.AlterField(
                    "contributionline",
                    "payment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contributions.payment",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "contributionline",
            models.CheckConstraint(
                condition=models.Q(
                    Exact(models.F("turn") % 2, 0), turn__gte=0, jkk_idr__gte=0, jkm_idr__gte=0, jht_idr__gte=0
                )
                | models.Q(Exact(models.F("turn") % 2, 1), turn__gte=0, jkk_idr__lte=0, jkm_idr__lte=0, jht_idr__lte=0),
                name="contributions_line_sign_fits_turn",
            ),
        ),
        migrations.AddConstraint(
            "contributionline",
            models.CheckConstraint(
                condition=models.Q(Exact(models.F("turn") % 2, 0), reason="paid")
                | (models.Q(Exact(models.F("turn") % 2, 1)) & ~models.Q(reason="paid")),
                name="contributions_line_reason_fits_turn",
            ),
        ),
        migrations.AddConstraint(
            "contributionline",
            models.CheckConstraint(
                condition=models.Q(reason__in=["paid", "taken_back", "after_death", "refunded"]),
                name="contributions_line_reason",
            ),
        ),
        AppendOnly("contributions_contributionline"),
    ]
