from pathlib import Path

import pytest
from click.testing import CliRunner

from perisai.regions.models import Region, RegionVersion
from perisai.site.commands.load_regions import command

from .conftest import EDITION, Folder

pytestmark = pytest.mark.django_db


def test_it_closes_with_the_counts() -> None:
    ran = CliRunner().invoke(command, [str(EDITION)])
    assert ran.exit_code == 0
    assert "5 provinces, 9 regencies and cities, 9 districts, 46 villages; 69 new, 0 renamed, 0 ended" in ran.stdout


def test_the_date_of_a_later_edition_is_given(folder: Folder) -> None:
    CliRunner().invoke(command, [str(EDITION)])
    folder.replace("villages.csv", "Padang Tarok", "Padang Tarok Baru")
    ran = CliRunner().invoke(command, [str(folder.path), "--effective-from", "2026-06-01"])
    assert ran.exit_code == 0
    assert RegionVersion.objects.latest("effective_from").effective_from.isoformat() == "2026-06-01"


def test_a_bad_row_is_one_sentence_and_exit_code_one(folder: Folder) -> None:
    folder.append("villages.csv", "13.06.09.2001,13.06.09,Baru")
    ran = CliRunner().invoke(command, [str(folder.path)])
    assert ran.exit_code == 1
    assert "villages.csv line 48: the parent 13.06.09 of 13.06.09.2001 does not exist" in ran.stderr
    assert not Region.objects.exists()


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    ran = CliRunner().invoke(command, [str(tmp_path / "nowhere")])
    assert ran.exit_code == 1
    assert "There is no folder" in ran.stderr


def test_a_date_that_is_none_is_called_wrongly() -> None:
    assert CliRunner().invoke(command, [str(EDITION), "--effective-from", "yesterday"]).exit_code == 2
