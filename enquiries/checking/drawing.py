"""Draws the first page of a PDF as a small picture; only check processes do this."""

from io import BytesIO
from typing import Final

import pypdfium2

MOST_WIDE: Final = 900  # pixels
MOST_HIGH: Final = 1300
QUALITY: Final = 80


def draw_page(data: bytes) -> bytes:
    """Draw page 1 as JPEG, within the measures above, on white, without the fields of forms."""
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        width, height = page.get_size()
        scale = min(MOST_WIDE / width, MOST_HIGH / height)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
    drawn = BytesIO()
    picture.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
