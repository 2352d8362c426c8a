"""Writes the pages of docs/reference that come from the code: `make reference`.

python scripts/reference.py           write them
python scripts/reference.py --check   say which are out of date; exit 1 if any
"""

from __future__ import annotations

import ast
import itertools
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from anlass import config
from anlass.cli.exits import Exit
from anlass.cli.main import main
from anlass.desk.rules.voice_of_changes import do_says, wishes
from anlass.desk.voice.common import Lang
from anlass.policy import FACTS, PRESETS, parse, preset, preset_text
from anlass.policy.labels import ACTIONS
from anlass.policy.laws import ASKED_ALREADY, HURT, IN_DOUBT, LAWS
from anlass.policy.recipes import recipe, recipe_texts, rules_of
from anlass.policy.written import rule_text

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
WORDS = tomllib.loads((ROOT / "scripts" / "reference.toml").read_text(encoding="utf-8"))


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
        *_variables(),
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


def _variables() -> list[str]:
    """What the environment can say: settings of the machine, and secrets."""
    lines = ["## The environment", "", *WORDS["environment"]["intro"].strip().splitlines(), ""]
    lines += ["| variable | meaning |", "|---|---|"]
    return [
        *lines,
        *(f"| `{name}` | {says} |" for name, says in WORDS["environment"]["variables"].items()),
        "",
    ]


def house_rules() -> str:
    """The language of house rules: the shape of a file, every fact, every action, what a condition may do."""
    words = WORDS["house_rules"]
    pages = ["# House rules", "", words["intro"], "", "## A file", ""]
    pages += ["```", _indented_part(parse.__doc__ or ""), "```", "", words["file"], ""]
    pages += [f"- **{law.name.en}.** {law.why.en}" for law in (*LAWS, HURT, IN_DOUBT, ASKED_ALREADY)]
    pages += ["", "## Actions", "", "| `do` | means | auf Deutsch |", "|---|---|---|"]
    pages += [f"| `{action.value}` | {words_.en} | {words_.de} |" for action, words_ in ACTIONS.items()]
    pages += ["", words["actions"], "", "## Conditions", "", words["conditions"], ""]
    pages += ["## Facts", "", words["facts"], "", "| fact | type | meaning | auf Deutsch | values |"]
    pages.append("|---|---|---|---|---|")
    for fact in FACTS.values():
        values = ", ".join(f"`{choice}`" for choice in fact.choices)
        pages.append(f"| `{fact.name}` | {fact.type.value} | {fact.en} | {fact.de} | {values} |")
    return "\n".join(pages) + "\n"


def _indented_part(text: str) -> str:
    """The indented lines of a docstring, without their indentation."""
    lines = [line for line in text.splitlines() if line.startswith("    ") or not line]
    return "\n".join(line[4:] for line in lines).strip("\n").replace("\n\n\n", "\n\n")


def presets(lang: Lang) -> str:
    """Every rule of every shipped preset: what it asks for, what it does and why, with an example."""
    words = WORDS["presets"][lang]
    pages = [words["head"], ""]
    for name in PRESETS:
        policy = preset(name)
        tables = tomllib.loads(preset_text(name))["rule"]
        pages += [f"## {policy.title.in_(lang)} (`{name}`)", "", policy.about.in_(lang), ""]
        for number, (rule, table) in enumerate(zip(policy.rules, tables, strict=True), 1):
            pages += [
                f"{number}. **{rule.name.in_(lang)}: {do_says(rule.do, lang)}.** {wishes(rule, lang)}",
                f"   *{rule.why.in_(lang)}*",
                f"   {words['example']}: {_facts(table['example'][0]['facts'])}",
            ]
        pages.append("")
    return "\n".join(pages)


def _facts(table: dict[str, object], before: str = "") -> str:
    told = []
    for key, value in table.items():
        if isinstance(value, dict):
            told.append(_facts(value, f"{before}{key}."))
        else:
            told.append(f"`{before}{key} = {json.dumps(value)}`")
    return ", ".join(told)


