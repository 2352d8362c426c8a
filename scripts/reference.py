"""Writes the pages of docs/reference that come from the code: `make reference`.

python scripts/reference.py           write them
python scripts/reference.py --check   say which are out of date; exit 1 if any
"""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from anlass import config
from anlass.cli.exits import Exit
from anlass.cli.main import main
from anlass.policy import FACTS

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def commands() -> str:
    """Every command with its help, as `--help` prints it."""
    pages = ["# Commands", "", "Written by `make reference` from the program itself.", ""]
    for path, command in _walk(main, "anlass"):
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        pages += [f"## `{path}`", "", "```", command.get_help(context), "```", ""]
    pages += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    pages += [f"| {code.value} | {_field_docs(Exit)[code.name]} |" for code in Exit]
    return "\n".join(pages) + "\n"


def settings() -> str:
    """Every key of anlass.toml with its meaning and default."""
    pages = [
        "# Settings",
        "",
        "Written by `make reference` from the program itself. Everything here may be left out. The file",
        "`anlass.toml` lies in the data folder (`--data DIR` or `ANLASS_DATA`). An unknown key is an error.",
        "",
    ]
    for name, section in config.SECTIONS.items():
        pages += [
            f"## [{name}]",
            "",
            (section.__doc__ or "").strip(),
            "",
            "| key | default | meaning |",
            "|---|---|---|",
        ]
        values, docs = section(), _field_docs(section)
        for field in docs:
            default = getattr(values, field)
            shown = f'`"{default}"`' if isinstance(default, str) else f"`{default}`"
            shown = "`[]`" if default == () else shown
            pages.append(f"| `{field}` | {shown} | {docs[field]} |")
        pages.append("")
    return "\n".join(pages)


def facts() -> str:
    """Every fact that a house rule can name, with its type, its meaning and its values."""
    pages = [
        "# Facts of the house rules",
        "",
        "Written by `make reference` from the program itself. A condition compares facts, as in",
        "`request.copies >= 3`. No fact holds the words of a letter but its subject.",
        "",
        "| fact | type | meaning | auf Deutsch | values |",
        "|---|---|---|---|---|",
    ]
    for fact in FACTS.values():
        values = ", ".join(f"`{choice}`" for choice in fact.choices)
        pages.append(f"| `{fact.name}` | {fact.type.value} | {fact.en} | {fact.de} | {values} |")
    return "\n".join(pages) + "\n"


PAGES = {"facts.md": facts, "commands.md": commands, "settings.md": settings}


def _walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _walk(below, f"{path} {name}")


def _field_docs(owner: type) -> dict[str, str]:
    """The texts that stand below the fields of a class."""
    module = Path(str(sys.modules[owner.__module__].__file__)).read_text(encoding="utf-8")
    body = next(
        n for n in ast.walk(ast.parse(module)) if isinstance(n, ast.ClassDef) and n.name == owner.__name__
    ).body
    docs = {}
    for field, text in itertools.pairwise(body):
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            target = (
                field.target if isinstance(field, ast.AnnAssign) else getattr(field, "targets", [None])[0]
            )
            if isinstance(target, ast.Name):
                docs[target.id] = " ".join(str(text.value.value).split())
    return docs


def run() -> int:
    """Write or check the pages; the number of pages that were out of date is told."""
    check, stale = "--check" in sys.argv, []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    for name in stale:
        click.echo(f"docs/reference/{name} {'is out of date' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(run())
