FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 VAR_DIR=/srv/var PRIVATE_FILES_DIR=/srv/private \
    OPENBLAS_NUM_THREADS=1 MALLOC_ARENA_MAX=2 \
    PATH=/srv/advisory/.venv/bin:$PATH
WORKDIR /srv/advisory

COPY pyproject.toml uv.lock ./
RUN pip install --no-cache-dir uv && uv sync --frozen --all-extras --no-default-groups --no-cache

COPY . .
RUN SECRET_KEY=for-the-build-only python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system advisory && install -d -o advisory -m 711 /srv/var \
    && install -d -o advisory -m 700 /srv/private

USER advisory
EXPOSE 8000
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--workers=2", "--blocking-threads=32", \
     "--log-level=error", "--respawn-failed-workers", "advisory.wsgi:application"]
