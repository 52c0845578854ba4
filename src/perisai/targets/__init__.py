"""How far an office is from its yearly target: attainment, pace, forecast, rank."""
