"""The outbox of messages to people: written with the change, sent afterwards."""
