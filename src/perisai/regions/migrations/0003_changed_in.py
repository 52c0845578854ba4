from django.db import migrations

from perisai.audit.changed_in import ChangedIn


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_likeness"), ("audit", "0003_changed_in")]
    operations = [ChangedIn("regions_region")]
