"""What people choose in the form, and what staff look at twice."""

from django.db import models


class About(models.TextChoices):
    ME = "me", "Me"
    CHILD = "child", "My child, or a child I care for"


class Interest(models.TextChoices):
    VISITING = "visiting", "Visiting Australia"
    STUDYING = "studying", "Studying in Australia"
    WORKING = "working", "Working in Australia"
    LIVING = "living", "Living in Australia"


class Relationship(models.TextChoices):
    PARENT = "parent", "Parent"
    GUARDIAN = "guardian", "Legal guardian"
    OTHER = "other", "Other"


class Fallback(models.TextChoices):
    """How to write if the call fails."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"


class Reply(models.TextChoices):
    """How the person wants our first answer; where no call can reach them by day, by e-mail."""

    CALL = "call", "By phone"
    EMAIL = "email", "By e-mail"


class Flag(models.TextChoices):
    """What staff look at twice; a flag never refuses an enquiry."""

    OTHER_SCRIPT = "other_script", "Written in another script"
    ADDRESS_BUDGET = "address_budget", "Many enquiries from one network"
    CONTACT_BUDGET = "contact_budget", "Many enquiries with one contact"
    HONEYPOT = "honeypot", "Filled in a hidden field"
    GUARDIAN_NAMESAKE = "guardian_namesake", "Guardian and child have one name"
    GUARDIAN_CONTACT_SEEN = "guardian_contact_seen", "Guardian's contact was the child's"
    OTHER_GUARDIAN = "other_guardian", "Another guardian asks for the same child"
    LOOKS_LIKE_SPAM = "looks_like_spam", "Looks like spam"
    DISOWNED = "disowned", "The contact says: this was not me"
