from django.db import migrations

from perisai.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("banks", "0003_statements"), ("audit", "0002_append_only")]
    operations = [
        AppendOnly("banks_statement"),
        AppendOnly("banks_statementline"),
    ]
