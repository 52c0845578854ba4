from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from perisai.kernel.errors import Code, Refused
from perisai.regions import rules, selectors, services
from perisai.regions.models import Region, RegionVersion, Succession

from .conftest import DECREE, Folder, Load

NEXT_DECREE = date(2026, 6, 1)


def _everything() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Region, RegionVersion, Succession)]


def test_the_edition_is_loaded_whole(country: services.Loaded) -> None:
    assert country == services.Loaded(5, 9, 9, 46, added=69, renamed=0, ended=0)
    koto_tinggi = selectors.get_region("13.06.08.2001")
    assert koto_tinggi.path_names == "Koto Tinggi, Baso, Agam, Sumatera Barat"
    assert koto_tinggi.local_word == "nagari"
    assert koto_tinggi.parent is not None
    assert koto_tinggi.parent.code == "13.06.08"


def test_loading_the_same_edition_again_changes_nothing(country: services.Loaded, load: Load) -> None:
    before = _everything()
    again = load()
    assert (again.added, again.renamed, again.ended) == (0, 0, 0)
    assert _everything() == before


def test_a_new_name_is_a_new_version_of_the_same_region(country: services.Loaded, load: Load, folder: Folder) -> None:
    region = selectors.get_region("13.06.08.2005")
    folder.replace("villages.csv", "Padang Tarok", "Padang Tarok Baru")
    assert load(NEXT_DECREE).renamed == 1
    renamed = selectors.get_region("13.06.08.2005")
    assert (renamed.pk, renamed.name) == (region.pk, "Padang Tarok Baru")
    before = selectors.region_on("13.06.08.2005", date(2026, 5, 31))
    since = selectors.region_on("13.06.08.2005", NEXT_DECREE)
    assert before is not None and before.name == "Padang Tarok"
    assert since is not None and since.name == "Padang Tarok Baru"
    assert [hit.code for hit in selectors.search("padang tarok baru")][:1] == ["13.06.08.2005"]


def test_a_renamed_district_renews_paths_without_versions_of_its_villages(
    country: services.Loaded, load: Load, folder: Folder
) -> None:
    folder.replace("districts.csv", "Baso", "Baso Raya")
    assert load(NEXT_DECREE).renamed == 1
    assert selectors.path("13.06.08.2001") == "Koto Tinggi, Baso Raya, Agam, Sumatera Barat"
    assert [hit.code for hit in selectors.search("koto tinggi raya")] == ["13.06.08.2001"]


def test_a_vanished_village_ends_and_keeps_its_row(country: services.Loaded, load: Load, folder: Folder) -> None:
    salo = selectors.get_region("13.06.08.2006")
    folder.replace("villages.csv", "13.06.08.2006,13.06.08,Salo\n", "")
    assert load(NEXT_DECREE).ended == 1
    kept = selectors.get_region("13.06.08.2006")
    assert (kept.pk, kept.is_current) == (salo.pk, False)
    assert selectors.region_on("13.06.08.2006", date(2026, 5, 31)) is not None
    assert selectors.region_on("13.06.08.2006", NEXT_DECREE) is None
    assert selectors.search("salo baso") == []


def test_a_village_that_comes_back_is_the_same_region(country: services.Loaded, load: Load, folder: Folder) -> None:
    salo = selectors.get_region("13.06.08.2006")
    line = "13.06.08.2006,13.06.08,Salo"
    folder.replace("villages.csv", f"{line}\n", "")
    load(NEXT_DECREE)
    folder.append("villages.csv", line)
    load(date(2027, 1, 1))
    back = selectors.get_region("13.06.08.2006")
    assert (back.pk, back.is_current) == (salo.pk, True)
    assert selectors.region_on("13.06.08.2006", date(2026, 12, 31)) is None
    assert selectors.region_on("13.06.08.2006", date(2027, 1, 1)) is not None


def test_a_village_of_a_later_edition_starts_with_it_and_with_its_succession_if_one_is_told(
    country: services.Loaded, load: Load, folder: Folder
) -> None:
    folder.append("villages.csv", "13.06.08.2010,13.06.08,Ladang Hutan")
    folder.append("villages.csv", "13.06.08.2011,13.06.08,Batu Taba")
    folder.append("successions.csv", "from_code,to_code,effective_on,reference")
    folder.append("successions.csv", "13.06.08.2001,13.06.08.2010,2026-02-01,a fictional decree")
    assert load(NEXT_DECREE).added == 2
    assert selectors.region_on("13.06.08.2010", date(2026, 1, 31)) is None
    assert selectors.region_on("13.06.08.2010", date(2026, 2, 1)) is not None
    assert selectors.region_on("13.06.08.2011", date(2026, 5, 31)) is None
    assert selectors.region_on("13.06.08.2011", NEXT_DECREE) is not None
    assert [region.code for region in selectors.predecessors_of("13.06.08.2010")] == ["13.06.08.2001"]


Spoil = Callable[[Folder], object]

