"""The site's own settings, with one address more: an empty view to hold the pages against."""

from advisory.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
