from django.db import migrations

from perisai.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        AppendOnly("villages_stepentry"),
        AppendOnly("villages_session"),
        AppendOnly("villages_plan"),
    ]
