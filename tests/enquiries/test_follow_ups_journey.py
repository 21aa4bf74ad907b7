"""From a submission to the letters, through a real relay, worker, Valkey and mail server."""

from datetime import date

from django.db.models import Max

from enquiries.models import Letter, OfficeHours, OutboxMessage, Topic


def all_done():
    return not OutboxMessage.objects.filter(done_at=None).exists()


def test_a_killed_worker_costs_no_letter_and_a_second_copy_has_the_same_id(
    processes, mail_sink, submit_now, eventually, guardian
):
    OfficeHours.objects.all().delete()  # no hours, no night: staff are told whenever this runs
    mail_sink.hold()
    processes("relay")
    worker = processes("worker")
    submit_now(born=date(2012, 5, 17), guardian=guardian)
    eventually(lambda: mail_sink.letters, within=300)  # taken, but not answered for
    worker.kill()
    mail_sink.let_go()
    OutboxMessage.objects.update(claimed_until=None)  # the lease ends
    processes("worker")
    eventually(all_done, within=300)
    assert len(mail_sink.letters) > 3
    assert len({message_id for message_id, _ in mail_sink.letters}) == 3
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        Topic.ACKNOWLEDGEMENT, Topic.GUARDIAN_CONFIRMATION, Topic.STAFF_NOTICE,
    ]  # fmt: skip
    assert OutboxMessage.objects.aggregate(most=Max("attempts"))["most"] == 2
