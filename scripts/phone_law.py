"""What the phone takes from the server's rules: dated law, choices, refusals. Called by generate.py."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import phonenumbers

from perisai import rulebook
from perisai.contributions.rules import Funding, Sector
from perisai.incentives import rules as incentives
from perisai.kernel import names
from perisai.kernel.errors import SENTENCES, Code
from perisai.kernel.period import Period
from perisai.membership import rules as membership
from perisai.rulebook import Parameter, Value

KNOWN_ON_THE_PHONE: Final = (
    "benefits.", "bpu.", "discounts.pp_49_2020.", "discounts.pp_50_2025.", "incentive.", "membership.",
    "service.bpu_due_day", "service.months_to_lapse", "service.most_months_at_once",
)  # fmt: skip
"""Beginnings of the names of parameters; a wage earner's law stays in the office."""

SAID_ON_THE_PHONE: Final = (
    Code.NIK_MALFORMED, Code.NIK_ZEROS, Code.KK_MALFORMED, Code.VILLAGE_UNKNOWN,
    Code.NAME_MISSING, Code.NAME_TOO_LONG, Code.ADDRESS_MISSING, Code.ADDRESS_TOO_LONG, Code.PHONE_MALFORMED,
    Code.BORN_IN_FUTURE, Code.TOO_YOUNG, Code.TOO_OLD, Code.CHOICE_UNKNOWN, Code.PACKAGE_UNKNOWN,
    Code.INCOME_OUT_OF_RANGE, Code.CONSENT_MISSING, Code.ATTESTATION_MISSING, Code.ATTESTATION_TOO_LONG,
    Code.AGENT_NOT_ACTIVE, Code.AGENT_WITHOUT_CERTIFICATE, Code.AGENT_WITHOUT_SURAT_TUGAS, Code.AGENT_WITHOUT_PKS,
    Code.PROGRAMMES_INCOMPLETE, Code.PROGRAMME_NOT_OFFERED, Code.MONTHS_OUT_OF_RANGE, Code.MONTH_BEFORE_LAW,
)  # fmt: skip
"""What the phone says by itself; the sentences of other refusals come with the server's answer."""

_TYPES: Final = """
export type Confidence = "high" | "medium" | "low";
export type Rate = readonly [numerator: number, denominator: number];
/** One value of one parameter: the day it began, the value (null: unknown), where it stands, how sure we are of that. */
export type Dated<T> = readonly [since: string, value: T | null, reference: string, confidence: Confidence];
export type Table<T> = Readonly<Record<string, readonly Dated<T>[]>>;
/** From `threshold` (inclusive) up to the next bracket's, `amount` holds. */
export type Bracket<T> = readonly [threshold: readonly Dated<number>[], amount: readonly Dated<T>[]];
"""


def rulebook_file() -> str:
    """The dated values, in tables by kind: whole numbers, rates as fractions of integers, words, scales."""
    known = [each for each in rulebook.parameters() if _is_known(each)]
    plain = [each for each in known if "[" not in each.name]
    return (
        _TYPES
        + f'\nexport const RULEBOOK_HASH = "{rulebook.on(rulebook.BEGINS).hash}";\n'
        + _table("WHOLE", "Table<number>", (each for each in plain if _kind(each) is int))
        + _table("RATE", "Table<Rate>", (each for each in plain if _kind(each) is Decimal))
        + _table("WORDS", "Table<readonly string[]>", (each for each in plain if _kind(each) is tuple))
        + _scales("WHOLE_SCALES", "number", [each for each in known if "[" in each.name], int)
        + _scales("RATE_SCALES", "Rate", [each for each in known if "[" in each.name], Decimal)
    )


def words_file() -> str:
    """What each parameter is called, and why a figure is in doubt, in Indonesian and in English."""
    known = {each.name.partition("[")[0]: each for each in reversed(rulebook.parameters()) if _is_known(each)}
    rows = "".join(f"  {_js(name)}: {_js(_told(known[name]))},\n" for name in sorted(known))
    return (
        "\nexport type Told = readonly [id: string, en: string, doubtId?: string, doubtEn?: string];\n"
        f"\nexport const TOLD: Readonly<Record<string, Told>> = {{\n{rows}}};\n"
    )


def _told(parameter: Parameter) -> list[str]:
    return [*parameter.description, *(parameter.note if parameter.note.id else ())]


def _is_known(parameter: Parameter) -> bool:
    return parameter.name.startswith(KNOWN_ON_THE_PHONE)


