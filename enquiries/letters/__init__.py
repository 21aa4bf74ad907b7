"""What we write to people, in their zone; a letter repeats nothing that was typed but a name."""

from enquiries.letters.kinds import KINDS
from enquiries.letters.links import link_to
from enquiries.letters.sending import send_letter, send_list
from enquiries.letters.words import (
    greeting,
    harmless_name,
    hours_in_both_zones,
    in_both_zones,
    initial,
    slot_in_both_zones,
)
from enquiries.letters.writing import compose, message_id

__all__ = [
    "KINDS",
    "compose",
    "greeting",
    "harmless_name",
    "hours_in_both_zones",
    "in_both_zones",
    "initial",
    "link_to",
    "message_id",
    "send_letter",
    "send_list",
    "slot_in_both_zones",
]
