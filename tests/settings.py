"""The site's settings, pointed at the servers of this test run."""

from tests import environment

environment.prepare()

from advisory.settings import *  # noqa: E402

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it
SEARCH_BY_MEANING = False  # vectors of the whole catalogue take half a minute: few tests need them
