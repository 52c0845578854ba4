"""The ledger becomes a table partitioned by the month it is booked in, and every branch gets months that can be closed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import perisai.kernel.clock
import perisai.kernel.ids
from perisai.audit.append_only import AppendOnly

# A run writes millions of lines in one statement: what they point to is checked once a statement, not once a line.
CHECK = """
CREATE FUNCTION perisai_check_incentive_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    SELECT line.period, line.branch_id, month.state,
        run.id IS NULL OR agent.id IS NULL OR wadah.id IS NULL OR month.id IS NULL AS stranger
    INTO wrong
    FROM (SELECT DISTINCT accrual_id, period, branch_id, agent_id, wadah_id FROM fresh) line
    LEFT JOIN incentives_accrual run ON run.id = line.accrual_id
    LEFT JOIN agents_agent agent ON agent.id = line.agent_id
    LEFT JOIN agents_wadah wadah ON wadah.id = line.wadah_id
    LEFT JOIN incentives_month month ON month.branch_id = line.branch_id AND month.period = line.period
    WHERE run.id IS NULL OR agent.id IS NULL OR wadah.id IS NULL OR month.id IS NULL
        OR month.state IN ('approved', 'closed')
    LIMIT 1;
    IF wrong.stranger THEN
        RAISE EXCEPTION 'a line of % points to a run, agent, Wadah or month that does not exist', wrong.period
            USING ERRCODE = 'foreign_key_violation';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'month % of office % is % and takes no more lines', wrong.period, wrong.branch_id, wrong.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION perisai_open_incentive_month(first date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    part text := 'incentives_line_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass(part) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('perisai_open_incentive_month'));
    IF to_regclass(part) IS NOT NULL THEN
        RETURN;
    END IF;
    -- Made apart and attached, because that lets others read and write the other months meanwhile.
    EXECUTE format('CREATE TABLE %I (LIKE incentives_incentiveline INCLUDING ALL)', part);
    -- The parent's triggers do not speak for a statement that names a partition.
    EXECUTE format('CREATE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %1$I '
        'FOR EACH STATEMENT EXECUTE FUNCTION perisai_refuse_change()', part);
    EXECUTE format('CREATE TRIGGER %1$s_check AFTER INSERT ON %1$I REFERENCING NEW TABLE AS fresh '
        'FOR EACH STATEMENT EXECUTE FUNCTION perisai_check_incentive_lines()', part);
    EXECUTE format('ALTER TABLE incentives_incentiveline ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        part, first, (first + interval '1 month')::date);
END $$;
"""

LEDGER = """
ALTER TABLE incentives_incentiveline RENAME TO incentives_line_before;
DROP INDEX incentives_incentiveline_changed;
DROP INDEX incentives_line_agent;
DROP INDEX incentives_line_wadah;
CREATE SEQUENCE incentives_line_id AS bigint;
CREATE TABLE incentives_incentiveline (
    id bigint NOT NULL DEFAULT nextval('incentives_line_id'),
    accrual_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    wadah_id uuid NOT NULL,
    member_id uuid,
    branch_id bigint NOT NULL,
    posted_at timestamptz NOT NULL,
    received_idr bigint NOT NULL,
    amount_idr bigint NOT NULL,
    agent_idr bigint NOT NULL,
    wadah_idr bigint NOT NULL,
    period date NOT NULL,
    about_period date NOT NULL,
    month date,
    turn smallint NOT NULL,
    counted boolean NOT NULL,
    rate numeric(7, 6),
    kind varchar(12) NOT NULL,
    subject varchar(36) NOT NULL,
    source varchar(12) NOT NULL,
    reason varchar(24) NOT NULL,
    regime varchar(12) NOT NULL,
    rulebook_hash varchar(16) NOT NULL,
    changed_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    PRIMARY KEY (agent_id, about_period, kind, subject, period, turn)
) PARTITION BY RANGE (period);
CREATE INDEX incentives_incentiveline_changed ON incentives_incentiveline (agent_id, changed_in, id);
ALTER SEQUENCE incentives_line_id OWNED BY incentives_incentiveline.id;
INSERT INTO incentives_month (id, branch_id, period, state)
SELECT gen_random_uuid(), branch_id, period, 'open'
FROM (SELECT DISTINCT agent.branch_id, line.period
    FROM incentives_line_before line JOIN agents_agent agent ON agent.id = line.agent_id) known;
SELECT perisai_open_incentive_month(period) FROM (SELECT DISTINCT period FROM incentives_line_before) known;
INSERT INTO incentives_incentiveline (id, accrual_id, agent_id, wadah_id, member_id, branch_id, posted_at, received_idr,
    amount_idr, agent_idr, wadah_idr, period, about_period, month, turn, counted, rate, kind, subject, source, reason, regime,
    rulebook_hash, changed_in)
SELECT line.id, line.accrual_id, line.agent_id, line.wadah_id, line.member_id, agent.branch_id, line.posted_at,
    line.received_idr, line.amount_idr, line.agent_idr, line.wadah_idr, line.period, line.period, line.month,
    row_number() OVER (PARTITION BY line.agent_id, line.period, line.kind, line.subject ORDER BY line.id) - 1,
    line.counted, line.rate, line.kind, line.subject,
    CASE WHEN line.subject = '' THEN 'month' WHEN line.kind = 'acquisition' THEN 'registration' ELSE 'contribution' END,
    line.reason, line.regime, line.rulebook_hash, line.changed_in
FROM incentives_line_before line JOIN agents_agent agent ON agent.id = line.agent_id;
SELECT setval('incentives_line_id', (SELECT COALESCE(max(id), 0) + 1 FROM incentives_line_before), false);
DROP TABLE incentives_line_before;
CREATE TRIGGER incentives_incentiveline_check AFTER INSERT ON incentives_incentiveline REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION perisai_check_incentive_lines();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agents", "0001_initial"),
        ("incentives", "0003_changed_in"),
        ("membership", "0004_protection_by_village"),
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Month",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=perisai.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("period", models.DateField()),
                ("state", models.CharField(default="open", max_length=9)),
                ("prepared_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.office",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["branch", "period"], name="incentives_month_of_branch")],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "branch"), name="incentives_month_once"),
                    models.CheckConstraint(
                        condition=models.Q(("period__day", 1)), name="incentives_month_first_of_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "previewed", "approved", "closed"])),
                        name="incentives_month_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("prepared_at", None), ("prepared_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("prepared_at__isnull", False),
                                ("prepared_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incentives_month_prepared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None), ("approved_by", None), ("state__in", ["open", "previewed"])
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("state__in", ["approved", "closed"]),
                            ),
                            _connector="OR",
                        ),
                        name="incentives_month_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("closed_at", None)),
                            _connector="OR",
                        ),
                        name="incentives_month_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="incentives_month_four_eyes",
                    ),
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CHECK), migrations.RunSQL(LEDGER)],
            state_operations=[
                migrations.DeleteModel("IncentiveLine"),
                migrations.CreateModel(
                    name="IncentiveLine",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "agent_id",
                                "about_period",
                                "kind",
                                "subject",
                                "period",
                                "turn",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "id",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    models.Value("incentives_line_id"),
                                    function="nextval",
                                    output_field=models.BigIntegerField(),
                                ),
                                editable=False,
                            ),
                        ),
                        ("period", models.DateField()),
                        ("about_period", models.DateField()),
                        ("kind", models.CharField(max_length=12)),
                        ("subject", models.CharField(blank=True, max_length=36)),
                        ("turn", models.SmallIntegerField(default=0)),
                        ("source", models.CharField(max_length=12)),
                        ("month", models.DateField(null=True)),
                        ("received_idr", models.BigIntegerField(default=0)),
                        ("rate", models.DecimalField(decimal_places=6, max_digits=7, null=True)),
                        ("amount_idr", models.BigIntegerField()),
                        ("agent_idr", models.BigIntegerField()),
                        ("wadah_idr", models.BigIntegerField()),
                        ("counted", models.BooleanField()),
                        ("reason", models.CharField(max_length=24)),
                        ("regime", models.CharField(max_length=12)),
                        ("rulebook_hash", models.CharField(max_length=16)),
                        ("posted_at", models.DateTimeField(default=perisai.kernel.clock.now, editable=False)),
                        (
                            "accrual",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="incentives.accrual",
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agents.agent",
                            ),
                        ),
                        (
                            "branch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisation.office",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.member",
                            ),
                        ),
                        (
                            "wadah",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="agents.wadah",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.AddIndex("incentiveline", models.Index(fields=["wadah", "agent"], name="incentives_line_wadah")),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(
                    ("about_period__day", 1), ("period__day", 1), ("period__gte", models.F("about_period"))
                ),
                name="incentives_line_first_of_month",
            ),
        ),
        migrations.AddConstraint(
            "incentiveline", models.CheckConstraint(condition=models.Q(("turn__gte", 0)), name="incentives_line_turn")
        ),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["acquisition", "contribution"])), name="incentives_line_kind"
            ),
        ),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "counted",
                            "threshold_reached",
                            "below_threshold",
                            "nik_known_before",
                            "segment_not_covered",
                            "programmes_not_covered",
                            "firm_pays_too_much",
                            "back_to_branch",
                            "taken_back",
                        ],
                    )
                ),
                name="incentives_line_reason",
            ),
        ),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(("source__in", ["registration", "contribution", "reversal", "month"])),
                name="incentives_line_source",
            ),
        ),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member", None), ("subject", "")),
                    models.Q(models.Q(("subject", ""), _negated=True), ("member__isnull", False)),
                    _connector="OR",
                ),
                name="incentives_line_subject_has_member",
            ),
        ),
        migrations.AddConstraint(
            "incentiveline",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "contribution"), ("month__isnull", False)),
                    models.Q(("kind", "acquisition"), ("month", None), ("received_idr", 0)),
                    _connector="OR",
                ),
                name="incentives_line_month_of_contribution",
            ),
        ),
        AppendOnly("incentives_incentiveline"),
    ]
