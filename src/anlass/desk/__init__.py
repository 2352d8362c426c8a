"""Where the owner acts: one function per act.

Pages, API and command line only parse and render around these functions.
"""
