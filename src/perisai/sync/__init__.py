"""The porter behind the doors: receives each command once, hands down what changed since (docs/sync.md)."""
