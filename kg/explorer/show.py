"""The page inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import GraphError
from kg.rdf.folder import reading

PAGE = "graph.html"
_FRAME = (
    '<iframe sandbox="allow-scripts allow-downloads allow-modals" title="kg" width="100%" height="{height}" '
    "style=\"border:1px solid #ded8cc\" srcdoc='{page}'></iframe>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a notebook displays: the whole page of a graph, in a frame of its own."""

    folder: Path
    height: int  # pixels
    page: str = field(repr=False)

    def _repr_html_(self) -> str:
        """The frame. It can reach neither the notebook nor the network."""
        # Between single quotes, for the page is full of double ones: the frame stays nearly as small as the page.
        quoted = self.page.replace("&", "&amp;").replace("'", "&#39;")
        return _FRAME.format(height=self.height, page=quoted)


def show(folder: str | Path, *, height: int = 640) -> Shown:
    """The page of a built graph, for a notebook to display; raises GraphError when there is none.

    The page goes into the notebook's file with all its evidence.
    """
    where = Path(folder)
    with reading(where):
        try:
            page = (where / PAGE).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{where / PAGE}: cannot be read; build the graph again with: kg build PATH...") from error
    return Shown(folder=where, height=height, page=page)
