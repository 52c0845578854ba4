"""What the register must come to, and how it lies over the three provinces."""

from dataclasses import dataclass
from datetime import date
from typing import Final

REPORTED_ON: Final = date(2017, 9, 30)
"""The day the report counts."""
ENDS_ON: Final = date(2018, 1, 1)
"""No synthetic membership lives on that day. Three whole months after the last one paid, so lapse would say the same."""
FIRST_MONTH: Final = date(2016, 10, 1)
"""Everybody without an employer joins in this month and pays the twelve that end with the report's."""
APPOINTED_ON: Final = date(2016, 9, 1)
"""Perisai were a pilot from October 2016 (domain 1.1); theirs stand ready a month before."""
PROVINCES: Final = ("13", "14", "21")
REGION_PATH: Final = "KP/03"


@dataclass(frozen=True, slots=True)
class Scale:
    """How many of each. ``pu`` and ``bpu`` are members protected on ``REPORTED_ON``."""

    pu: int
    bpu: int
    firms: int
    agents: int
    wadah: int


SCALES: Final = {
    "report": Scale(pu=783_178, bpu=64_809, firms=14_000, agents=900, wadah=150),
    "small": Scale(pu=1_566, bpu=130, firms=60, agents=24, wadah=12),
}
"""``report``: claims C5 and C6 of the report (domain 0). ``small``: one five-hundredth of the people."""

# Weights by regency: wage earners, others. Plausible, not sourced: wage earners sit in Batam, Pekanbaru, Padang and the
# plantations; the others follow the farming and fishing population.
REGENCIES: Final[dict[str, tuple[float, float]]] = {
    "13.01": (1.0, 3.2), "13.02": (0.9, 2.6), "13.03": (1.0, 1.7), "13.04": (0.8, 2.5), "13.05": (1.5, 2.8),
    "13.06": (1.3, 4.2), "13.07": (0.9, 2.7), "13.08": (0.6, 2.0), "13.09": (0.2, 0.5), "13.10": (1.6, 1.5),
    "13.11": (0.9, 1.1), "13.12": (2.0, 2.8), "13.71": (10.0, 6.5), "13.72": (0.7, 0.6), "13.73": (0.7, 0.5),
    "13.74": (0.5, 0.5), "13.75": (1.4, 1.5), "13.76": (0.8, 1.1), "13.77": (0.5, 0.8),
    "14.01": (5.0, 4.6), "14.02": (3.0, 2.7), "14.03": (6.0, 3.4), "14.04": (3.0, 4.0), "14.05": (5.0, 2.4),
    "14.06": (3.0, 3.2), "14.07": (3.0, 3.4), "14.08": (5.5, 3.0), "14.09": (2.0, 2.1), "14.10": (0.7, 1.1),
    "14.71": (17.0, 7.5), "14.72": (4.0, 2.2),
    "21.01": (3.0, 1.0), "21.02": (3.0, 1.5), "21.03": (0.4, 0.6), "21.04": (0.5, 0.8), "21.05": (0.4, 0.4),
    "21.71": (27.0, 7.0), "21.72": (2.5, 1.8),
}  # fmt: skip
KELURAHAN_WEIGHT: Final = (3.0, 1.3)
"""A kelurahan counts so many times a desa or nagari of the same regency: wage earners, others."""
MINIMUM_WAGES: Final = {"13": 1_949_284, "14": 2_266_722, "21": 2_358_454}
"""Provincial minimum wage of 2017 (domain 2.11)."""
