"""SVG as PNG, by resvg: a wheel that needs nothing of the system but a typeface with Chinese characters."""

from __future__ import annotations

from importlib.util import find_spec

from kg.errors import GraphError

SCALE = 2  # dots for a unit of the drawing: sharp in print
_ONE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="24">{}</text></svg>'
_CHINESE, _NOWHERE = "图", "\U0010fffd"  # a character that is needed, and one that no typeface has


def check(*, system: bool = True) -> None:
    """Raises GraphError, saying what to install, when pictures with Chinese names cannot be made.

    `system` is False to look away from the typefaces of the system.
    """
    if find_spec("resvg_py") is None:
        raise GraphError("PNG needs resvg-py; install it with: pip install 'govkg[figures]', or write --format svg")
    from resvg_py import svg_to_bytes

    one, none = (svg_to_bytes(svg_string=_ONE.format(it), skip_system_fonts=not system) for it in (_CHINESE, _NOWHERE))
    if bytes(one) == bytes(none):
        raise GraphError("PNG needs a typeface with Chinese characters, such as Noto Sans CJK; install one")


def png(svg: str) -> bytes:
    """The picture of a drawing, two dots for each of its units; call `check` first."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE, languages=["zh", "en"]))
