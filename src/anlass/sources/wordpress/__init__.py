"""WordPress: the comments on the owner's posts, and what the owner answered, out of an export (WXR).

A comment is a word in public to the owner; it counts as a message, and is proven where
the owner answered that very comment. The answer goes to whoever wrote the comment.
Nothing a comment says of its writer was checked, so nothing is joined.

Reasons of a `NoTrace` here: `pingback` (and trackback), `spam` (and trash), `own` (a comment
of the owner that answers nobody), `not_yours` (a post of somebody else's), `other_kind`
(what shops and forums file as comments), `no_rows`.
"""

from anlass.sources.wordpress.source import WordPress

__all__ = ["WordPress"]
