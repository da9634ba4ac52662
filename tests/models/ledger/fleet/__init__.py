"""Two schools with two PCs each and their office with two: ledgers in memory, and the post.

What can happen to them is a method of `always.Fleet`. `machine.py` lets Hypothesis choose what
does, `stories.py` draws much of it at once, `test_properties.py` tells one thing after another.
After each, `check` holds every ledger that was touched against the oracle.
"""
