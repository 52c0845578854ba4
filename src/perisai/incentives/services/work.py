"""The verbs that end the work of idle agents."""

from django.db import transaction

from perisai.agents import services as agents
from perisai.incentives import idle
from perisai.incentives.rules import work
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


@transaction.atomic
def end_idle_agents(*, actor: Actor) -> int:
    """Agents who brought nothing in the months that the law counts are terminated, and told; how many (domain 1.8).

    Their members stay with them on paper until the branch hands them over. Run twice it finds nobody. Raises NotFound,
    Refused(MONTH_BEFORE_LAW).
    """
    branches = list(organisation.offices_visible_to(actor, Permission.MANAGE_AGENTS).values_list("id", flat=True))
    if not branches:
        raise NotFound("page")
    running = Period.of(clock.today())
    months = len(work.months_to_judge(running))
    return agents.end_idle_agents(actor=actor, agent_ids=idle.idle_agents(running, branches), months=months)
