from django.db import migrations

from perisai.audit.changed_in import DROP_FUNCTION, MAKE_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(MAKE_FUNCTION, DROP_FUNCTION)]
