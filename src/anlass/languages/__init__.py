"""Languages: all that depends on the language of a letter, as data.

A language is a folder of files beside this module, and one line in `languages.toml`. No other room names
one, but for the two that the owner is spoken to in. `docs/howto/add-a-language.md` says what each piece is.
"""

from anlass.languages.language import Language, Languages, compiled, one_of
from anlass.languages.reading import languages, read_languages
from anlass.languages.sentences import capital

__all__ = ["Language", "Languages", "capital", "compiled", "languages", "one_of", "read_languages"]
