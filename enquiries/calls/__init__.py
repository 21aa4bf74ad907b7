"""Calls: beginning one, recording what came of it, ending what nobody recorded."""

from enquiries.calls.forgotten import end_call, end_forgotten_calls
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
    "end_call",
    "end_forgotten_calls",
    "record_call",
    "start_call",
    "tried_enough",
]
