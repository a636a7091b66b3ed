"""Measures the reading against gold facts: precision, recall and F1 by kind and relation."""
