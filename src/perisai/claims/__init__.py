"""What protection pays."""
