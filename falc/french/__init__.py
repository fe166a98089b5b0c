"""What falc knows of the French language.  Knows no rule and no file format."""
