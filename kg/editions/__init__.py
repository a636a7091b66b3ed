"""Two built graphs compared: what is new, what is gone, what is called otherwise."""
