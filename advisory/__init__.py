"""The project: it knows the apps and holds no rule."""

from advisory.celery import app as celery_app

__all__ = ["celery_app"]
