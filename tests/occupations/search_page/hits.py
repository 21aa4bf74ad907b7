"""The hits of a search page."""


def hits_of(page):
    """Give what the page says of each hit, in its order."""
    return [
        (item.text, [other.text for other in page.items if item.text in other.under])
        for item in page.items
        if item.tag == "h3"
    ]
