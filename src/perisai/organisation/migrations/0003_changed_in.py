from django.db import migrations

from perisai.audit.changed_in import ChangedIn


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_bank_role"), ("audit", "0003_changed_in")]
    operations = [ChangedIn("organisation_territory")]
