"""What agents and their offices earn: formula by date, ledger lines, statement, payout."""
