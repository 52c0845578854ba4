"""Perisai: from a referral in a far village to a protected member."""
