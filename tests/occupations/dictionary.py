"""The Australian dictionary of Hunspell, as Debian's package hunspell-en-au brings it."""

import os
from pathlib import Path

import pytest
from hunspell import Hunspell

FOLDERS = (os.environ.get("DICPATH", ""), "/usr/share/hunspell", "/usr/share/myspell")
NO_DICTIONARY = "no en_AU.dic in /usr/share/hunspell, and DICPATH names no folder that has one"


@pytest.fixture(scope="session")
def dictionary():
    """Give a function that tells whether a word in small letters is spelt right."""
    for folder in filter(None, FOLDERS):
        if (Path(folder) / "en_AU.dic").is_file():
            spell = Hunspell("en_AU", hunspell_data_dir=folder).spell
            return lambda word: any(map(spell, (word, word.capitalize(), word.upper())))
    refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
    return refuse(NO_DICTIONARY)
