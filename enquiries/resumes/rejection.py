"""Says why a file cannot be taken as a résumé, and what the person can do."""

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A stable code for the log and the tests, with the sentence a person reads."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.sentence = sentence
        return reason

    # Before the file is opened.
    EMPTY = "empty", "This file is empty. Check it, then choose it again."
    TOO_BIG = (
        "too_big",
        "This file is bigger than 5 MB. Make its pictures smaller, then choose it again.",
    )
    EXTENSION = (
        "extension",
        "We cannot take this kind of file. Save it as PDF or DOCX, then choose it.",
    )
    SIGNATURE = (
        "signature",
        "This file is not what its name says. Save it as PDF or DOCX, then choose it.",
    )

    # Any kind of file.
    DAMAGED = (
        "damaged",
        "We cannot open this file. It may be damaged. Save it again as PDF.",
    )
    PASSWORD = (
        "password_protected",
        "This file is password protected. Remove the password, then choose it again.",
    )
    TOO_COMPLEX = (
        "too_complex",
        "This file is too complex for us to check. Save it as a simple PDF.",
    )
    TOO_SLOW = (
        "too_slow",
        "This file takes too long to check. Save it as a simple PDF, then choose it.",
    )
    CHECK_ENDED = (
        "check_ended",
        "Our check of this file had to stop. Save it again as a simple PDF.",
    )
    UNCHECKED = (
        "unchecked",
        "We could not check this file just now. Try again, or send your answers without it.",
    )
    EXTRA_DATA = (
        "extra_data",
        "This file has other data joined to it. Save it again as PDF.",
    )
    EMBEDDED = (
        "embedded_file",
        "There is another file inside this one. Remove it, or save it as a simple PDF.",
    )
    EXTERNAL = (
        "external_content",
        "This file loads something from another place. Save it as PDF.",
    )
    TEMPLATE_LINK = (
        "external_template",
        "This file loads a template from another place. Save it as PDF.",
    )
    MACROS = "macros", "This file has macros in it. Save it as PDF, then choose it."
    DDE = "dde_field", "This file has a field that runs a program. Save it as PDF."

    # Zip containers: docx and odt.
    ZIP_ENTRIES = (
        "archive_too_many_files",
        "This file has too many parts. Save it as PDF, then choose it.",
    )
    ZIP_SIZE = (
        "archive_too_big",
        "This file is too big once it is opened. Save it as PDF, then choose it.",
    )
    ZIP_RATIO = (
        "archive_ratio",
        "A part of this file is packed too tightly. Save it as PDF, then choose it.",
    )
    ZIP_METHOD = (
        "archive_compression",
        "This file is packed in an unusual way. Save it as PDF, then choose it.",
    )
    ZIP_PATH = (
        "archive_path",
        "A part of this file has an unsafe name. Save it as PDF, then choose it.",
    )
    ZIP_LINK = (
        "archive_link",
        "A part of this file is a link. Save it as PDF, then choose it.",
    )
    ZIP_DUPLICATE = (
        "archive_duplicate",
        "Two parts of this file share a name. Save it as PDF, then choose it.",
    )
    ZIP_NESTED = (
        "archive_nested",
        "There is a packed file inside this one. Remove it, or save this as PDF.",
    )
    ZIP_OVERLAP = (
        "archive_overlap",
        "Parts of this file overlap. Save it as PDF, then choose it.",
    )
    XML_DTD = (
        "xml_dtd",
        "This file uses an unsafe kind of markup. Save it as PDF, then choose it.",
    )

    # One kind of file each.
    DOCX_KIND = (
        "docx_kind",
        "This is not a Word document. Save it as PDF or DOCX, then choose it.",
    )
    DOCX_TEMPLATE = (
        "docx_template",
        "This is a Word template. Save it as PDF or DOCX, then choose it.",
    )
    ACTIVEX = (
        "activex",
        "This file has a control in it that runs a program. Save it as PDF.",
    )
    ODT_KIND = (
        "odt_kind",
        "This is not an OpenDocument text. Save it as PDF or DOCX, then choose it.",
    )
    ODT_SCRIPT = "odt_script", "This file has a script in it. Save it as PDF."
    PDF_PAGES = (
        "pdf_pages",
        "A résumé can have 1 to 50 pages. Save fewer pages, then choose it again.",
    )
    PDF_JAVASCRIPT = (
        "pdf_javascript",
        "This PDF has a script in it. Print it to a new PDF, then choose that.",
    )
    PDF_LAUNCH = (
        "pdf_launch",
        "This PDF tries to start a program. Print it to a new PDF, then choose that.",
    )
    PDF_AUTOMATIC = (
        "pdf_automatic_action",
        "This PDF acts by itself when opened. Print it to a new PDF and choose that.",
    )
    PDF_SUBMIT = (
        "pdf_submit_form",
        "This PDF sends what is typed in it. Print it to a new PDF and choose that.",
    )
    PDF_IMPORT = (
        "pdf_import_data",
        "This PDF reads data from elsewhere. Print it to a new PDF and choose that.",
    )
    PDF_XFA = (
        "pdf_xfa",
        "This PDF is a live form. Print it to a new PDF, then choose that.",
    )
    PDF_REMOTE = (
        "pdf_remote_document",
        "This PDF opens another file. Print it to a new PDF, then choose that.",
    )
    RTF_BRACES = (
        "rtf_braces",
        "This RTF file is cut short or damaged. Save it again, or save it as PDF.",
    )
    RTF_OBJECT = (
        "rtf_object",
        "This RTF file has an object in it. Remove it, or save the file as PDF.",
    )
    RTF_BINARY = (
        "rtf_binary",
        "This RTF file has data we cannot check. Save it as PDF, then choose it.",
    )
    TXT_ENCODING = (
        "txt_encoding",
        "We cannot read the letters in this file. Save it as PDF or as UTF-8 text.",
    )
    TXT_CONTROL = (
        "txt_control",
        "This is not plain text. Save it as PDF or DOCX, then choose it.",
    )
    TXT_CODE = (
        "txt_code",
        "This is a web page or a script, not a résumé. Save it as PDF.",
    )


class ResumeRejected(Exception):
    """The file cannot be taken; ``reason`` is stable, ``str()`` is for the person."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.sentence)
        self.reason = reason
