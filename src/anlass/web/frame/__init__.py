"""What every page stands on: the house it is in, its memory, its language, and how a refusal is said."""
