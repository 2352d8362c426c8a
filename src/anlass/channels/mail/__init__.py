"""The mailbox of the owner: how it is reached, and how a letter leaves it."""
