"""Two pages of docs/reference on mail: the rules of silence with their tests, and the providers."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from pathlib import Path

from anlass.channels.mail.account import Server
from anlass.channels.mail.providers import all_providers
from anlass.desk.accounts.voice_of_mail import needs_says
from anlass.desk.voice.common import Lang
from anlass.replies.silence.says import SAYS

ROOT = Path(__file__).parents[1]
_TESTS = Path("tests/unit/replies/test_silence.py")
_PLAYED = Path("tests/integration/test_rehearsal.py")
_WORDS = tomllib.loads((ROOT / "scripts" / "reference.toml").read_text(encoding="utf-8"))["mail"]


def silence(lang: Lang) -> str:
    """Every rule of silence, its sentence, and the letters by which tests hold it."""
    words, held, played = _WORDS[lang], _held(), _played()
    page = [
        f"# {words['silence']}",
        "",
        words["twin"],
        "",
        words["intro"],
        "",
        words["head"],
        "|---|---|---|---|",
    ]
    for rule, says in sorted(SAYS.items(), key=lambda one: int(one[0][1:])):
        page.append(
            f"| {rule} | {says.in_(lang)} | {', '.join(held[rule])} | {', '.join(played.get(rule, ()))} |"
        )
    return "\n".join(page) + "\n"


def providers(lang: Lang) -> str:
    """Every provider that `anlass connect` knows."""
    words = _WORDS[lang]
    page = [f"# {words['providers']}", "", words["providers_twin"], "", words["providers_intro"].strip(), ""]
    page += [words["providers_head"], "|---|---|---|---|---|"]
    for domains, one in all_providers():
        ways = (_written(one.imap), _written(one.smtp))
        page.append(f"| {one.name} | {' '.join(domains)} | {ways[0]} | {ways[1]} | {needs_says(one, lang)} |")
    return "\n".join(page) + "\n"


def _written(server: Server | None) -> str:
    if server is None:
        return "–"
    return f"`{server.host}:{server.port}`{' STARTTLS' if server.security == 'starttls' else ''}"


def _held() -> dict[str, list[str]]:
    """Return the letters of the test by the rule that each fails by."""
    found = defaultdict[str, list[str]](list)
    for row in _elements(_value_of(_TESTS, "FORBIDDEN")):
        several = isinstance(row, ast.Starred) and isinstance(row.value, ast.GeneratorExp)
        cells = _elements(row.value.elt if several else row)  # type: ignore[attr-defined]  # a starred one
        rule, what = (
            one.value if isinstance(one, ast.Constant) else "every other channel" for one in cells[:2]
        )
        found[str(rule)].append(str(what))
    return found


def _elements(row: ast.expr) -> list[ast.expr]:
    return row.elts if isinstance(row, ast.Tuple) else []


def _played() -> dict[str, list[str]]:
    """Return the letters of the rehearsal by the rule that keeps each silent."""
    found = defaultdict[str, list[str]](list)
    table = _value_of(_PLAYED, "WHY_SILENT")
    assert isinstance(table, ast.Dict)
    for name, rule in zip(table.keys, table.values, strict=True):
        assert isinstance(name, ast.Constant)
        assert isinstance(rule, ast.Constant)
        found[str(rule.value)].append(str(name.value))
    return found


def _value_of(path: Path, name: str) -> ast.expr:
    """Return what a file of tests assigns to a name."""
    for one in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        targets = (
            one.targets
            if isinstance(one, ast.Assign)
            else [one.target]
            if isinstance(one, ast.AnnAssign)
            else []
        )
        is_it = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if isinstance(one, ast.Assign | ast.AnnAssign) and is_it and one.value is not None:
            return one.value
    raise LookupError(name)
