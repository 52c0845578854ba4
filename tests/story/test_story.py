"""The story is true, and the ``story`` command says so."""

import pytest
from tests.stage.fixtures import DECREE, REGIONS

from perisai.kernel.actor import Actor
from perisai.organisation import services as organisation
from perisai.regions import services as regions
from perisai.site.story import Account, tell


@pytest.fixture
def empty_stage(db: None) -> None:
    """Geography and offices, and nobody yet."""
    regions.load_regions(actor=Actor.job("story"), folder=REGIONS, effective_from=DECREE)
    organisation.set_up_agency(actor=Actor.job("story"))


def test_every_fact_of_the_story_holds(empty_stage: None) -> None:
    account = Account()
    tell(account)
    assert [fact for fact in account.facts if not fact.holds] == []
    assert len(account.facts) > 100
    assert account.as_json()["true"] is True


def test_a_wrong_fact_makes_the_account_untrue() -> None:
    account = Account()
    account.scene = "A scene"
    account.check("one and one", 2, 3)
    assert not account.true
