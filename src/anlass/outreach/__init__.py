"""Outreach: when the owner knocks at other doors, nobody has to say no."""
