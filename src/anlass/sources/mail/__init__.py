"""Mail: Maildir and Maildir++, mbox, single letters.

Its files yield `Found`, the bytes of a mail with their place; what a mail is, intake says.
"""
