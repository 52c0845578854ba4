"""Pictures come in pieces; whole and sound they are kept sealed, and opened for who decides about the referral."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors as membership
from perisai.organisation.policy import Permission
from perisai.sync import pictures, rules
from perisai.sync.models import Device, Evidence, Picture, Piece
from perisai.sync.rules import Span


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes are here. ``wrong``: the whole content was not what its name says, and all of it was dropped."""

    received: int
    complete: bool
    wrong: Code | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    media_type: str
    content: bytes


@transaction.atomic
def take_piece(*, actor: Actor, device: Device, name: str, media_type: str, span: Span, content: bytes) -> Progress:
    """The next piece of a picture; a piece that is here already changes nothing.

    Raises Refused(BLOB_PIECE_WRONG) for a piece that does not join, BLOB_NOT_PICTURE for another media type.
    """
    if media_type not in rules.PICTURES:
        raise Refused(Code.BLOB_NOT_PICTURE)
    begun = {"device": device, "media_type": media_type, "size": span.total}
    Picture.objects.bulk_create([Picture(id=name, **begun)], ignore_conflicts=True)
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=name)
    if picture.complete_at is not None or span.last < picture.received:
        return Progress(picture.received, picture.complete_at is not None)
    if span.first != picture.received or span.total != picture.size:
        raise Refused(Code.BLOB_PIECE_WRONG, field="Content-Range")
    Piece.objects.create(picture=picture, begins=span.first, content=pictures.seal_piece(name, content))
    picture.received = span.last + 1
    if picture.received == picture.size:
        return _whole(picture)
    picture.save(update_fields=["received"])
    return Progress(picture.received, False)


def _whole(picture: Picture) -> Progress:
    """Check and keep it, or drop it: either way its pieces go."""
    pieces = Piece.objects.filter(picture=picture)
    ordered = pieces.order_by("begins").values_list("content", flat=True)
    content = b"".join(pictures.unseal_piece(picture.id, bytes(each)) for each in ordered)
    wrong = rules.wrong_with(content, picture.id, picture.media_type)
    pieces.delete()
    if wrong is not None:
        picture.delete()
        return Progress(0, False, wrong)
    pictures.keep(picture.id, content)
    picture.complete_at = clock.now()
    picture.save(update_fields=["received", "complete_at"])
    return Progress(picture.received, True)


@transaction.atomic
def open_evidence(*, actor: Actor, registration_id: UUID, which: Literal["photo", "signature"]) -> Opened:
    """The photo of the card or the signature, for who decides about the referral; that it was opened is recorded.

    Raises NotFound, also while the picture has not come.
    """
    registration = membership.registration_for(actor, registration_id, Permission.DECIDE_REGISTRATION)
    evidence = Evidence.objects.filter(registration_id=registration.id).first()
    name = getattr(evidence, which) if evidence else ""
    picture = Picture.objects.filter(pk=name, complete_at__isnull=False).first()
    if picture is None:
        raise NotFound("picture")
    audit.record(actor, "sync.evidence.opened", registration, which=which)
    return Opened(picture.media_type, pictures.read(name))
