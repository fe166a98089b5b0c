"""HTML pages and their style sheets: tags, elements, the cascade, blocks and what else a page holds."""
