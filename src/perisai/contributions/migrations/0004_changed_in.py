from django.db import migrations

from perisai.audit.changed_in import ChangedIn


class Migration(migrations.Migration):
    dependencies = [("contributions", "0003_ledger_by_month"), ("audit", "0003_changed_in")]
    operations = [
        ChangedIn("contributions_paymentcode"),
        ChangedIn("contributions_contributionline", by="agent_id"),
    ]
