"""What people answer on the contact form, and how a browser puts it in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Page

ADULT = {
    "about": "me",
    "given_name": "Priya",
    "family_name": "Raman",
    "date_of_birth_day": "17",
    "date_of_birth_month": "5",
    "date_of_birth_year": "1990",
    "interests": ["working", "living"],
    "country": "IN",
    "phone": "+91 98765 43210",
    "time_zone": "Asia/Kolkata",
    "message": "I lead a team of twelve on the phones. What is my work called?",
    "privacy_accepted": True,
}
GUARDIAN = {
    "guardian_name": "Rosa Delgado",
    "guardian_relationship": "parent",
    "guardian_phone": "0412 345 678",
    "guardian_declaration": True,
}


def minor(*, today: date) -> dict[str, Any]:
    """Give the answers about a person who turns sixteen this year: under 18 in every zone."""
    return {
        "about": "me",
        "given_name": "Mateo",
        "family_name": "Delgado",
        "date_of_birth_day": "1",
        "date_of_birth_month": "January",
        "date_of_birth_year": str(today.year - 16),
        "interests": ["studying"],
        "country": "AU",
        "email": "mateo@pupils.example",
        "phone": "0498 765 432",
        "time_zone": "Australia/Sydney",
        "privacy_accepted": True,
    }


DAUGHTER = {
    "about": "child",
    "given_name": "Ines",
    "date_of_birth_day": "4",
    "date_of_birth_month": "July",
    "interests": ["studying"],
    "country": "PT",
    "time_zone": "Europe/Lisbon",
    "guardian_name": "Rui Almeida",
    "guardian_relationship": "parent",
    "guardian_phone": "912 345 678",
    "guardian_declaration": True,
    "privacy_accepted": True,
}


def fill_in(page: Page, answers: Mapping[str, Any]) -> None:
    """Answer the questions of the form by the names of their fields."""
    for name, answer in answers.items():
        field = page.locator(f"[name={name}]")
        for value in answer if isinstance(answer, list) else [answer]:
            if value is True:
                field.check()
            elif field.first.get_attribute("type") in {"checkbox", "radio"}:
                page.locator(f"[name={name}][value={value}]").check()
            elif field.locator("option").count():
                field.select_option(value)
            else:
                field.fill(value)


def typed(page: Page) -> dict[str, Any]:
    """Tell what stands in the form now, in the shape that ``fill_in`` takes."""
    found: dict[str, Any] = page.evaluate(
        """() => {
            const found = {};
            const form = document.querySelector("form.ask");
            for (const field of form.querySelectorAll("input, select, textarea")) {
                if (["hidden", "file"].includes(field.type)) continue;
                if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
                (found[field.name] ??= []).push(field.value);
            }
            return found;
        }"""
    )
    return found
