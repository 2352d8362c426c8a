"""The owner's word on one case, and the letter that says it."""
