"""Presses: which button of which page of the desk was pressed, so that a press counts once."""

from django.db import models


class Press(models.Model):
    """
    One press of a button on one page, with what was typed; it names nobody.

    The digest is of the page's own key too, so that nobody can guess back what was typed.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "presses"

    def __str__(self) -> str:
        return self.digest[:8]
