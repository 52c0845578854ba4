from django.db import migrations

from perisai.audit.append_only import DROP_FUNCTION, MAKE_FUNCTION, AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(MAKE_FUNCTION, DROP_FUNCTION),
        AppendOnly("audit_entry"),
    ]
