"""The verbs of the porter: phones, commands, parcels, pictures."""

from perisai.sync.services.commands import Answer, receive, receive_all
from perisai.sync.services.devices import Enrolled, enrol_device, note_contact, revoke_device
from perisai.sync.services.parcels import TakenIn, take_in_parcel
from perisai.sync.services.pictures import Opened, Progress, open_evidence, take_piece

__all__ = [
    "Answer",
    "Enrolled",
    "Opened",
    "Progress",
    "TakenIn",
    "enrol_device",
    "note_contact",
    "open_evidence",
    "receive",
    "receive_all",
    "revoke_device",
    "take_in_parcel",
    "take_piece",
]
