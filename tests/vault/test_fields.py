"""A sealed column: text in Python, nothing readable in the table, brought under a new key while others write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from perisai.vault import keys, services
from perisai.vault.fields import SealedTextField
from perisai.vault.sealing import current_header

NAMES = ["Siti Rahmawati", "Zainab binti Ja'far", "Sutan Marajo", ""]


class Villagers:
    """One throw-away table with a sealed column."""

    def __init__(self, registry: Apps, model: type[models.Model]) -> None:
        self.registry, self.model = registry, model

    def add(self, *names: str | None) -> None:
        self.model._default_manager.bulk_create([self.model(mother=name) for name in names])

    def names(self) -> list[str | None]:
        return list(self.model._default_manager.order_by("pk").values_list("mother", flat=True))

    def stored(self) -> list[bytes | None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT mother FROM vault_villager ORDER BY id")
            return [row[0] and bytes(row[0]) for row in cursor.fetchall()]

    def write(self, number: int, blob: bytes) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE vault_villager SET mother = %s WHERE id = "
                "(SELECT id FROM vault_villager ORDER BY id OFFSET %s LIMIT 1)",
                [blob, number],
            )

    def rotate(self, batch: int = 2) -> services.Rotation:
        return services.rotate(progress=lambda *_: None, registry=self.registry, batch=batch)


@pytest.fixture
def villagers(db: None) -> Iterator[Villagers]:
    with isolate_apps("perisai.vault") as registry:
        assert registry

        class Villager(models.Model):
            mother = SealedTextField(context="tests.villager.mother", max_plain=100, null=True)

            class Meta:
                app_label = "vault"

        with connection.schema_editor() as editor:
            editor.create_model(Villager)
        yield Villagers(registry, Villager)


def test_text_goes_in_and_comes_out(villagers: Villagers) -> None:
    villagers.add(*NAMES, None)
    assert villagers.names() == [*NAMES, None]
    assert villagers.model._default_manager.filter(mother__isnull=True).count() == 1
    villager = villagers.model._default_manager.earliest("pk")
    villager.mother = "Zubaidah"  # type: ignore[attr-defined]
    villagers.model._default_manager.bulk_update([villager], ["mother"])
    assert villagers.names()[0] == "Zubaidah"


def test_a_dump_of_the_table_tells_no_name(villagers: Villagers) -> None:
    villagers.add(*NAMES)
    with connection.cursor() as cursor, cursor.copy("COPY vault_villager TO STDOUT (FORMAT binary)") as copy:
        dump = b"".join(bytes(part) for part in copy)
    assert len(dump) > 100
    for word in " ".join(NAMES).split():
        assert word.encode() not in dump


@pytest.mark.parametrize("lookup", ["mother", "mother__startswith", "mother__in", "mother__gt"])
def test_it_cannot_be_searched_by_mistake(villagers: Villagers, lookup: str) -> None:
    with pytest.raises(FieldError, match="blind index"):
        villagers.model._default_manager.filter(**{lookup: ["Siti"]})


def test_it_is_not_dumped_as_open_text(villagers: Villagers) -> None:
    villagers.add("Siti")
    with pytest.raises(TypeError, match="pg_dump"):
        serializers.serialize("json", villagers.model._default_manager.all())


def test_what_does_not_belong_is_refused(villagers: Villagers) -> None:
    with pytest.raises(ValueError, match="at most 100"):
        villagers.add("a" * 101)
    with pytest.raises(TypeError, match="takes text"):
        villagers.add(1306080101800001)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="blind index"):
        SealedTextField(context="tests.x", max_plain=1, unique=True)


def test_a_migration_keeps_context_and_length() -> None:
    _, _, args, kwargs = SealedTextField(context="tests.x", max_plain=16, null=True).deconstruct()
    assert (args, kwargs) == ([], {"context": "tests.x", "max_plain": 16, "null": True})


def test_every_row_moves_under_the_new_key_once(villagers: Villagers, key_file: Path) -> None:
    villagers.add(*NAMES, None)
    keys.add_sealing_key()
    assert villagers.rotate() == services.Rotation(resealed=4, overtaken=0, damaged=())
    assert {blob[:3] for blob in villagers.stored() if blob} == {current_header()}
    assert villagers.names() == [*NAMES, None]
    assert villagers.rotate().resealed == 0


def test_a_write_during_the_rotation_is_not_lost(
    villagers: Villagers, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    villagers.add("Siti", "Zainab")
    keys.add_sealing_key()
    opened = services._opened

    def and_meanwhile_a_clerk_corrects(field, rows):  # type: ignore[no-untyped-def]
        villagers.model._default_manager.filter(pk=rows[0][0]).update(mother="Siti Rahmawati")
        return opened(field, rows)

    monkeypatch.setattr(services, "_opened", and_meanwhile_a_clerk_corrects)
    assert villagers.rotate() == services.Rotation(resealed=1, overtaken=1, damaged=())
    assert villagers.names() == ["Siti Rahmawati", "Zainab"]


def test_a_damaged_row_is_named_and_the_rest_goes_on(villagers: Villagers, key_file: Path) -> None:
    villagers.add("Siti", "Zainab", "Rina")
    keys.add_sealing_key()
    stale = villagers.stored()[1]
    assert stale
    villagers.write(1, stale[:-1] + bytes([stale[-1] ^ 1]))
    outcome = villagers.rotate(batch=1)
    assert outcome.resealed == 2
    assert len(outcome.damaged) == 1
    assert outcome.damaged[0].startswith("tests.villager.mother ")
