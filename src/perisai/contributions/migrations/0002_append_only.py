from django.db import migrations

from perisai.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        AppendOnly("contributions_payment"),
        AppendOnly("contributions_contributionline"),
    ]
