"""The catalogue in the admin: to look at for staff, and written by the load alone."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from enquiries.roles import ADVISER
from occupations.admin import ReadOnlyRows
from occupations.models import (
    Occupation,
    QualificationRelease,
    editorial,
    missed_searches,
    vectors,
)

BESIDE_THE_CATALOGUE = {module.__name__ for module in (editorial, missed_searches, vectors)}

CATALOGUE = sorted(
    (
        model
        for model in admin.site._registry  # noqa: SLF001
        if model._meta.app_label == "occupations" and model.__module__ not in BESIDE_THE_CATALOGUE
    ),
    key=lambda model: model.__name__,
)
each_table = pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.__name__)


def place(model, what, *args):
    return reverse(f"admin:occupations_{model.__name__.lower()}_{what}", args=args)


@pytest.fixture
def adviser_client(client, django_user_model, db):
    user = django_user_model.objects.create_user("adviser", is_staff=True)
    user.groups.set([Group.objects.get(name=ADVISER)])
    client.force_login(user)
    return client


def test_every_table_of_the_catalogue_is_shown():
    shown = set(CATALOGUE)
    for model in CATALOGUE:
        shown |= {inline.model for inline in admin.site._registry[model].inlines}  # noqa: SLF001
    published = {
        model
        for model in apps.get_app_config("occupations").get_models()
        if model.__module__ not in BESIDE_THE_CATALOGUE
    }
    assert published <= shown


@each_table
def test_staff_look_at_the_list_and_a_row(adviser_client, model):
    answer = adviser_client.get(place(model, "changelist"))
    assert answer.status_code == 200
    row = model.objects.first()
    assert row is not None
    assert adviser_client.get(place(model, "change", row.pk)).status_code == 200


@each_table
def test_not_even_a_superuser_writes(admin_client, model):
    row = model.objects.first()
    before = model.objects.count()
    assert admin_client.get(place(model, "add")).status_code == 403
    assert admin_client.post(place(model, "change", row.pk), {}).status_code == 403
    assert admin_client.post(place(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.count() == before


def test_rows_that_belong_to_another_are_not_written_either():
    for model in CATALOGUE:
        for inline in admin.site._registry[model].inlines:  # noqa: SLF001
            assert issubclass(inline, ReadOnlyRows)


def test_the_list_of_occupations_asks_a_constant_number_of_queries(
    adviser_client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        answer = adviser_client.get(place(Occupation, "changelist"))
    assert len(answer.context["cl"].result_list) == 100


@pytest.mark.parametrize("typed", ["541111", "contact centre team leader"])
def test_an_occupation_is_found_by_code_and_title(adviser_client, typed):
    answer = adviser_client.get(place(Occupation, "changelist"), {"q": typed})
    codes = {occupation.code for occupation in answer.context["cl"].result_list}
    assert "541111" in codes


def test_what_belongs_to_a_release_is_shown_with_it(adviser_client):
    release = QualificationRelease.objects.get(qualification__code="BSB40307")
    text = adviser_client.get(place(QualificationRelease, "change", release.pk)).content.decode()
    assert "Packaging rules" in text
    assert "Packaged units" in text


def test_visitors_and_staff_without_a_role_see_nothing(client, django_user_model, db):
    address = place(Occupation, "changelist")
    assert client.get(address)["Location"].startswith("/admin/login/")
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    assert client.get(address).status_code == 403
