"""What editors type to upload a table and to decide on one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from occupations.change_log import table_name
from occupations.editorial.uploads import MOST_BYTES, UPLOADABLE

SAVE_AS = "In your spreadsheet, choose “Save as”, then “CSV UTF-8 (comma delimited)”."
MOST_MEGABYTES = MOST_BYTES // 1024 // 1024
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how files of spreadsheets begin


class ProposalForm(forms.Form):
    table = forms.ChoiceField(label="Table")
    file = forms.FileField(
        label="File",
        help_text=f"CSV in UTF-8, at most {MOST_MEGABYTES} MB. It holds the whole table: "
        "a row that is left out is withdrawn.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose the file to upload.",
            "empty": "The file is empty.",
        },
    )
    as_at_on = forms.DateField(
        label="True as at",
        help_text="The day that the publisher names, later than the day of our copy.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Give the day that the facts are true of."},
    )
    note = forms.CharField(
        label="Where it comes from, and what changed",
        help_text="The second person reads this, so give the publisher's page.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say where the file comes from."},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = sorted(((name, table_name(name)) for name in UPLOADABLE), key=_label)
        field = self.fields["table"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a table"), *names]

    def clean_file(self) -> bytes:
        """Give the bytes of the file, unless no table can be read from them."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_MEGABYTES} MB.")
        content: bytes = file.read()
        if content.startswith(_PACKED):
            raise ValidationError(f"This is a spreadsheet, not a CSV file. {SAVE_AS}")
        if b"\0" in content:
            raise ValidationError(f"This is not a text file in UTF-8. {SAVE_AS}")
        return content


class ApprovalForm(forms.Form):
    has_compared = forms.BooleanField(
        label="I have compared the difference with the source.",
        error_messages={"required": "Compare the difference with the source first."},
    )
    accept_shrink = forms.BooleanField(
        label="The rows that leave are meant to leave.",
        error_messages={"required": "Say that the rows are meant to leave, or refuse the table."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, shrinks: Sequence[str] = ()
    ) -> None:
        super().__init__(data, prefix="approve")
        if not shrinks:
            del self.fields["accept_shrink"]


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        help_text="Whoever uploaded the table reads this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, so that the table can be put right."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="refuse")


def hints(content: bytes) -> list[str]:
    """Say what is wrong with a file as a whole, where that explains many of its errors."""
    found = []
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.append(f"The file is not in UTF-8, so accents and macrons are lost. {SAVE_AS}")
    header = content.partition(b"\n")[0]
    if b"," not in header and (b";" in header or b"\t" in header):
        found.append(f"The cells are not parted by commas. {SAVE_AS}")
    return found


def _label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
