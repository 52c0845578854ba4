"""The administrator opens accounts, gives roles, and has no rights of the trade."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.stage.fixtures import signed_in

from perisai.accounts.models import User
from perisai.accounts.selectors import find_user
from perisai.audit.models import Entry
from perisai.organisation.selectors import actor_for
from perisai.site.cast import PASSWORD, Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\u00a0", " ")


def id_of(username: str) -> Any:
    user = find_user(username)
    assert user is not None
    return user.id


def password_on(page: Any) -> str:
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", text(page))
    assert found
    return found[0]


def test_everybody_stands_with_their_roles(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in("admin")
    with django_assert_max_num_queries(9):
        page = text(client.get("/pengaturan"))
    assert "Laras Wulandari" in page and "Petugas cabang" in page and "Bukittinggi" in page
    assert "Laras Wulandari" not in text(client.get("/pengaturan?q=hendri"))


@pytest.mark.parametrize("who", ["hendri", "rina", "sudirman", "maharani"])
def test_nobody_else_finds_the_page(cast: Cast, who: str) -> None:
    client = signed_in(who)
    for address in ("", "/baru", f"/{id_of('laras')}", f"/{id_of('laras')}/kata-sandi", f"/{id_of('laras')}/peran"):
        assert client.get(f"/pengaturan{address}").status_code == 404
    assert client.post(f"/pengaturan/{id_of('laras')}/kata-sandi").status_code == 404


def test_a_new_account_with_a_password_told_once(cast: Cast) -> None:
    admin = signed_in("admin")
    typed = {"name": "Ani <i>Zainal</i>", "username": "ani"}
    made = admin.post("/pengaturan/baru", typed)
    password = password_on(made)
    assert "&lt;i&gt;Zainal" in text(made)
    assert admin.post("/pengaturan/baru", typed).status_code == 422
    assert password not in text(admin.get(f"/pengaturan/{id_of('ani')}"))
    newcomer = Client()
    assert newcomer.post("/masuk", {"username": "ani", "password": password}).status_code == 302
    assert newcomer.get("/").headers["Location"] == "/kata-sandi"
    assert Entry.objects.filter(action="accounts.user.created", subject_id=str(id_of("ani"))).exists()


def test_a_forgotten_password_ends_the_sessions(cast: Cast) -> None:
    laras = signed_in("laras")
    assert laras.get("/peserta").status_code == 200
    password_on(signed_in("admin").post(f"/pengaturan/{id_of('laras')}/kata-sandi"))
    assert laras.get("/peserta").status_code == 302
    assert Client().post("/masuk", {"username": "laras", "password": PASSWORD}).status_code == 422


def test_a_closed_account_is_out_at_once_and_can_come_back(cast: Cast) -> None:
    admin, laras = signed_in("admin"), signed_in("laras")
    address = f"/pengaturan/{id_of('laras')}/tutup"
    assert admin.post(address, {"reason": ""}).status_code == 422
    assert admin.post(address, {"reason": "Pindah kantor"}).status_code == 302
    assert laras.get("/peserta").status_code == 302
    assert admin.post(address, {"reason": "Kembali"}).status_code == 302
    assert User.objects.get(username="laras").is_active


def test_roles_are_given_where_they_fit_and_ended(cast: Cast) -> None:
    admin, laras = signed_in("admin"), id_of("laras")
    address = f"/pengaturan/{laras}/peran"
    assert 'id="id_office_code-error"' in text(admin.post(address, {"role": "branch_officer"}))
    assert admin.post(address, {"role": "branch_officer", "office_code": "BKT"}).status_code == 422, "held already"
    assert 'id="id_region_code-error"' in text(admin.post(address, {"role": "wali_nagari", "region_code": "13.99"}))
    assert admin.post(address, {"role": "job", "office_code": "KP"}).status_code == 422
    assert admin.post(address, {"role": "finance_officer", "office_code": "SLK"}).status_code == 302
    assert signed_in("laras").get("/iuran/catat").status_code == 200
    ended = admin.post(f"{address}/finance_officer/akhiri")
    assert ended.status_code == 302
    assert signed_in("laras").get("/iuran/catat").status_code == 404
    assert "finance_officer" not in {grant.role for grant in actor_for(laras).grants}, (
        "ended on its first day: never ran"
    )
    assert admin.get(f"/pengaturan/{laras}").status_code == 200


def test_nobody_gives_themselves_rights(cast: Cast) -> None:
    admin = signed_in("admin")
    me = f"/pengaturan/{id_of('admin')}"
    assert admin.post(f"{me}/peran", {"role": "branch_head", "office_code": "BKT"}).status_code == 422
    assert admin.post(f"{me}/tutup", {"reason": "x"}).status_code == 422
    assert admin.post(f"{me}/kata-sandi").status_code == 422
    assert "Tindakan" in text(admin.get(me)) and "Tutup akun" not in text(admin.get(me))
