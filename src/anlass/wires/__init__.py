"""The wires of the edges: how a server is spoken to, whatever for; bounded, and never trusted.

Sources and channels share them. A wire knows its protocol and nothing of letters or requests.
"""
