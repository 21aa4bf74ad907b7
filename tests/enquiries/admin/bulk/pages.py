"""The pages of what is done to many enquiries."""

QUEUE = "/admin/enquiries/enquiry/"
REASON = {"why": "Sold us tiles"}


def address(name, enquiries):
    return f"{QUEUE}bulk/{name}/?of={'-'.join(str(each.pk) for each in enquiries)}"
