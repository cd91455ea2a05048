"""The benches of scripts/bench.py: the click command of each module is `bench`."""
