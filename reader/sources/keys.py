"""Keys of sources: from the environment, the settings or the keyring, and from there into a request's header alone."""

from __future__ import annotations

import os

from reader.settings import SourceSettings

_SERVICE = "caveat"
_IN_KEYRING = "keyring"


def key_of(name: str, settings: SourceSettings) -> str:
    """The key of a source, "" where there is none: `CAVEAT_SOURCES_NAME_KEY`, else config.toml's.

    `key = "keyring"` there means the keyring's: nobody's keyring is opened, and no password asked for, without that word.
    """
    key = os.environ.get(f"CAVEAT_SOURCES_{name.upper()}_KEY", "").strip() or settings.key.strip()
    if key == _IN_KEYRING:
        key = _from_keyring(name)
    return key if key.isascii() and key.isprintable() and " " not in key else ""


def _from_keyring(name: str) -> str:
    """What the system's keyring holds; no keyring, or a locked one, is no key."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(_SERVICE, name) or ""
    except (KeyringError, RuntimeError, OSError):
        return ""
