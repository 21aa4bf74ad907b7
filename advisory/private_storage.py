"""Where private files are kept: a folder that only we can read, or a bucket of an S3 service."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}
EXAMPLE = "s3://key:secret@host/bucket?region=ap-southeast-2"


def in_folder(folder: Path) -> dict[str, Any]:
    """Describe a storage in a folder that only this site's own user can read."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": folder,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def in_bucket(url: str) -> dict[str, Any]:
    """
    Describe a storage in a bucket, by a URL such as ``s3://key:secret@host/bucket/folder``.

    Without a key the service's own ways to find one hold; ``s3+http`` goes without TLS.

    :raises ImproperlyConfigured: if the URL says less than that, or the extra is not installed
    """
    parts = urlsplit(url)
    bucket, _, folder = parts.path.strip("/").partition("/")
    query = parse_qs(parts.query)
    if parts.scheme not in SCHEMES or not parts.hostname or not bucket or query.keys() - {"region"}:
        msg = f"RESUME_STORAGE_URL must look like {EXAMPLE}."
        raise ImproperlyConfigured(msg)
    try:
        from botocore.config import Config  # noqa: PLC0415 - only with this setting
    except ImportError:
        msg = "RESUME_STORAGE_URL needs the extra 's3': install with `uv sync --extra s3`."
        raise ImproperlyConfigured(msg) from None
    host = parts.netloc.rpartition("@")[2]
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": f"{SCHEMES[parts.scheme]}://{host}",
            "bucket_name": bucket,
            "location": folder,
            "region_name": query.get("region", [None])[0],
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
            "default_acl": None,  # as private as its bucket
            "file_overwrite": True,  # our names are random: no need to look first
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=2,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 2},
            ),
        },
    }
