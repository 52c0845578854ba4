from django.db import migrations

from perisai.audit.changed_in import ChangedIn


class Migration(migrations.Migration):
    dependencies = [("incentives", "0002_append_only"), ("audit", "0003_changed_in")]
    operations = [ChangedIn("incentives_incentiveline", by="agent_id")]
