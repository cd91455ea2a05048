"""Measures Copydesk against its peers: accuracy, time, memory. One table and one figure a bench.

python3 scripts/bench.py                             every bench, at a small size
python3 scripts/bench.py alignment                   links between sentences, on pairs of known edits
python3 scripts/bench.py alignment --gold FILE       the same on links made by hand
python3 scripts/bench.py alignment --sweep           why its parameters have the values they have
"""

from _environment import ensure

ensure()

import argparse
import importlib
import pkgutil
import sys

import benches


def main(arguments=None):
    from copydesk.errors import InputError

    modules = _benches()
    options = _parser(modules).parse_args(arguments)
    chosen = [options.bench] if options.bench else list(modules)
    try:
        for name in chosen:
            settings = options if options.bench else _parser(modules).parse_args([name, "--small"])
            modules[name].run(settings)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _benches():
    """dict from name to module: what stands in scripts/benches, save what the benches share."""
    names = sorted(module.name for module in pkgutil.iter_modules(benches.__path__))
    return {name: importlib.import_module(f"benches.{name}") for name in names if name != "common"}


def _parser(modules):
    parser = argparse.ArgumentParser(
        prog="bench.py",
        description="Measure Copydesk against its peers. Without a name, all at a small size.",
    )
    commands = parser.add_subparsers(dest="bench", metavar="BENCH")
    for name, module in modules.items():
        summary = module.__doc__.splitlines()[0]
        command = commands.add_parser(name, help=summary, description=summary)
        command.add_argument("--small", action="store_true", help="a size that is done in a minute or two")
        module.add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
