"""Rows of the firms and of the Perisai with their Wadah and papers: few enough to be written at once."""

from collections.abc import Iterator
from random import Random
from typing import Final

from perisai.site.register import people, words
from perisai.site.register.figures import APPOINTED_ON, ENDS_ON
from perisai.site.register.people import JOIN_DAYS
from perisai.site.register.plan import Agent, Firm, Plan
from perisai.site.register.rows import WRITTEN_AT, Keys, firm_size

COLUMNS: Final = {
    "accounts_user": (
        "id, password, username, name, language, is_active, must_change_password, failed_sign_ins, created_at"
    ),
    "employers_firm": "id, npp, division, name, size, risk_class, industry, branch_id, village_id, registered_on, is_synthetic",
    "agents_wadah": "id, code, name, branch_id, registered_on, is_synthetic",
    "agents_pks": "id, wadah_id, number, during",
    "agents_agent": (
        "id, number, name, wadah_id, branch_id, village_id, state, appointed_on, ended_on, ended_because, ended_as, "
        "is_synthetic, created_at"
    ),
    "agents_surattugas": "id, agent_id, wadah_id, number, during",
    "certification_certificate": "id, agent_id, kind, number, during, revoked_because",
}
NPP_LETTERS: Final = {"13": "XS", "14": "XR", "21": "XK"}
"""No NPP of ours begins with X otherwise."""
USERS: Final = (("sintetis.perujuk", "Perujuk Sintetis"), ("sintetis.petugas", "Petugas Sintetis"))
"""Who is said to have entered and to have decided. Closed, and without a password that fits."""
CLOSED_BECAUSE: Final = "Register sintetis berakhir (fiktif)"


def write_staff(plan: Plan, keys: Keys) -> dict[str, bytes]:
    """Rows by table in the text form of COPY."""
    rng = Random(f"{keys.seed}:staff")  # noqa: S311 - drawing inventions, not secrets
    during = f"[{APPOINTED_ON},{ENDS_ON})"
    wadah_of = {agent.wadah: agent for agent in reversed(plan.agents)}
    rows = {
        "accounts_user": (
            f"{keys.id('user', place)}\t!\t{username}\t{name}\tid\tf\tf\t0\t{WRITTEN_AT}"
            for place, (username, name) in enumerate(USERS)
        ),
        "employers_firm": (_firm(firm, keys, rng) for firm in plan.firms),
        "agents_wadah": (
            f"{keys.id('wadah', wadah)}\tSIN-W{wadah:04d}\t{_wadah_name(rng)}\t{first.branch_id}\t{APPOINTED_ON}\tt"
            for wadah, first in sorted(wadah_of.items())
        ),
        "agents_pks": (
            f"{keys.id('pks', wadah)}\t{keys.id('wadah', wadah)}\tPKS/SIN/{wadah:04d}/2016\t{during}"
            for wadah in sorted(wadah_of)
        ),
        "agents_agent": (_agent(agent, keys, rng) for agent in plan.agents),
        "agents_surattugas": (
            f"{keys.id('letter', agent.number)}\t{keys.id('agent', agent.number)}\t{keys.id('wadah', agent.wadah)}"
            f"\tST/SIN/{agent.number:04d}/2016\t{during}"
            for agent in plan.agents
        ),
        "certification_certificate": (
            f"{keys.id('certificate', agent.number)}\t{keys.id('agent', agent.number)}\ttraining"
            f"\tSERT/SIN/{agent.number:04d}/2016\t{during}\t"
            for agent in plan.agents
        ),
    }
    return {table: _lines(lines) for table, lines in rows.items()}


def _lines(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _firm(firm: Firm, keys: Keys, rng: Random) -> str:
    kinds = [trade for trade in words.TRADES if trade[2][firm.province]]
    trade = rng.choices(kinds, [weights[firm.province] for _, _, weights in kinds])[0]
    name = f"{rng.choice(trade[0])} {' '.join(rng.sample(words.FIRM_WORDS, 2))}"
    form = (
        ""
        if name.startswith(("Koperasi", "Klinik"))
        else rng.choice(("PT ", "CV ", "UD ") if firm.workers < 100 else ("PT ",))
    )
    return (
        f"{keys.id('firm', firm.number)}\t{NPP_LETTERS[firm.province]}{firm.number:06d}\t000\t{form}{name} (sintetis)"
        f"\t{firm_size(firm.workers)}\t{trade[1]}\t\t{firm.branch_id}\t{firm.region_id}\t{JOIN_DAYS[firm.since]}\tt"
    )


def _wadah_name(rng: Random) -> str:
    return f"Wadah {rng.choice(words.WADAH_WORDS)} {rng.choice(words.FIRM_WORDS)} (sintetis)"


def _agent(agent: Agent, keys: Keys, rng: Random) -> str:
    sex = rng.choice(people.SEXES)
    name = people.draw_name(rng.random, people.PEOPLES[agent.province].draw(rng.random), sex)[0]
    return (
        f"{keys.id('agent', agent.number)}\tSIN-P{agent.number:05d}\t{name}\t{keys.id('wadah', agent.wadah)}"
        f"\t{agent.branch_id}\t{agent.region_id}\tterminated\t{APPOINTED_ON}\t{ENDS_ON}\t{CLOSED_BECAUSE}\tdecided\tt"
        f"\t{WRITTEN_AT}"
    )
