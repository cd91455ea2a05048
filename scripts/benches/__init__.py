"""The benches of scripts/bench.py: each module has `add_arguments(parser)` and `run(options)`."""
