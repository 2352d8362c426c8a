"""Events, hosted meetings and rounds of wishes, kept."""
