"""Chat networks as doors: who asks there, and what can be answered. One interface, one file a network.

The law of all of them, held by one contract suite and proven for each by the traffic of a real server:
doing nothing shows nothing. What would show a decline (`unsubscribed`, leaving an invitation, `reject`) is
done for a letter whose deed is `decline` and for nothing else. They decide and remember nothing.
"""
