"""Word files: read, comment, correct, lay out."""
