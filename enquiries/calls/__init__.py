"""Calls: beginning one, and recording what came of it; all imported from here."""

from enquiries.calls.recording import record_call
from enquiries.calls.starting import (
    AlreadyInCall,
    NobodyToCall,
    OutsideDaytime,
    OwnedByAnother,
    start_call,
)
from enquiries.ladder import tried_enough

__all__ = [
    "AlreadyInCall",
    "NobodyToCall",
    "OutsideDaytime",
    "OwnedByAnother",
    "record_call",
    "start_call",
    "tried_enough",
]
