"""What was read in a document, with offsets: for other programs as JSON, for people as a page."""
