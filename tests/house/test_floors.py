"""What import-linter cannot see of the stack of rooms."""

import pytest
from django.db import models
from tests.house import source, tables

HTTP = ("django.http", "django.shortcuts", "django.urls", "django.views", "django.test", "ninja")
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals")


def test_every_room_has_a_floor_and_every_floor_a_room() -> None:
    assert sorted(source.floors()) == source.rooms()


def test_a_table_is_known_inside_its_room_only() -> None:
    strangers = [
        f"{source.told(path, line)} imports {name}"
        for path in source.files()
        for name, line in source.imports(path)
        if name.startswith("perisai.") and ".models" in name and name.split(".")[1] != source.room_of(path)
    ]
    assert not strangers, "ask the room's selectors and services instead"


def test_a_foreign_key_points_down() -> None:
    floors = source.floors()
    upward = [
        str(field)
        for model, field in tables.foreign_keys()
        if (here := tables.room(model)) != (there := tables.room(field.related_model)) and floors[there] <= floors[here]
    ]
    assert not upward


def test_a_row_does_not_see_who_points_at_it() -> None:
    seeing = [str(field) for _, field in tables.foreign_keys() if not field.remote_field.hidden]
    assert not seeing, 'related_name="+"'


def test_no_row_takes_others_with_it_when_it_goes() -> None:
    taking = [str(field) for _, field in tables.foreign_keys() if field.remote_field.on_delete is not models.PROTECT]
    assert not taking, "on_delete=PROTECT"


@pytest.mark.parametrize(
    ("modules", "where"), [(HTTP, source.DOORS), (SIGNALS, frozenset[str]())], ids=["http", "signals"]
)
def test_what_stays_in_the_doors_and_what_stays_out(modules: tuple[str, ...], where: frozenset[str]) -> None:
    found = [
        f"{source.told(path, line)} imports {name}"
        for path in source.files()
        if source.room_of(path) not in where
        for name, line in source.imports(path, type_checking=True)
        if any(name == each or name.startswith(f"{each}.") for each in modules)
    ]
    assert not found


def test_no_door_opens_a_transaction_or_a_cursor() -> None:
    """Doors parse, call and render; a door may narrow or count what a selector gives it, never write."""
    found = [
        f"{source.told(path, line)} imports {name}"
        for path in source.files()
        if source.room_of(path) in ("web", "api")
        for name, line in source.imports(path)
        if name.startswith("django.db") and not name.startswith("django.db.models.")
    ]
    assert not found
