"""The agency as it ships, on the real codes."""

from datetime import date
from pathlib import Path

import pytest

from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.organisation import files, selectors, services
from perisai.organisation.models import Office, Territory
from perisai.regions.models import Region
from perisai.regions.services import load_regions

REGIONS = Path(__file__).parents[1] / "stage" / "regions"
JOB = Actor.job("test")
REPORT = date(2017, 10, 30)


@pytest.fixture
def agency(db: None) -> None:
    load_regions(actor=JOB, folder=REGIONS, effective_from=date(2025, 6, 23))
    services.set_up_agency(actor=JOB)


@pytest.mark.usefixtures("agency")
def test_nagari_koto_tinggi_is_served_by_bukittinggi() -> None:
    branch = selectors.find_branch_serving("13.06.08.2001", REPORT)
    assert branch is not None
    assert (branch.code, branch.path, branch.timezone) == ("BKT", "KP/03/BKT", "Asia/Jakarta")


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize(
    ("district", "code"),
    [("14.71.02", "PKU"), ("14.71.08", "PNM"), ("21.71.06", "BNG"), ("21.71.03", "BSK"), ("13.72.01", "SLK")],
)
def test_a_shared_city_is_served_by_district(district: str, code: str) -> None:
    branch = selectors.find_branch_serving(f"{district}.1001", REPORT)
    assert branch is not None
    assert branch.code == code


@pytest.mark.usefixtures("agency")
def test_every_regency_of_sumbarriau_belongs_to_exactly_one_branch() -> None:
    regencies = set(
        Region.objects.filter(level="regency", parent__code__in=["13", "14", "21"]).values_list("code", flat=True)
    )
    assert len(regencies) == 38
    held = list(
        Territory.objects.filter(office__kind=Office.Kind.BRANCH, region__level="regency").values_list(
            "region__code", flat=True
        )
    )
    assert sorted(held) == sorted(regencies)


@pytest.mark.usefixtures("agency")
def test_every_province_belongs_to_exactly_one_of_eleven_regional_offices() -> None:
    assert selectors.offices_of_kind("regional").count() == 11
    held = list(Territory.objects.filter(office__kind=Office.Kind.REGIONAL).values_list("region__code", flat=True))
    assert sorted(held) == sorted(Region.objects.filter(level="province").values_list("code", flat=True))


@pytest.mark.usefixtures("agency")
def test_set_up_again_changes_nothing() -> None:
    before = list(Territory.objects.order_by("id").values_list()), list(Office.objects.order_by("id").values_list())
    services.set_up_agency(actor=JOB)
    after = list(Territory.objects.order_by("id").values_list()), list(Office.objects.order_by("id").values_list())
    assert before == after


@pytest.mark.django_db
def test_without_regions_nothing_is_set_up() -> None:
    with pytest.raises(NotFound):
        services.set_up_agency(actor=JOB)
    assert not Office.objects.exists()


def test_every_row_says_how_well_it_is_known() -> None:
    agency = files.read_agency()
    assert {row.confidence for row in agency.offices} | {row.confidence for row in agency.territories} <= {
        "high",
        "medium",
        "low",
    }
