"""What a text means, as the search's language model writes it down; kept by the text's digest."""

from django.db import models


class TextVector(models.Model):
    """The vector of one text by one model; made at a load, read by every search process."""

    model = models.CharField(max_length=60, help_text="The language model and its version.")
    digest = models.BinaryField(max_length=16, help_text="Of the text.")
    vector = models.BinaryField(help_text="Half-precision numbers, one after the other.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "digest"], name="textvector_once_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.model} {bytes(self.digest).hex()}"
