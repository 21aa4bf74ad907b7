"""A minor's résumé waits for the guardian, whoever writes the row."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from enquiries.models import Enquiry, Resume
from tests.enquiries.models.raw_sql import refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class TestAMinorsResume:
    NAME = "resume_of_a_minor_waits_for_the_guardian"

    def store(self, enquiry, **altered):
        return Resume.objects.create(
            **{
                "enquiry": enquiry,
                "original_name": "cv.pdf",
                "format": "pdf",
                "size": 3,
                "sha256": "a" * 64,
                "received_at": NOW,
            }
            | altered
        )

    @pytest.mark.parametrize("altered", [{}, {"sealed_at": NOW}, {"deleted_at": NOW}])
    def test_it_is_refused_before_the_guardian_confirmed(self, make_enquiry, altered):
        minor = make_enquiry(minor=True)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            self.store(minor, **altered)
        assert refused(error, self.NAME)
        Enquiry.objects.update(guardian_confirmed_at=NOW)
        self.store(minor, **altered)

    def test_it_is_sealed_before_an_adult_becomes_a_minor(self, make_enquiry):
        adult = make_enquiry()
        resume = self.store(adult)
        become = {
            "date_of_birth": date(2012, 5, 17), "hold": "needs_guardian", "own_email": "",
            "own_phone": "", "own_phone_typed": "",
        }  # fmt: skip
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Enquiry.objects.update(**become)
        assert refused(error, self.NAME)
        Resume.objects.update(sealed_at=NOW)
        Enquiry.objects.update(**become)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Resume.objects.filter(pk=resume.pk).update(sealed_at=None)
        assert refused(error, self.NAME)

    def test_it_cannot_be_moved_to_a_minors_enquiry(self, make_enquiry):
        resume, minor = self.store(make_enquiry()), make_enquiry(minor=True)
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Resume.objects.filter(pk=resume.pk).update(enquiry=minor)
        assert refused(error, self.NAME)

    def test_a_confirmation_cannot_be_taken_back_while_it_is_open(self, make_enquiry):
        self.store(make_enquiry(minor=True, guardian_confirmed_at=NOW))
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Enquiry.objects.update(guardian_confirmed_at=None)
        assert refused(error, self.NAME)
