"""Reads Chinese public-administration text into a graph of facts, each with its sentence."""

__version__ = "0.1.0"
