import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perisai.regions import rules
from perisai.regions.rules import Kind, Level


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        ("13", Kind.PROVINSI, "provinsi"),
        ("13.06", Kind.KABUPATEN, "kabupaten"),
        ("13.75", Kind.KOTA, "kota"),
        ("13.06.08", Kind.KECAMATAN, "kecamatan"),
        ("13.06.08.2001", Kind.DESA, "nagari"),
        ("13.09.01.2001", Kind.DESA, "desa"),
        ("13.73.01.2003", Kind.DESA, "desa"),
        ("13.75.01.1001", Kind.KELURAHAN, "kelurahan"),
        ("14.06.03.2010", Kind.DESA, "desa"),
        ("91.03.01.3007", Kind.DESA_ADAT, "desa adat"),
    ],
)
def test_the_code_tells_the_kind_and_the_local_word(code: str, kind: Kind, word: str) -> None:
    assert rules.kind_of(code) is kind
    assert rules.local_word(code) == word


@pytest.mark.parametrize(
    ("level", "written", "shown"),
    [
        (Level.PROVINCE, "SUMATERA BARAT", "Sumatera Barat"),
        (Level.PROVINCE, "DKI JAKARTA", "DKI Jakarta"),
        (Level.PROVINCE, "DAERAH ISTIMEWA YOGYAKARTA", "Daerah Istimewa Yogyakarta"),
        (Level.REGENCY, "KABUPATEN AGAM", "Agam"),
        (Level.REGENCY, "KOTA PADANG", "Kota Padang"),
        (Level.REGENCY, "KABUPATEN LIMA PULUH KOTA", "Lima Puluh Kota"),
        (Level.REGENCY, "KABUPATEN PANGKAJENE DAN KEPULAUAN", "Pangkajene dan Kepulauan"),
        (Level.REGENCY, "KABUPATEN ADMINISTRASI KEPULAUAN SERIBU", "Kepulauan Seribu"),
        (Level.DISTRICT, "IV  Koto", "IV Koto"),
        (Level.VILLAGE, "Lubuk Basung III/IV", "Lubuk Basung III/IV"),
    ],
)
def test_names_are_shown_as_people_write_them(level: Level, written: str, shown: str) -> None:
    assert rules.shown_name(level, written) == shown


@pytest.mark.parametrize(
    ("code", "zone"),
    [("13.06.08.2001", "Asia/Jakarta"), ("62", "Asia/Jakarta"), ("64.02", "Asia/Makassar"), ("91.03", "Asia/Jayapura")],
)
def test_the_province_gives_the_time_zone(code: str, zone: str) -> None:
    assert rules.zone_of(code).key == zone


def test_a_prefix_ends_at_a_dot() -> None:
    assert rules.is_within("13.06", "13.06")
    assert rules.is_within("13.06.08.2001", "13.06")
    assert not rules.is_within("13.060", "13.06")
    assert not rules.is_within("13", "13.06")


@pytest.mark.parametrize("code", ["", "1", "13.6", "13.06.08.4001", "13.06.08.20011", "13.06.08.", "١٣", "13\n"])
def test_what_has_no_level_is_no_code(code: str) -> None:
    assert rules.level_of(code) is None


@given(st.text(max_size=300))
def test_any_text_makes_a_plain_key(text: str) -> None:
    key = rules.place_key(text)
    assert key == rules.place_key(key)
    assert all(character.isascii() and (character.isalnum() or character == " ") for character in key)
    assert len(rules.query_words(text)) <= 8


@given(st.text("abc", min_size=1), st.text("abc", min_size=1))
@example("aaa", "aaaa")
def test_closeness_is_one_only_for_the_same_word(one: str, other: str) -> None:
    assert 0 <= rules.closeness(one, other) <= 1
    assert (rules.closeness(one, other) == 1) is (one == other)


_words = st.sampled_from(["koto", "tinggi", "baso", "agam", "kota", "nagari"])


@given(st.lists(st.tuples(_words, st.dictionaries(_words, st.floats(0, 1)))), st.sets(_words), st.sets(_words))
def test_a_score_lies_between_nothing_and_all(
    asked: list[tuple[str, dict[str, float]]], name: set[str], above: set[str]
) -> None:
    words = {rules.NAME_MARK + word for word in name} | name | above
    assert 0 <= rules.score(asked, words) <= 1


def test_words_of_the_path_pick_among_namesakes_but_never_beat_the_name() -> None:
    baso = rules.row(Level.VILLAGE, "13.06.08.2001", "Koto Tinggi", rules.row(Level.DISTRICT, "13.06.08", "Baso", None))
    rambah = rules.row(
        Level.VILLAGE, "14.06.03.2010", "Koto Tinggi", rules.row(Level.DISTRICT, "14.06.03", "Rambah", None)
    )
    asked = [(word, {word: 1.0}) for word in ("koto", "tinggi", "baso")]
    assert rules.score(asked, baso.words) > rules.score(asked, rambah.words)
    assert rules.score(asked[:2], baso.words) == 1
