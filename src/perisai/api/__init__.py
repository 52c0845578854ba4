"""The door for machines: JSON under ``/api/v1/`` for the field app, banks, and anyone who checks a card or a receipt."""
