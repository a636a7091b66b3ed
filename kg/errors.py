"""Errors that people read: what happened, where, what was expected, what to do."""


class KgError(Exception):
    """Base of every error this package raises on purpose; its text is one line."""


class InputError(KgError):
    """A file or folder given by the user cannot be read as text; names the path."""


class LexiconError(KgError):
    """A word list is malformed; names the file and the line."""


class ExtractorError(KgError):
    """An extractor file is malformed, needs something unknown, or needs itself in a circle."""


class VocabularyError(KgError):
    """A term that the ontology does not define was asked for."""


class ConfigError(KgError):
    """`kg.toml` is malformed; names the file and the key."""


class GraphError(KgError):
    """A built graph is missing, damaged or of another version."""


class QueryError(KgError):
    """A SPARQL query cannot be read; names the position where the engine tells it."""
