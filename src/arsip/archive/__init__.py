"""Kept and found; the only floor that speaks SQL."""
