"""The owner's pages: parse, call one function of the desk, render."""
