"""The outbox: written with the change, sealed, sent once, given up after five tries."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from perisai.accounts.selectors import find_user
from perisai.kernel import ids
from perisai.notices import services
from perisai.notices.kinds import KINDS, text
from perisai.notices.models import Notice
from perisai.site.cast import Cast

PHONE = "+6281200000200"


def queue(number: str = "10000000001", phone: str | None = PHONE) -> None:
    services.enqueue("card_issued", about=ids.new_id(), office_path="KP/03/BKT", phone=phone, number=number)


class Phones:
    """A transport that remembers; ``broken`` numbers cannot be reached."""

    def __init__(self, broken: bool = False) -> None:
        self.broken, self.heard = broken, list[tuple[str, str]]()

    def __call__(self, receiver: str, words: str) -> None:
        if self.broken:
            raise ConnectionError("no signal")
        self.heard.append((receiver, words))


@pytest.mark.django_db
def test_a_notice_is_sent_once() -> None:
    queue()
    phones = Phones()
    assert (services.deliver(phones), services.deliver(phones)) == (1, 0)
    [(receiver, words)] = phones.heard
    assert receiver == PHONE
    assert words == text("card_issued", {"number": "10000000001"})
    sent = Notice.objects.get()
    assert (sent.state, sent.attempts) == (Notice.State.SENT, 1)
    assert sent.sent_at is not None


@pytest.mark.django_db
def test_oldest_first_and_no_more_than_asked() -> None:
    for number in ("1", "2", "3"):
        queue(number)
    phones = Phones()
    assert services.deliver(phones, most=2) == 2
    assert ["1" in words.split()[2] for _, words in phones.heard] == [True, False]
    assert Notice.objects.filter(state="queued").get().facts == {"number": "3"}


@pytest.mark.django_db
def test_after_five_failures_it_is_given_up() -> None:
    queue()
    away = Phones(broken=True)
    for attempt in range(1, services.MOST_ATTEMPTS + 1):
        assert services.deliver(away) == 0
        notice = Notice.objects.get()
        assert notice.attempts == attempt
        assert notice.state == ("failed" if attempt == services.MOST_ATTEMPTS else "queued")
    assert services.deliver(Phones()) == 0, "failed is the end"


@pytest.mark.django_db
def test_a_phone_that_comes_back_gets_its_message() -> None:
    queue()
    services.deliver(Phones(broken=True))
    assert services.deliver(Phones()) == 1
    assert Notice.objects.get().attempts == 2


@pytest.mark.django_db
def test_one_broken_phone_does_not_keep_the_others_waiting() -> None:
    queue("1")
    queue("2")

    def picky(receiver: str, words: str) -> None:
        if "1" in words:
            raise TimeoutError

    assert services.deliver(picky) == 1


@pytest.mark.django_db
def test_without_a_receiver_nothing_is_queued() -> None:
    queue(phone=None)
    assert not Notice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "facts"), [("birthday", {}), ("card_issued", {}), ("card_issued", {"name": "Siti"})])
def test_a_wrong_notice_is_found_when_queued(kind: str, facts: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        services.enqueue(kind, about="x", office_path="KP", phone=PHONE, **facts)  # type: ignore[arg-type]
    assert not Notice.objects.exists()


def test_rina_hears_by_her_user_name(cast: Cast) -> None:
    user = find_user("rina")
    assert user is not None
    services.enqueue(
        "registration_rejected",
        about="x",
        office_path="KP/03/BKT",
        user_id=user.id,
        reference="ABC",
        reason="Dua kali.",
    )
    phones = Phones()
    services.deliver(phones)
    assert phones.heard == [("rina", "Rujukan ABC ditolak: Dua kali.")]


@pytest.mark.django_db
def test_the_phone_is_sealed_in_the_table() -> None:
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, notice::text FROM notices_notice notice")
        sealed, row = cursor.fetchone()
    assert PHONE.encode() not in bytes(sealed)
    assert PHONE[3:] not in row


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"state": "sent"}, {"phone": None}], ids=["sent without instant", "nobody"])
def test_impossible_notices_are_refused(changed: dict[str, object]) -> None:
    queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**changed)


@pytest.mark.parametrize("kind", KINDS)
def test_no_notice_asks_for_money_or_a_secret(kind: str) -> None:
    for words in KINDS[kind]:
        assert not {"PIN", "OTP", "password", "kata sandi"} & set(words.split())


def test_two_workers_never_send_the_same_notice(open_stage: Cast) -> None:
    for number in range(20):
        queue(str(number))
    start, heard, errors = Barrier(2), list[str](), list[Exception]()

    def hand_over(receiver: str, words: str) -> None:
        heard.append(words)

    def work() -> None:
        try:
            start.wait(5)
            while services.deliver(hand_over, most=3):
                pass
        except Exception as error:  # noqa: BLE001 - told to the main thread
            errors.append(error)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(20)
    assert not errors
    assert len(heard) == len(set(heard)) == 20
