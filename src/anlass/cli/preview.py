"""`anlass preview`: every letter the house can write, as it would read."""

from __future__ import annotations

import json

import click

from anlass.bootstrap import load_templates, owner_language
from anlass.cli.options import data_option, json_option
from anlass.cli.plain import plain_lines
from anlass.config import data_folder, load_settings
from anlass.desk.outgoing.previewing import previews


@click.command()
@click.option("--lang", default="", metavar="CODE", help="Only letters in this language (de, en, fr).")
@data_option
@json_option
def preview(lang: str, data: str | None, as_json: bool) -> None:
    """Show every letter the house can write, in every language and form of address.

    The words are the shipped ones, with yours over them: `templates/de.toml` in the data folder, with a
    table for each form of address ([sie], [du]) and in it what is to be said otherwise.
    """
    settings = load_settings(data_folder(data))
    templates = load_templates(settings, owner_language(settings))
    for one in previews(templates, settings.owner.name, lang):
        draft = one.draft
        if as_json:
            line = {
                "lang": draft.lang,
                "register": draft.register,
                "letter": one.name,
                "text": draft.text.words,
            }
            click.echo(json.dumps(line))
        else:
            click.echo(f"--- {draft.lang}, {draft.register}: {one.name}\n\n{plain_lines(draft.text.words)}\n")
