"""How far an office is from its target, how likely it makes it, and its place among its kind (docs/algorithms/target.md)."""

from perisai.targets.rules.attainment import Count as Count
from perisai.targets.rules.attainment import PaceNeeded as PaceNeeded
from perisai.targets.rules.attainment import Place as Place
from perisai.targets.rules.attainment import attainment as attainment
from perisai.targets.rules.attainment import expected_at_year_end as expected_at_year_end
from perisai.targets.rules.attainment import missing as missing
from perisai.targets.rules.attainment import pace_needed as pace_needed
from perisai.targets.rules.attainment import pace_now as pace_now
from perisai.targets.rules.attainment import rank as rank
from perisai.targets.rules.outlook import AgentYield as AgentYield
from perisai.targets.rules.outlook import Outlook as Outlook
from perisai.targets.rules.outlook import Span as Span
from perisai.targets.rules.outlook import months_ahead as months_ahead
from perisai.targets.rules.outlook import outlook as outlook
