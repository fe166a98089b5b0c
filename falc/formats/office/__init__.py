"""The room of Office files: the package layer, the reader of DOCX, and the writer of its comments."""
