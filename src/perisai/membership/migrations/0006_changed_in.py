"""What changed about members and registrations, for the phones; a changed person is a changed member."""

from django.db import migrations

from perisai.audit.append_only import AppendOnly
from perisai.audit.changed_in import ChangedIn

MARK_MEMBERS = """
CREATE FUNCTION membership_mark_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE membership_member SET changed_in = DEFAULT FROM changed WHERE membership_member.person_id = changed.id;
    RETURN NULL;
END $$;
CREATE TRIGGER membership_person_marks_members AFTER UPDATE ON membership_person
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION membership_mark_members()
"""
LEAVE_MEMBERS = """
DROP TRIGGER membership_person_marks_members ON membership_person;
DROP FUNCTION membership_mark_members()
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_handover"), ("audit", "0003_changed_in")]
    operations = [
        ChangedIn("membership_member", by="agent_id"),
        ChangedIn("membership_registration", by="agent_id"),
        ChangedIn("membership_handover", by="from_agent_id"),
        migrations.RunSQL(
            "CREATE INDEX membership_handover_taken ON membership_handover (to_agent_id, changed_in, id)",
            "DROP INDEX membership_handover_taken",
        ),
        migrations.RunSQL(MARK_MEMBERS, LEAVE_MEMBERS),
        AppendOnly("membership_handover"),
    ]
