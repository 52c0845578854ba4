from django.db import migrations

from perisai.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE membership_member_number START 1000000001", "DROP SEQUENCE membership_member_number"
        ),
        AppendOnly("membership_protectionentry"),
    ]
