from django.db import migrations

from perisai.audit.changed_in import ChangedIn


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("audit", "0003_changed_in")]
    operations = [ChangedIn("notices_notice", by="user_id")]
