"""Measures Copydesk against its peers: accuracy, time, memory. One table and one figure a bench.

python3 scripts/bench.py                             every bench, at a small size
python3 scripts/bench.py alignment                   links between sentences, on pairs of known edits
python3 scripts/bench.py alignment --gold FILE       the same on links made by hand
python3 scripts/bench.py alignment --sweep           why its parameters have the values they have
"""

from _environment import ensure

ensure()

import importlib
import pkgutil
import sys

import benches
import click
from _command import SETTINGS, run


@click.group(context_settings=SETTINGS, invoke_without_command=True)
@click.pass_context
def main(context):
    """Measure Copydesk against its peers. Without a name, all at a small size."""
    if not context.invoked_subcommand:
        for command in main.commands.values():
            command.main(["--small"], standalone_mode=False)


for module in pkgutil.iter_modules(benches.__path__):
    if module.name != "common":
        main.add_command(importlib.import_module(f"benches.{module.name}").bench, module.name)

if __name__ == "__main__":
    sys.exit(run(main))
