"""This machine's choices: which office it opens, how it speaks, what it logs."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

import platformdirs

OFFICE_FILE = "office.chalkbook"


class LogLevel(StrEnum):
    """How much the program writes into its log."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class SettingsError(Exception):
    """The settings file cannot be used; its text is one sentence."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"The settings file “{path}” cannot be used: {fault}. "
            "Correct it, or delete it to go back to the defaults."
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """This machine's choices.

    Attributes:
        office: a file or a database's address; empty means the user's own file.
        language: a language's short name, as in ``de``; empty means the system's.
        log_level: the least severe kind of message that is logged.
    """

    office: str = ""
    language: str = ""
    log_level: LogLevel = LogLevel.INFO

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read a settings file; a missing one means the defaults.

        Raises:
            SettingsError: It cannot be read, is no TOML, or says what we do not know.
        """
        try:
            found = tomllib.loads(path.read_text("utf-8-sig"))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise SettingsError(path, error.strerror or "unreadable") from error
        except UnicodeDecodeError as error:
            raise SettingsError(path, "it is not written in UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(path, str(error)) from error
        return cls._checked(path, found)

    @classmethod
    def _checked(cls, path: Path, found: dict[str, object]) -> Settings:
        texts: dict[str, str] = {}
        known = [field.name for field in fields(cls)]
        for name, value in found.items():
            if name not in known:
                fault = f"“{name}” is none of {', '.join(known)}"
                raise SettingsError(path, fault)
            if not isinstance(value, str):
                raise SettingsError(path, f"“{name}” must be a text in quotes")
            texts[name] = value
        level = texts.get("log_level", LogLevel.INFO)
        if level not in list(LogLevel):
            fault = f"“log_level” is none of {', '.join(LogLevel)}"
            raise SettingsError(path, fault)
        return cls(texts.get("office", ""), texts.get("language", ""), LogLevel(level))


def settings_file() -> Path:
    """Give the place of this user's settings file.

    The variable ``CHALKBOOK_SETTINGS`` names another one.
    """
    told = os.environ.get("CHALKBOOK_SETTINGS")
    folder = platformdirs.user_config_path("chalkbook", appauthor=False)
    return Path(told) if told else folder / "settings.toml"


def default_office() -> Path:
    """Give the place of this user's own office file."""
    return platformdirs.user_data_path("chalkbook", appauthor=False) / OFFICE_FILE


def chosen_office() -> str:
    """Give the office to open when none is named: the settings' or the user's own.

    Raises:
        SettingsError: The settings file cannot be used.
    """
    return Settings.read(settings_file()).office or str(default_office())
