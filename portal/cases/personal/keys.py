"""The keys of the settings: the first encrypts, all decrypt. A key's id is kept beside what was made with it."""

from collections.abc import Mapping

from django.conf import settings


class Unreadable(Exception):
    """Personal data that cannot be read now. Says why, in words that hold none of it."""


class UnknownKey(Unreadable):
    """It was made with a key that the settings do not hold any more."""

    def __init__(self, setting: str, key: str) -> None:
        super().__init__(f"Personal data was kept under the key {key!r}, which {setting} does not hold. Put it back.")


class Keyring:
    """The keys of one setting."""

    def __init__(self, setting: str) -> None:
        self.setting = setting
        self._keys: Mapping[str, bytes] = getattr(settings, setting)

    @property
    def current(self) -> str:
        """The id of the key that is used from now on."""
        return next(iter(self._keys))

    @property
    def ids(self) -> list[str]:
        """The ids of all keys, the current one first."""
        return list(self._keys)

    def key(self, identity: str) -> bytes:
        """32 bytes. Raises UnknownKey."""
        try:
            return self._keys[identity]
        except KeyError:
            raise UnknownKey(self.setting, identity) from None


def data_keys() -> Keyring:
    """What values are encrypted with."""
    return Keyring("PERSONAL_DATA_KEYS")


def index_keys() -> Keyring:
    """What hashes of the index are made with."""
    return Keyring("PERSONAL_INDEX_KEYS")
