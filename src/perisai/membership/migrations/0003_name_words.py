"""The dictionary of name words and the indexes of the search; a function, because only that carries its own threshold."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

WORDS_LIKE = """
CREATE FUNCTION membership_words_like(typed text[], heard_as text[], most integer)
    RETURNS TABLE (typed_word text, word text, likeness real)
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.4 AS $$
    SELECT t.word, near.word, similarity(near.word, t.word)
    FROM unnest(typed, heard_as) AS t(word, heard), LATERAL (
        (SELECT w.word FROM membership_nameword w WHERE w.heard = t.heard LIMIT most)
        UNION
        (SELECT w.word FROM membership_nameword w WHERE length(t.word) > 2 AND w.word % t.word
         ORDER BY similarity(w.word, t.word) DESC, w.word LIMIT most)
        UNION
        (SELECT w.word FROM membership_nameword w WHERE w.word ~>=~ t.word AND w.word ~<~ (t.word || '~')
         ORDER BY length(w.word), w.word LIMIT most)
    ) AS near
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0002_number_and_append_only"),
        ("regions", "0002_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("word", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("heard", models.CharField(db_index=True, max_length=100)),
            ],
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("name_key"),
                    models.Value(" "),
                    function="string_to_array",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                fastupdate=False,
                name="membership_person_name_words",
            ),
        ),
        migrations.AddIndex(
            model_name="nameword",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("word"), name="gin_trgm_ops"),
                name="membership_nameword_like",
            ),
        ),
        migrations.RunSQL(WORDS_LIKE, "DROP FUNCTION membership_words_like"),
    ]
