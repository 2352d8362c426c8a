"""Rounds of wishes: who takes part, what is compared, and what only mutual wishes reveal."""
