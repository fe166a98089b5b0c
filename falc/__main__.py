"""`python -m falc`."""

from falc.cli import main

main()
