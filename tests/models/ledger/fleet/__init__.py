"""Two schools with two PCs each and their office with two: ledgers in memory, and the post.

What can happen to them is a method here; `machine.py` lets Hypothesis choose what does, and
`test_properties.py` tells short stories. After each, `check` holds every ledger that was touched
against the oracle.
"""
