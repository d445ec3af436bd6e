"""Every command under every console condition: examples that work, conditions, and what is judged.

`opdrachten.py` has the examples, `standen.py` the conditions, `keuren.py` runs one and says what is wrong with it,
`vragen.py` sits at every question. `alles.py` runs all of it in processes of its own and keeps the figures in
`uitkomst.json`; the suite runs a choice (tests/test_consoles.py).
"""
