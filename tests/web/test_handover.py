"""Hendri hands Rina's members over: the effect on pay comes first, the handover second."""

from datetime import date

from django.urls import reverse
from tests.incentives.people import Worker, enter
from tests.stage.fixtures import signed_in

from perisai.membership.selectors import members_of_agents
from perisai.site.cast import Cast


def test_the_effect_is_shown_before_anything_changes(cast: Cast) -> None:
    rina, mira = cast.agent_ids["rina"], cast.agent_ids["mira"]
    enter(cast, [Worker(rina, date(2026, 10, 5), ("jkk", "jkm", "jht"), 36_800, first_managed_month=24)] * 2)
    hendri, address = signed_in("hendri"), reverse("web:agent_handover", args=[rina])
    shown = hendri.post(address, {"to": str(mira), "reason": "Rina berhenti"}).content.decode()
    assert "Rp\u00a03.680" in shown.replace(" ", "\u00a0")  # 5 % of two: the 25th month of each
    assert "Rp\u00a011.040" in shown.replace(" ", "\u00a0")  # 15 % of two: month 1 with Mira
    assert members_of_agents([rina, mira]) == {rina: 2}
    answer = hendri.post(address, {"to": str(mira), "reason": "Rina berhenti", "confirmed": "1"})
    assert answer.status_code == 302
    assert members_of_agents([rina, mira]) == {mira: 2}


def test_without_a_taker_or_a_reason_it_says_so(cast: Cast) -> None:
    enter(cast, [Worker(cast.agent_ids["rina"], date(2026, 10, 5))])
    address = reverse("web:agent_handover", args=[cast.agent_ids["rina"]])
    answer = signed_in("hendri").post(address, {"to": "", "reason": ""})
    assert answer.status_code == 422
    assert "Pilih penerimanya." in answer.content.decode()
