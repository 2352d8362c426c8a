"""Entry point: the API under `/api/v1/`. Each operation parses, calls one function of the desk, renders.

A program comes in by a token, never by a cookie; what it sees are the lines of `surface.schema.json`, the
same that the command line prints. Modules here do without postponed annotations: the framework reads the
types of an operation's parameters when it is declared.
"""
