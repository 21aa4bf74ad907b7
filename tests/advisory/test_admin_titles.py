"""What heads the lists and forms of the admin: the names of our own models, never stock words."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst

from enquiries.models import CannedReply, Resume, RetentionPeriod

pytestmark = pytest.mark.django_db
WITHOUT_A_LIST = {Resume}
MODELS = sorted(set(admin.site._registry) - WITHOUT_A_LIST, key=lambda model: model._meta.label)  # noqa: SLF001


def headings(page):
    """Give what stands in the tab of the browser, and what heads the page."""
    told = page.content.decode()
    found = [re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", told, re.DOTALL) for tag in ("title", "h1")]
    return [" ".join(unescape(each[0]).split()) for each in found]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_list_is_headed_by_what_is_in_it(admin_client, model):
    answer = admin_client.get(address(model, "changelist"), follow=True)
    assert answer.status_code == 200
    tab, title = headings(answer)
    assert tab.endswith(f"{title} · Advisory desk")
    assert not re.match("Select|Change|View", title) or title == "Changes"


def test_a_list_without_words_of_its_own_is_named_by_its_model(admin_client):
    assert headings(admin_client.get(address(CannedReply, "changelist"))) == [
        "Canned replies · Advisory desk",
        "Canned replies",
    ]


@pytest.mark.parametrize("model", [CannedReply, RetentionPeriod])
def test_a_form_is_headed_by_the_row_that_it_shows(admin_client, model):
    row = model.objects.first()
    page = admin_client.get(address(model, "change", row.pk))
    name = f"{capfirst(model._meta.verbose_name)}: {row}"
    assert headings(page) == [f"{name} · Advisory desk", name]


def test_a_form_that_came_back_says_so_in_the_tab(admin_client):
    answer = admin_client.post(address(CannedReply, "add"), {})
    tab, title = headings(answer)
    assert (tab, title) == ("Error: Add canned reply · Advisory desk", "Add canned reply")


def test_each_cell_bears_the_words_that_head_its_column(admin_client):
    told = admin_client.get(address(CannedReply, "changelist")).content.decode()
    assert 'data-label="Subject" class="field-subject"' in told
    assert 'aria-sort="ascending"' in told


def test_what_would_be_deleted_is_named(admin_client):
    page = admin_client.get(address(CannedReply, "delete", CannedReply.objects.earliest("pk").pk))
    assert headings(page) == [
        "Delete this canned reply? · Advisory desk",
        "Delete this canned reply?",
    ]
