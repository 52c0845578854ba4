"""A Perisai may act only while everything holds that day (domain 1.4, 10)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from perisai.kernel.errors import Code


class Lack(StrEnum):
    """What a Perisai lacks to act."""

    NOT_ACTIVE = "not_active"
    NO_TRAINING_CERTIFICATE = "no_training_certificate"
    NO_SURAT_TUGAS = "no_surat_tugas"
    NO_PKS = "no_pks"


REFUSALS: Final = {
    Lack.NOT_ACTIVE: Code.AGENT_NOT_ACTIVE,
    Lack.NO_TRAINING_CERTIFICATE: Code.AGENT_WITHOUT_CERTIFICATE,
    Lack.NO_SURAT_TUGAS: Code.AGENT_WITHOUT_SURAT_TUGAS,
    Lack.NO_PKS: Code.AGENT_WITHOUT_PKS,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a Perisai may refer, and what is missing where not."""

    lacks: tuple[Lack, ...]

    @property
    def may_act(self) -> bool:
        return not self.lacks


def standing(*, active: bool, certificate: bool, surat_tugas: bool, pks: bool) -> Standing:
    """Facts of one day to the standing of that day. A BNSP certificate is not asked for: no rule found demands it."""
    wanted = {
        Lack.NOT_ACTIVE: active,
        Lack.NO_TRAINING_CERTIFICATE: certificate,
        Lack.NO_SURAT_TUGAS: surat_tugas,
        Lack.NO_PKS: pks,
    }
    return Standing(tuple(lack for lack, held in wanted.items() if not held))
