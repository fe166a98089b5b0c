"""How lists write their numbers and their signs, in Word and in LibreOffice."""

from __future__ import annotations

BULLET = "•"
# Symbol fonts draw other signs than the characters say; Word moves them to the private area from U+F000.
SYMBOL = {0xB7: "•", 0xAE: "→", 0xA8: "♦", 0xD8: "¬", 0x2D: "-", 0xDE: "⇒"}
WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA7: "▪",
    0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_MOST_LETTERS = 10
_ROMAN = tuple(zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                   ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"), strict=True))  # fmt: skip


def letters(count: int) -> str:
    """Return a number as letters: c for 3, aa for 27."""
    if count < 1:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, _MOST_LETTERS)


def roman(count: int) -> str:
    """Return a Roman number: iii for 3."""
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (count // value)
        count %= value
    return written
