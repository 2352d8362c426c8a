"""Sentences: what all languages of the house do with one alike."""


def capital(words: str) -> str:
    """Begin a sentence large; all else stays as it was written, which `str.capitalize` would make small."""
    return words[:1].upper() + words[1:]