def cookbook(lang: Lang) -> str:
    """Every recipe: what it is for, and the rules as they are put into a file."""
    pages = [WORDS["cookbook"][lang]["head"], ""]
    for name, text in recipe_texts().items():
        policy = recipe(name)
        rules = rules_of(text).partition("[[rule.example]]")[0]
        if len(policy.rules) > 1:
            rules = "\n".join(map(rule_text, policy.rules))
        pages += [f"## {policy.title.in_(lang)}", "", policy.about.in_(lang), "", f"`{name}`", ""]
        pages += ["```toml", rules.strip("\n"), "```", ""]
    return "\n".join(pages)


def openapi() -> str:
    """The document of the API, as it shows it itself."""
    from anlass.store.settings import configure  # noqa: PLC0415 - the framework is loaded for this page alone
    from anlass.web.settings import web_settings  # noqa: PLC0415

    configure(ROOT, more=web_settings("a secret that signs nothing"))
    from anlass.web.api.routes import document  # noqa: PLC0415 - after the settings

    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def surface() -> str:
    """The lines of the surface for the API: the very file of docs/reference, shipped with the program."""
    return (REFERENCE / "surface.schema.json").read_text(encoding="utf-8")


def who_sees_what() -> str:
    """A table of things and viewers, each cell with the test that holds it."""
    table = tomllib.loads((ROOT / "scripts" / "who_sees_what.toml").read_text(encoding="utf-8"))
    viewers = table["viewers"]
    says = {"y": "sees", "n": "–", "o": "their own", "-": "written nowhere"}
    pages = ["# Who sees what", "", "Written by `make reference` from `scripts/who_sees_what.toml`.", ""]
    pages += [*table["intro"].strip().splitlines(), ""]
    pages += ["| | " + " | ".join(one["name"] for one in viewers) + " |", "|---" * (len(viewers) + 1) + "|"]
    for thing in table["thing"]:
        cells = [says[letter] for letter in thing["cells"]]
        pages.append(f"| [{thing['name']}](#{thing['id']}) | " + " | ".join(cells) + " |")
    pages += ["", "## The tests behind the cells", ""]
    for thing in table["thing"]:
        pages += [f"### {thing['id']}", "", f"{thing['name'][0].upper()}{thing['name'][1:]}.", ""]
        held = zip(viewers, thing["cells"], strict=True)
        pages += [
            f"- {one['name']}: `{CELL}[{thing['id']}-{one['id']}-{letter}]`"
            for one, letter in held
            if letter != "-"
        ]
        pages += [f"- `{law}`" for law in thing.get("laws", ())]
        pages.append("")
    return "\n".join(pages)


CELL = "tests/integration/test_who_sees_what.py::test_a_viewer_sees_a_thing_or_does_not"
"""The test of one cell, before the names of thing and viewer."""


def on_mail(name: str, lang: Lang) -> str:
    """A page of `reference_mail.py`, which lies beside this file however this one was started."""
    sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]
    from scripts import reference_mail  # noqa: PLC0415 - the path comes first

    pages = {"silence": reference_mail.silence, "providers": reference_mail.providers}
    return pages[name](lang)


PAGES: dict[str, Callable[[], str]] = {
    "who-sees-what.md": who_sees_what,
    "house-rules.md": house_rules,
    "presets.md": lambda: presets("en"),
    "presets.de.md": lambda: presets("de"),
    "cookbook.md": lambda: cookbook("en"),
    "cookbook.de.md": lambda: cookbook("de"),
    "commands.md": commands,
    "settings.md": settings,
    "../../src/anlass/web/api/surface.schema.json": surface,
    "openapi.json": openapi,
    "silence.md": lambda: on_mail("silence", "en"),
    "silence.de.md": lambda: on_mail("silence", "de"),
    "providers.md": lambda: on_mail("providers", "en"),
    "providers.de.md": lambda: on_mail("providers", "de"),
}


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
