"""The verbs of the room: ``partners`` and their keys, ``snap`` for what they tell us."""