def choices_file() -> str:
    """What may be chosen, and how long a text may be."""
    return (
        _union("Sector", Sector)
        + _union("Funding", Funding)
        + _union("Programme", membership.PROGRAMMES)
        + _union("Occupation", membership.OCCUPATIONS)
        + _union("Doubt", membership.Doubt)
        + _union("MemberState", membership.MemberState)
        + _union("Segment", incentives.Segment)
        + _union("LineKind", incentives.Kind)
        + _union("Reason", incentives.Reason)
        + _constant("SECTOR_OF", "Readonly<Record<Occupation, Sector>>", membership.OCCUPATIONS)
        + _constant("PACKAGES", "readonly (readonly Programme[])[]", membership.PACKAGES)
        + _constant("MONTHS_AT_ONCE", "readonly number[]", membership.MONTHS_AT_ONCE)
        + _constant("LONGEST_NAME", "number", names.LONGEST_NAME)
        + _constant("LONGEST_ADDRESS", "number", membership.LONGEST_ADDRESS)
        + _constant("SHORTEST_ATTESTATION", "number", membership.SHORTEST_ATTESTATION)
        + _constant("LONGEST_ATTESTATION", "number", membership.LONGEST_ATTESTATION)
        + "\n/** Lengths and digits of Indonesian numbers after the 0 or +62, as the server's library knows them. */"
        + _constant("PHONE_SHAPES", "readonly (readonly [lengths: readonly number[], digits: string])[]", _shapes())
    )


def refusals_file() -> str:
    """Code to the sentence in Indonesian and in English."""
    rows = "".join(
        f"  {code.value}: [\n    {_js(SENTENCES[code].id)},\n    {_js(SENTENCES[code].en)},\n  ],\n"
        for code in SAID_ON_THE_PHONE
    )
    return f"\nexport const REFUSALS = {{\n{rows}}} as const;\n\nexport type RefusalCode = keyof typeof REFUSALS;\n"


def _kind(parameter: Parameter) -> type:
    """How the phone keeps it: a day, a month and a word are words, too."""
    value = next(each.value for each in parameter.values if each.value is not None)
    return type(value) if isinstance(value, (int, Decimal)) else tuple


def _table(name: str, kind: str, parameters: Iterable[Parameter]) -> str:
    rows = "".join(f"  {_js(each.name)}: {_dated(each)},\n" for each in parameters)
    return f"\nexport const {name} = {{\n{rows}}} satisfies {kind};\n"


def _scales(name: str, kind: str, parameters: Iterable[Parameter], wanted: type) -> str:
    """Thresholds and amounts stand next to each other by name: ``bpu.base[01].amount``, ``bpu.base[01].threshold``."""
    amounts: dict[str, dict[str, Parameter]] = {}
    for each in parameters:
        scale, _, rest = each.name.partition("[")
        amounts.setdefault(scale, {})[rest] = each
    text = ""
    for scale, parts in amounts.items():
        places = sorted({rest.partition("]")[0] for rest in parts})
        if _kind(parts[f"{places[0]}].amount"]) is wanted:
            rows = "".join(
                f"    [{_dated(parts[f'{place}].threshold'])}, {_dated(parts[f'{place}].amount'])}],\n"
                for place in places
            )
            text += f"  {_js(scale)}: [\n{rows}  ],\n"
    return f"\nexport const {name} = {{\n{text}}} satisfies Readonly<Record<string, readonly Bracket<{kind}>[]>>;\n"


def _dated(parameter: Parameter) -> str:
    values = [_row(value, value.since) for value in parameter.values]  # a null: nothing is known of that time
    if parameter.known_until is not None:
        last = parameter.value_on(unknown := parameter.known_until + timedelta(days=1))
        values.append(_row(last, unknown) if last else "")
    return f"[{', '.join(values)}]"


def _row(value: Value[Any], since: date) -> str:
    return _js([since.isoformat(), _figure(value.value), value.reference, value.confidence.value])


def _figure(value: object) -> object:
    if isinstance(value, Decimal):
        return value.as_integer_ratio()
    if isinstance(value, (Period, date, time, str)):
        return [str(value)]
    return value


def _shapes() -> list[tuple[Any, Any]]:
    known = phonenumbers.PhoneMetadata.metadata_for_region("ID")
    kinds = ("mobile", "fixed_line", "toll_free", "premium_rate", "shared_cost", "uan")
    shapes = [getattr(known, kind) for kind in kinds]
    return [(shape.possible_length, shape.national_number_pattern) for shape in shapes]


def _union(name: str, members: type[StrEnum] | Iterable[str]) -> str:
    return f"\nexport type {name} = {' | '.join(_js(str(each)) for each in members)};\n"


def _constant(name: str, kind: str, value: object) -> str:
    return f"\nexport const {name}: {kind} = {_js(dict(value) if isinstance(value, Mapping) else value)};\n"


def _js(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
