"""Edges: history comes in here, replies never go out.

A source collects what happened and hands it over as bytes or rows with their place;
it must not judge.
"""
