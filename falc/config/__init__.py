"""Configuration: find the nearest file, read it, check it, say where each value comes from."""

from falc.config.reading import KEYS, read_config
from falc.config.settings import Settings, config_for, place_of, settings_in
from falc.config.values import COMMAND_LINE, CONFIG_FILE, DEFAULT_ORIGIN, Config

__all__ = [
    "COMMAND_LINE",
    "CONFIG_FILE",
    "DEFAULT_ORIGIN",
    "KEYS",
    "Config",
    "Settings",
    "config_for",
    "place_of",
    "read_config",
    "settings_in",
]
