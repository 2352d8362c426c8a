"""The tables without an owner, each with its reason; a test walks all others.

Whoever adds a table without an owner adds it here and to `ARCHITECTURE.md`.
"""

OWNERLESS: dict[str, str] = {
    "django_migrations": "which migrations this database has seen; the same for every owner",
    **dict.fromkeys(
        ("casewords", "casewords_data", "casewords_idx", "casewords_config"),
        "SQLite's index of words: made of the cases' own, and every word begins with a mark of its owner",
    ),
    "store_keyholder": "somebody who may enter may do so in several houses",
    "store_visit": "a browser is known by its cookie, before it is known which house it is in",
    "store_entrycode": "whoever asks for a code has not said whose house is meant",
    "store_passkey": "a passkey belongs to somebody who may enter several houses",
}
OWNED_BY_WORDS: dict[str, str] = {
    "case_words": "PostgreSQL's index of words: every word in it begins with a mark of its owner",
}
"""The indexes that do not begin with the owner's column, each with its reason."""
