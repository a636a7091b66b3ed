"""Places: the administrative divisions of China, their codes, containment and names."""

from kg.gazetteer.division import Division, PlaceHit
from kg.gazetteer.gazetteer import Gazetteer, gazetteer

__all__ = ["Division", "Gazetteer", "PlaceHit", "gazetteer"]
