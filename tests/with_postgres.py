"""
Runs a command with a PostgreSQL of its own: ``python -m tests.with_postgres COMMAND …``.

Django's checks ask the database for its version, so the linters need one too.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from advisory.embedded import DATABASE
from advisory.embedded.postgresql import EmbeddedPostgres
from tests.servers import QUICK


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="advisory-lint-") as folder:
        Path(folder).chmod(0o755)
        server = EmbeddedPostgres(Path(folder), options=QUICK)
        server.start()
        try:
            server.create_database(DATABASE)
            inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
            return subprocess.run(
                sys.argv[1:], env=inherited | {"VAR_DIR": folder}, check=False
            ).returncode
        finally:
            server.stop()
            shutil.rmtree(server.runtime, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
