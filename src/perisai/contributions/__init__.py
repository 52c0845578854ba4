"""What protection costs, payment codes, payments, receipts, the months they cover, and lapse."""
