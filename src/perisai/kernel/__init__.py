"""Pure words shared by every room: money, months, NIK, ids, errors, actors, the clock."""
