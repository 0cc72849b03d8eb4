"""Makes `oracle.py` importable from every test of the reference, by standing beside it."""
