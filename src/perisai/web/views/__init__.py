"""Views, one module a part of the office."""
