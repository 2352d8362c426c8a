"""Backups and the way back, everything out and in again, how long cases stay, who is forgotten."""