FAULTS: list[tuple[Spoil, Code, dict[str, object]]] = [
    (lambda f: (f.path / "villages.csv").unlink(), Code.REGIONS_FILE_MISSING, {"file": "villages.csv"}),
    (lambda f: (f.path / "districts.csv").write_bytes(b"code,regency_code,name\n\xff\xfe"), Code.REGIONS_FILE_UNREADABLE, {}),
    (lambda f: f.replace("villages.csv", "district_code", "parent"), Code.REGIONS_HEADER_WRONG, {"file": "villages.csv"}),
    (lambda f: (f.path / "provinces.csv").write_text(""), Code.REGIONS_HEADER_WRONG, {"file": "provinces.csv"}),
    (lambda f: (f.path / "villages.csv").write_text("code,district_code,name\n"), Code.REGIONS_FILE_EMPTY, {}),
    (lambda f: f.append("villages.csv", "13.06.08.2010,13.06.08"), Code.REGIONS_ROW_MALFORMED, {"line": 48}),
    (lambda f: f.append("villages.csv", "13.06.08.2010,13.06.08, "), Code.REGIONS_ROW_MALFORMED, {"line": 48}),
    (lambda f: f.append("villages.csv", "13.06.08.9001,13.06.08,Baru"), Code.REGIONS_CODE_MALFORMED, {"line": 48}),
    (lambda f: f.append("villages.csv", "13.06.09.2001,13.06.09,Baru"), Code.REGIONS_PARENT_UNKNOWN, {"parent": "13.06.09"}),
    (lambda f: f.append("villages.csv", "13.06.08.2010,13.07.08,Baru"), Code.REGIONS_PARENT_UNKNOWN, {"parent": "13.07.08"}),
    (lambda f: f.append("villages.csv", "13.06.08.2001,13.06.08,Baru"), Code.REGIONS_CODE_TWICE, {"region": "13.06.08.2001"}),
    (lambda f: f.append("villages.csv", "13.06.08.2010,13.06.08," + "x" * 101), Code.REGIONS_NAME_LONG, {"line": 48}),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "facts"), FAULTS)
def test_a_fault_is_named_by_file_and_line_and_nothing_is_stored(
    load: Load, folder: Folder, spoil: Spoil, code: Code, facts: dict[str, object]
) -> None:
    spoil(folder)
    with pytest.raises(Refused) as refusal:
        load()
    assert refusal.value.code is code
    assert facts.items() <= refusal.value.facts.items()
    assert refusal.value.sentence("id") and refusal.value.sentence("en")
    assert not Region.objects.exists()


def test_a_missing_folder_is_said(load: Load, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        load(path=tmp_path / "nowhere")
    assert refusal.value.code is Code.REGIONS_FOLDER_MISSING


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("13.06.08.2001,13.06.08.2099,2024-01-01,none", Code.SUCCESSION_UNKNOWN),
        ("13.06.08.2001,13.06.08.2001,2024-01-01,none", Code.SUCCESSION_UNKNOWN),
        ("13.06.08.2001,13.06.08.2002,1 May 2024,none", Code.SUCCESSION_DATE_WRONG),
        ("13.06.08.2001,13.06.08.2002,2025-06-24,none", Code.SUCCESSION_DATE_WRONG),
    ],
)
def test_a_wrong_succession_is_refused(load: Load, folder: Folder, line: str, code: Code) -> None:
    folder.append("successions.csv", "from_code,to_code,effective_on,reference")
    folder.append("successions.csv", line)
    with pytest.raises(Refused) as refusal:
        load()
    assert refusal.value.code is code
    assert refusal.value.facts["line"] == 2


def test_older_data_never_overwrites_newer(country: services.Loaded, load: Load) -> None:
    with pytest.raises(Refused) as refusal:
        load(date(2018, 1, 1))
    assert refusal.value.code is Code.REGIONS_DATE_OLD


def test_a_file_cut_short_ends_nothing(country: services.Loaded, load: Load, folder: Folder) -> None:
    villages = folder.path / "villages.csv"
    villages.write_text("".join(villages.read_text().splitlines(keepends=True)[:30]))
    before = _everything()
    with pytest.raises(Refused) as refusal:
        load(NEXT_DECREE)
    assert refusal.value.code is Code.REGIONS_TOO_MANY_GONE
    assert _everything() == before


def test_the_progress_runs_to_its_end(db: None, folder: Folder) -> None:
    from perisai.kernel.actor import Actor

    told: dict[str, tuple[int, int]] = {}

    def report(step: str, done: int, total: int) -> None:
        told[step] = (done, total)

    services.load_regions(actor=Actor.job("test"), folder=folder.path, effective_from=DECREE, report=report)
    assert tuple(told) == services.STEPS
    assert all(done == total for done, total in told.values())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE regions_region SET code = '13.06' WHERE code = '13.06.08.2001'",
        "UPDATE regions_region SET code = '13.06.08.2xx1' WHERE code = '13.06.08.2001'",
        "UPDATE regions_region SET parent_id = NULL WHERE code = '13.06'",
        "UPDATE regions_region SET level = 'jorong' WHERE code = '13.06'",
        "INSERT INTO regions_regionversion (region_id, effective_from, code, name) "
        "SELECT region_id, effective_from, code, name FROM regions_regionversion LIMIT 1",
    ],
)
def test_the_database_itself_refuses_the_impossible(country: services.Loaded, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_versions_of_the_first_load_reach_back_before_our_data(country: services.Loaded) -> None:
    version = selectors.region_on("13.06.08.2001", date(2017, 10, 30))
    assert version is not None
    assert version.effective_from == rules.FLOOR
