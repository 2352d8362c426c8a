"""A large inbox, the pages over it as one process, and visitors who come at a steady pace."""
