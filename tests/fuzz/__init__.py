"""Fuzzing: any bytes, given to everything in regiekit that reads what somebody else wrote.

`rechter` says whether one execution is right, `zaden` has what to start from, `doelen` what is tried, and `lang` runs
it for long: `python tests/fuzz/lang.py`. A finding that was mended keeps its input in `gevonden/`; tests/test_fuzz.py
runs those, and every target for a moment.
"""
