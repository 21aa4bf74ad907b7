"""An action as the page of an enquiry offers it: its words, its address and its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from enquiries.admin.action import Action
from enquiries.admin.forms import ActionForm
from enquiries.conflicts import Difference
from enquiries.desk import WholeEnquiry
from enquiries.models import Enquiry


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An action as the page shows it."""

    name: str
    label: str
    button: str
    url: str
    form: ActionForm
    hint: str
    differences: tuple[Difference, ...] = ()  # what others changed since the page was shown
    is_refused: bool = False  # it came back with what was typed


def offer(
    action: Action,
    *,
    enquiry: Enquiry,
    form: ActionForm | None = None,
    initial: Mapping[str, Any] | None = None,
    whole: WholeEnquiry | None = None,
    differences: tuple[Difference, ...] = (),
) -> Offer:
    """Show an action with an empty form, with what it begins with, or with what came back."""
    return Offer(
        name=action.name,
        label=action.label,
        button=action.button or action.label,
        url=act_url(enquiry, action.name),
        form=form
        or action.form(enquiry)(enquiry=enquiry, name=action.name, initial=initial, whole=whole),
        hint=action.hint(enquiry),
        differences=differences,
        is_refused=form is not None,
    )


def act_url(enquiry: Enquiry, name: str) -> str:
    """Give the address to which an action on an enquiry is sent."""
    return reverse("admin:enquiries_enquiry_act", args=[enquiry.pk, name])
