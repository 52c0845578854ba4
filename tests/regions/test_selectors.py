from datetime import date

import pytest

from perisai.kernel.errors import Code, NotFound, Refused
from perisai.regions import selectors, services
from perisai.regions.models import Region
from perisai.regions.rules import Level

from .conftest import Folder, Load

LAUNCH = date(2017, 10, 30)
NEXT_DECREE = date(2026, 6, 1)


def _codes(text: str, within: str | None = None, level: Level = Level.VILLAGE, limit: int = 10) -> list[str]:
    return [hit.code for hit in selectors.search(text, within=within, level=level, limit=limit)]


def test_koto_tinggi_keeps_its_code_through_the_split(country: services.Loaded) -> None:
    for day in (LAUNCH, date(2026, 1, 5)):
        assert selectors.get_village_for_referral("13.06.08.2001", day).name == "Koto Tinggi"
    assert [heir.name for heir in selectors.successors_of("13.06.08.2001")] == ["Koto Gadang"]
    assert [region.name for region in selectors.predecessors_of("13.06.08.2009")] == ["Koto Tinggi"]


def test_koto_gadang_takes_no_referral_before_it_was_made(country: services.Loaded) -> None:
    with pytest.raises(Refused) as refusal:
        selectors.get_village_for_referral("13.06.08.2009", LAUNCH)
    assert refusal.value.code is Code.VILLAGE_NOT_YET
    assert "Nagari Koto Gadang (13.06.08.2009)" in refusal.value.sentence()
    assert selectors.get_village_for_referral("13.06.08.2009", date(2022, 1, 1)).name == "Koto Gadang"


@pytest.mark.parametrize("code", ["13.06.08.2099", "13.06.08", "1306082001", "", "'; DROP TABLE", "\x00", "9" * 500])
def test_an_unknown_village_is_refused_by_name_of_the_field(country: services.Loaded, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        selectors.get_village_for_referral(code, LAUNCH)
    assert (refusal.value.code, refusal.value.field) == (Code.VILLAGE_UNKNOWN, "village_code")


def test_an_ended_village_names_its_successors(country: services.Loaded, load: Load, folder: Folder) -> None:
    folder.replace("villages.csv", "13.06.08.2006,13.06.08,Salo\n", "")
    folder.append("successions.csv", "from_code,to_code,effective_on,reference")
    folder.append("successions.csv", "13.06.08.2006,13.06.08.2007,2026-03-01,a fictional decree")
    load(NEXT_DECREE)
    assert selectors.get_village_for_referral("13.06.08.2006", date(2026, 2, 28)).name == "Salo"
    with pytest.raises(Refused) as refusal:
        selectors.get_village_for_referral("13.06.08.2006", date(2026, 3, 1))
    assert refusal.value.code is Code.VILLAGE_ENDED
    assert "Koto Baru, Baso, Agam, Sumatera Barat (13.06.08.2007)" in refusal.value.sentence()


def test_an_ended_village_without_successor_says_so(country: services.Loaded, load: Load, folder: Folder) -> None:
    folder.replace("villages.csv", "13.06.08.2006,13.06.08,Salo\n", "")
    load(NEXT_DECREE)
    with pytest.raises(Refused) as refusal:
        selectors.get_village_for_referral("13.06.08.2006", NEXT_DECREE)
    assert refusal.value.code is Code.VILLAGE_GONE


def test_up_and_down_the_tree(country: services.Loaded) -> None:
    assert [region.name for region in selectors.ancestors("13.06.08.2001")] == ["Sumatera Barat", "Agam", "Baso"]
    assert {region.name for region in selectors.children("13.06.08")} >= {"Koto Tinggi", "Salo", "Koto Gadang"}
    assert [region.code for region in selectors.provinces()] == ["13", "14", "31", "32", "91"]
    assert selectors.path("31.71") == "Kota Administrasi Jakarta Pusat, DKI Jakarta"
    assert selectors.find_region("13.99") is None
    with pytest.raises(NotFound):
        selectors.get_region("13.99")


def test_within_stops_at_the_dot(country: services.Loaded) -> None:
    def inside(prefix: str) -> set[str]:
        return set(Region.objects.filter(selectors.within(prefix)).values_list("code", flat=True))

    assert {"13.06", "13.06.08", "13.06.08.2001"} <= inside("13.06")
    assert "13.07" not in inside("13.06")
    assert inside("13.0") == set()
    below = Region.objects.filter(selectors.within("13.06", "parent__code")).values_list("code", flat=True)
    assert set(below) == inside("13.06") - {"13.06"}


@pytest.mark.parametrize(
    "typed",
    ["koto tinggi baso", "Koto Tinggi, Baso, Agam, Sumatera Barat", "koto tingi baso agam", "nagari koto tinggi kec. baso",
     "agam koto tinggi", "KOTO TINGGI BASSO", "koto ting bas", "13.06.08.2001", " 13.06.08.2001 "],
)  # fmt: skip
def test_one_place_is_found_however_it_is_written(country: services.Loaded, typed: str) -> None:
    assert _codes(typed)[0] == "13.06.08.2001"


def test_the_exact_name_comes_first_and_the_misspelt_one_is_found_too(country: services.Loaded) -> None:
    assert _codes("kota tinggi")[0] == "14.71.02.1006"
    assert {"13.06.08.2001", "13.07.08.2002"} <= set(_codes("kota tinggi"))
    assert set(_codes("koto tinggi")[:2]) == {"13.06.08.2001", "13.07.08.2002"}
    assert _codes("koto tinggi", limit=1) == _codes("koto tinggi")[:1]


@pytest.mark.parametrize(("typed", "code"), [("kototinggi", "13.06.08.2001"), ("suka maju bogor", "32.01.16.2013")])
def test_words_may_be_written_together_or_apart(country: services.Loaded, typed: str, code: str) -> None:
    assert code in _codes(typed)


def test_the_hit_shows_the_whole_path(country: services.Loaded) -> None:
    hit = selectors.search("koto tinggi baso")[0]
    assert (hit.name, hit.kind, hit.local_word) == ("Koto Tinggi", "desa", "nagari")
    assert hit.path == "Koto Tinggi, Baso, Agam, Sumatera Barat"


def test_a_search_stays_within_its_region_and_level(country: services.Loaded) -> None:
    assert _codes("koto tinggi", within="13.07") == ["13.07.08.2002"]
    assert _codes("koto tinggi", within="13.0") == []
    assert _codes("baso", level=Level.DISTRICT) == ["13.06.08"]
    assert _codes("sumatra barat", level=Level.PROVINCE) == ["13"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "k", "%", "_", "'", '"; DROP TABLE x; --', "🙂", "{a,b}", "x" * 5000, "\x00koto"]
)
def test_strange_searches_find_nothing_and_harm_nothing(country: services.Loaded, typed: str) -> None:
    assert isinstance(selectors.search(typed), list)
