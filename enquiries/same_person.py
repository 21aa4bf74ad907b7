"""Enquiries about one person: known by name and birth, so that two guardians come to light."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import F, Func, QuerySet, Value
from django.utils.crypto import salted_hmac

from enquiries.guardian import folded_name, is_namesake
from enquiries.models import Enquiry, Flag, GuardianDetails, contact_digest

MOST_SHOWN = 20


def person_digest(*, name: str, born: date) -> str:
    """Make the keyed digest by which enquiries about one person are found."""
    written = f"{folded_name(name)}\n{born.isoformat()}"
    return salted_hmac("enquiries.person", written, algorithm="sha256").hexdigest()


def others_about(enquiry: Enquiry) -> QuerySet[Enquiry]:
    """List other enquiries about the same person, the newest first."""
    if not enquiry.person_digest:
        return Enquiry.objects.none()
    found = Enquiry.objects.filter(person_digest=enquiry.person_digest).exclude(pk=enquiry.pk)
    return found.order_by("-created_at", "-pk")


def was_the_childs(*, given_name: str, phone: str, email: str) -> bool:
    """
    Say whether a guardian's contact is one that the child of this name used as their own.

    ``phone`` is in E.164; of an e-mail address, the case makes no difference.
    """
    digests = [contact_digest(contact) for contact in (phone, email)]
    used = Enquiry.objects.reached_by(phone=phone, email=email)
    former = Enquiry.objects.filter(former_contacts__overlap=digests)
    names = {
        folded_name(name)
        for enquiries in (used, former)
        for name in enquiries.order_by().values_list("given_name", flat=True)
    }
    return folded_name(given_name) in names


def guardian_flags(guardian: GuardianDetails, *, child: str, given_name: str) -> Iterator[Flag]:
    """Name what is odd about a guardian, given the child's whole and given names."""
    if is_namesake(guardian=guardian.name, child=child):
        yield Flag.GUARDIAN_NAMESAKE
    if was_the_childs(given_name=given_name, phone=guardian.phone, email=guardian.email):
        yield Flag.GUARDIAN_CONTACT_SEEN


def flag_guardians(digest: str) -> None:
    """
    Flag each minor's enquiry about this person whose guardian is not the only one.

    Two that come at once wait for each other here, in their own transactions.
    """
    if not digest:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])
    about = Enquiry.objects.filter(person_digest=digest, is_minor=True)
    guarded = list(about.exclude(guardian_email=""))
    rivals = {one.pk for one in guarded for other in guarded if not _is_same_guardian(one, other)}
    flag = Flag.OTHER_GUARDIAN
    about.filter(pk__in=rivals).exclude(flags__contains=[flag]).update(
        flags=Func(F("flags"), Value(flag.value), function="array_append")
    )
    Enquiry.objects.filter(person_digest=digest, flags__contains=[flag]).exclude(
        pk__in=rivals
    ).update(flags=Func(F("flags"), Value(flag.value), function="array_remove"))


def _is_same_guardian(one: Enquiry, other: Enquiry) -> bool:
    return (
        one.guardian_phone == other.guardian_phone
        or one.guardian_email.casefold() == other.guardian_email.casefold()
    )
