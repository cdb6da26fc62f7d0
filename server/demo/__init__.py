"""The demonstration: a partnership with throw-away keys, on this machine only.

Here, and nowhere else, the server makes private keys; a database made here is marked and serves loopback
only.
"""
