"""The law in words for people: on a day, between two days, in Indonesian and English."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from perisai.kernel import written
from perisai.kernel.errors import Sentence
from perisai.kernel.money import format_idr
from perisai.kernel.period import Period
from perisai.rulebook import book
from perisai.rulebook.book import Confidence, Parameter, Value

GROUPS: Final = {
    "bpu": Sentence("Iuran bukan penerima upah (BPU)", "Contributions without an employer (BPU)"),
    "pu": Sentence("Iuran penerima upah (PU)", "Contributions of wage earners (PU)"),
    "construction": Sentence("Iuran jasa konstruksi", "Contributions of building sites"),
    "migrant": Sentence("Iuran pekerja migran (PMI)", "Contributions of migrant workers (PMI)"),
    "jkp": Sentence("Jaminan kehilangan pekerjaan (JKP)", "Loss of a job (JKP)"),
    "discounts": Sentence("Keringanan", "Reliefs"),
    "benefits": Sentence("Manfaat", "Benefits"),
    "membership": Sentence("Syarat kepesertaan", "Who may be a member"),
    "incentive": Sentence("Insentif Perisai dan Wadah", "Rewards of Perisai and Wadah"),
    "villages": Sentence("Syarat Nagari Sadar", "Conditions of Nagari Sadar"),
    "service": Sentence("Jatuh tempo dan janji layanan", "Due days and service promises"),
    "calendar": Sentence("Hari dan jam kerja", "Working days and hours"),
    "minimum_wage": Sentence("Upah minimum provinsi (UMP)", "Minimum wages of provinces (UMP)"),
}
"""The files of the rulebook, in the order in which people read them."""

CONFIDENCE: Final = {
    Confidence.HIGH: Sentence("tinggi", "high"),
    Confidence.MEDIUM: Sentence("sedang", "medium"),
    Confidence.LOW: Sentence("rendah", "low"),
}
WORDS: Final = {
    "monday": Sentence("Senin", "Monday"),
    "tuesday": Sentence("Selasa", "Tuesday"),
    "wednesday": Sentence("Rabu", "Wednesday"),
    "thursday": Sentence("Kamis", "Thursday"),
    "friday": Sentence("Jumat", "Friday"),
    "public": Sentence("libur nasional", "public holidays"),
    "government": Sentence("cuti bersama", "joint leave"),
    "jkk": Sentence("JKK", "JKK"),
    "jkm": Sentence("JKM", "JKM"),
    "jht": Sentence("JHT", "JHT"),
    "jp": Sentence("JP", "JP"),
    "apbn": Sentence("APBN", "the state's budget (APBN)"),
    "apbd": Sentence("APBD", "a region's budget (APBD)"),
    "food_drink_tobacco": Sentence("makanan, minuman, tembakau", "food, drink and tobacco"),
    "textile_apparel": Sentence("tekstil dan pakaian jadi", "textile and apparel"),
    "leather": Sentence("kulit", "leather"),
    "footwear": Sentence("alas kaki", "footwear"),
    "toys": Sentence("mainan", "toys"),
    "furniture": Sentence("furnitur", "furniture"),
    "later": Sentence("ke hari kerja sesudahnya", "to the next working day"),
    "earlier": Sentence("ke hari kerja sebelumnya", "to the working day before"),
    "regime_2017": Sentence("aturan 2017", "rules of 2017"),
    "regime_2022": Sentence("aturan 2022", "rules of 2022"),
    "no_acquisition": Sentence("tidak ada peserta baru", "no new member"),
    "no_acquisition_and_no_contribution": Sentence(
        "tidak ada peserta baru dan tidak ada iuran", "no new member and no contribution"
    ),
    "begun_counts_whole": Sentence("bulan yang sudah mulai dihitung penuh", "a begun month counts as a whole one"),
    "funeral": Sentence("biaya pemakaman", "funeral aid"),
    "jkm_lump": Sentence("santunan sekaligus JKM", "the sum of JKM paid at once"),
}
UNITS: Final = {
    "year": ("{n} tahun", "{n} year", "{n} years"),
    "month": ("{n} bulan", "{n} month", "{n} months"),
    "day": ("{n} hari", "{n} day", "{n} days"),
    "day-of-month": ("tanggal {n}", "day {n} of the month", "day {n} of the month"),
    "hour": ("{n} jam", "{n} hour", "{n} hours"),
    "child": ("{n} anak", "{n} child", "{n} children"),
    "worker": ("{n} orang", "{n} person", "{n} people"),
    "worker-month": ("bulan ke-{n}", "month {n}", "month {n}"),
}
"""Indonesian, English of one, English of more."""
UNKNOWN: Final = Sentence("tidak diketahui", "not known")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value as people read it. ``lower``: where a step of a scale begins, else empty. ``in_doubt``: owes its note."""

    shown: str
    since: date
    reference: str
    confidence: str
    in_doubt: bool
    lower: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One rule on a day: one figure, or the steps of a scale. ``before``: the figures it had until then, newest first."""

    name: str
    group: str
    described: str
    note: str
    figures: tuple[Figure, ...]
    before: tuple[Figure, ...]

    @property
    def in_doubt(self) -> bool:
        return any(figure.in_doubt for figure in self.figures)


@dataclass(frozen=True, slots=True)
class ToldChange:
    """``before`` None: the rule began."""

    name: str
    group: str
    described: str
    note: str
    before: Figure | None
    after: Figure


def articles(day: date, language: str, search: str = "") -> tuple[Article, ...]:
    """Everything in force on ``day`` in the order of GROUPS; ``search`` narrows by words of rule, name or reference."""
    found: dict[str, Article] = {}
    known = {parameter.name: parameter for parameter in book.parameters()}
    for parameter in known.values():
        value = parameter.value_on(day)
        scale = _scale_of(parameter.name)
        if value is None or (scale and not parameter.name.endswith(".amount")):
            continue
        if not scale:
            found[parameter.name] = _article(parameter, value, language)
            continue
        lower = known[parameter.name.removesuffix("amount") + "threshold"]
        step = _figure(value, parameter.unit, language, lower=_told(lower.value_on(day), lower.unit, language))
        begun = found.get(scale)
        steps = (*begun.figures, step) if begun else (step,)
        found[scale] = Article(scale, _group(scale), *_words(parameter, language), steps, ())
    order = list(GROUPS)
    kept = (each for each in found.values() if _matches(each, search))
    return tuple(sorted(kept, key=lambda each: order.index(each.group)))


def told_changes(after: date, until: date, language: str) -> tuple[ToldChange, ...]:
    """What changed after the first day, up to and including the second, oldest first."""
    units = {parameter.name: parameter for parameter in book.parameters()}
    return tuple(
        ToldChange(
            change.name,
            _group(change.name),
            *_words(units[change.name], language),
            None if change.before is None else _figure(change.before, units[change.name].unit, language),
            _figure(change.after, units[change.name].unit, language),
        )
        for change in book.changes(after, until)
    )


def group_name(group: str, language: str) -> str:
    return _in(GROUPS[group], language)


def plain(value: object) -> object:
    """A value for JSON: whole numbers and words as they are, everything else as it stands in the rulebook."""
    if value is None or isinstance(value, int):
        return value
    return list(value) if isinstance(value, tuple) else str(value)


def shown(value: object, unit: str, language: str) -> str:
    """A value as its reader writes it: ``5,7 %``, ``Rp 6.800``, ``3 bulan``, ``JKK, JKM``."""
    english = language.startswith("en")
    if value is None:
        return _in(UNKNOWN, language)
    if isinstance(value, Decimal):
        return percent(value, language)
    if isinstance(value, tuple):
        return ", ".join(_in(WORDS[word], language) for word in value)
    if isinstance(value, time):
        return f"{value:%H:%M}" if english else f"{value:%H.%M}"
    if isinstance(value, (date, Period)):
        return str(written.fact(value, language))
    if not isinstance(value, int):
        return _in(WORDS[str(value)], language)
    if unit == "currency-IDR":
        return format_idr(value, "en" if english else "id").replace(" ", written.NARROW)
    indonesian, one, more = UNITS[unit]
    return (indonesian if not english else one if value == 1 else more).format(n=written.fact(value, language))


def percent(rate: Decimal, language: str) -> str:
    """``0,24 %`` for a reader of Indonesian, ``0.24%`` for a reader of English."""
    figure = f"{(rate * 100).normalize():f}"
    return f"{figure}%" if language.startswith("en") else f"{figure.replace('.', ',')}{written.NARROW}%"


def _article(parameter: Parameter, value: Value[Any], language: str) -> Article:
    earlier = [each for each in parameter.values if each.since < value.since]
    return Article(
        parameter.name,
        _group(parameter.name),
        *_words(parameter, language),
        (_figure(value, parameter.unit, language),),
        tuple(_figure(each, parameter.unit, language) for each in reversed(earlier)),
    )


def _figure(value: Value[Any], unit: str, language: str, lower: str = "") -> Figure:
    return Figure(
        shown(value.value, unit, language),
        value.since,
        value.reference,
        _in(CONFIDENCE[value.confidence], language),
        value.confidence is not Confidence.HIGH,
        lower,
    )


def _told(value: Value[Any] | None, unit: str, language: str) -> str:
    return shown(value.value if value else None, unit, language)


def _words(parameter: Parameter, language: str) -> tuple[str, str]:
    return _in(parameter.description, language), _in(parameter.note, language)


def _matches(article: Article, search: str) -> bool:
    """Every word asked for stands somewhere in the rule's words, its name or its references."""
    text = " ".join((article.described, article.name, article.note, *(each.reference for each in article.figures)))
    return all(word in text.casefold() for word in search.casefold().split())


def _scale_of(name: str) -> str:
    """``bpu.base`` of ``bpu.base[01].amount``; empty for a plain parameter."""
    return name.split("[")[0] if "[" in name else ""


def _group(name: str) -> str:
    return name.split(".")[0]


def _in(sentence: Sentence, language: str) -> str:
    return sentence.en if language.startswith("en") else sentence.id
