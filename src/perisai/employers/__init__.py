"""Firms that employ wage earners."""
