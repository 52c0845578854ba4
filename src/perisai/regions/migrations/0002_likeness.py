"""Two functions for the search, because only a function can carry its own similarity threshold."""

from django.db import migrations

# The first two words are mostly the name: others like them are sought even where they are words (kota, koto). Later ones
# mostly name the place: those that are words are meant as written. The last one may be only begun.
WORDS_LIKE = """
CREATE FUNCTION regions_words_like(typed text[], most integer) RETURNS TABLE (typed_word text, word text)
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.42 AS $$
    SELECT t.word, near.word
    FROM (
        SELECT u.word, u.nth <= 2 OR NOT EXISTS (SELECT FROM regions_word k WHERE k.word = u.word) AS unsure,
               u.nth = cardinality(typed) AS last
        FROM unnest(typed) WITH ORDINALITY AS u(word, nth)
    ) AS t, LATERAL (
        (SELECT w.word FROM regions_word w WHERE t.unsure AND length(t.word) > 2 AND w.word % t.word
         ORDER BY similarity(w.word, t.word) * ln(w.uses + 1) DESC, w.word LIMIT most)
        UNION
        (SELECT w.word FROM regions_word w
         WHERE (t.unsure OR t.last) AND length(t.word) > 1 AND w.word ~>=~ t.word AND w.word ~<~ (t.word || '~')
         ORDER BY w.uses DESC, w.word LIMIT most)
        UNION
        (SELECT w.word FROM regions_word w WHERE w.word = t.word)
    ) AS near
$$
"""

NAMES_LIKE = """
CREATE FUNCTION regions_names_like(whole text) RETURNS SETOF bigint
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.6 AS $$
    SELECT r.id FROM regions_region r WHERE r.name_key % whole
$$
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [
        migrations.RunSQL(WORDS_LIKE, "DROP FUNCTION regions_words_like"),
        migrations.RunSQL(NAMES_LIKE, "DROP FUNCTION regions_names_like"),
    ]
