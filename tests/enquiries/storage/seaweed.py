"""A real S3 service for the tests: SeaweedFS, a server of object storage, from its wheel."""

import contextlib
import json
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.processes import free_port

KEY, SECRET, BUCKET = "advisory", "a/secret+with signs", "resumes"
START_SECONDS = 180.0


class Seaweed:
    """One SeaweedFS: master, volume, filer and S3 in a process, with a bucket of ours."""

    _process: subprocess.Popen

    def __init__(self, folder):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        actions = ["Admin", "Read", "Write", "List"]
        credentials = [{"accessKey": KEY, "secretKey": SECRET}]
        identity = {"name": KEY, "credentials": credentials, "actions": actions}
        (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))

    def start(self):
        parts = ("master", "volume", "filer")
        ports = [f"-{part}.port{kind}={free_port()}" for part in parts for kind in ("", ".grpc")]
        with (self._folder / "log").open("w") as log:
            self._process = subprocess.Popen(
                [
                    str(Path(sysconfig.get_path("scripts"), "weed")),
                    "server",
                    f"-dir={self._folder}",
                    "-ip=127.0.0.1",
                    "-ip.bind=127.0.0.1",
                    "-filer",
                    "-s3",
                    f"-s3.port={self.port}",
                    f"-s3.port.grpc={free_port()}",
                    "-s3.port.iceberg=0",
                    "-s3.port.lance=0",
                    f"-s3.config={self._folder / 's3.json'}",
                    "-master.volumeSizeLimitMB=16",
                    *ports,
                ],
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + START_SECONDS
        while not self._takes_files():
            said = (self._folder / "log").read_text()[-2000:]
            assert self._process.poll() is None, said
            assert time.monotonic() < end, said
            time.sleep(0.1)

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.address,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
            config=Config(
                s3={"addressing_style": "path"},
                retries={"total_max_attempts": 1},
                connect_timeout=1,
                read_timeout=10,
            ),
        )

    def stop(self):
        self._process.kill()
        self._process.wait()

    def _takes_files(self):
        with contextlib.suppress(ClientError, BotoCoreError):
            client = self.client()
            with contextlib.suppress(client.exceptions.BucketAlreadyExists):
                client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="other/first", Body=b"not ours")
            return True
        return False


@contextlib.contextmanager
def seaweed_running():
    with tempfile.TemporaryDirectory(prefix="seaweed-", ignore_cleanup_errors=True) as folder:
        seaweed = Seaweed(Path(folder))
        try:
            seaweed.start()
            yield seaweed
        finally:
            seaweed.stop()
