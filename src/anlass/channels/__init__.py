"""Where requests come in and replies go out: one folder per door.

An edge: it speaks to servers and knows nothing of what a request means. It must not decide,
and it must not remember (`store`).
"""
