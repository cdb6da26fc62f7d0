"""`make bench`: figures taken in one run on one machine, always beside something bare that was timed in the same run.

Nothing here is asserted: a figure says what it is, and a person decides.
"""
