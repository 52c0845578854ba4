from django.db import migrations

from perisai.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("sync", "0001_initial"), ("audit", "0002_append_only")]
    operations = [AppendOnly("sync_receivedcommand"), AppendOnly("sync_commandoutcome")]
