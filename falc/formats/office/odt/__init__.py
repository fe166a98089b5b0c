"""OpenDocument texts: read, comment, correct, lay out."""
