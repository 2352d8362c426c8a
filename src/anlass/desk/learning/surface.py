"""Lines of the surface about notices of networks: what was found in one, and its recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anlass.desk.surface import JsonLine

if TYPE_CHECKING:
    from anlass.desk.learning.notices import Looked
    from anlass.intake.gate.taught import Recipe


def notice_line(looked: Looked, *, kept: bool) -> JsonLine:
    """One notice of `anlass teach-notice --json`: what was found, and the recipe that comes of it."""
    proposal = looked.proposal
    return {
        "name": proposal.name,
        "words": proposal.words,
        "links": [{"host": host, "count": count} for host, count in looked.links],
        "proven": looked.is_proven,
        "recipe": recipe_line(proposal.recipe) if proposal.recipe else None,
        "faults": list(looked.faults),
        "kept": kept,
    }


def recipe_line(recipe: Recipe) -> JsonLine:
    """A recipe, as its file says it."""
    return {
        "name": recipe.name,
        "channel": recipe.channel.value,
        "domain": recipe.domain,
        "subject": recipe.subject,
        "where": recipe.where.value,
        "who": recipe.who,
        "after": recipe.after,
        "before": recipe.before,
        "defaults": list(recipe.defaults),
    }
