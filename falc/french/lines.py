"""Tables kept as sorted lines of bytes: a hundred thousand words take no more memory than their letters."""

from __future__ import annotations

__all__ = ["rest_of_line"]


def rest_of_line(lines: bytes, key: str) -> bytes | None:
    """Return what follows `key` and a tab on its line of sorted `lines`, or None when no line starts with them.

    `lines` begins and ends with a line feed; keys, each with its tab, are in the order of their bytes.
    """
    wanted = key.encode() + b"\t"
    low, high, size = 1, len(lines), len(wanted)
    while low < high:  # `low` and `high` are starts of lines
        middle = lines.rfind(b"\n", low - 1, (low + high) // 2) + 1
        if lines[middle : middle + size] < wanted:
            low = lines.index(b"\n", middle) + 1
        else:
            high = middle
    if lines[low : low + size] != wanted:
        return None
    return lines[low + size : lines.index(b"\n", low)]
