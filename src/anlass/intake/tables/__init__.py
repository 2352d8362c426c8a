"""The tables of this room: phrases, names and sentences that can be edited without code."""

from anlass.intake.tables.tables import Gate, Network, Tables, Words, tables

__all__ = ["Gate", "Network", "Tables", "Words", "tables"]
