"""Files → documents: decoding, reflow, splitting a digest, roles, date and publisher."""

from kg.read.files import find_files
from kg.read.reader import read_file, read_text

__all__ = ["find_files", "read_file", "read_text"]
