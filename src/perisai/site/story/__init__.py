"""The story: the cast plays the main chain through the real doors, once in 2017 and once today, and checks every fact."""

from perisai.site.story.stage import Account, Fact
from perisai.site.story.tale import tell

__all__ = ["Account", "Fact", "tell"]
