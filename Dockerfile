FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# Collecting needs settings but no secret: they are those of development, and its key is thrown away.
RUN PORTAL_ENV=development DATA_DIR=/tmp/build python manage.py collectstatic --noinput && rm -rf /tmp/build \
    && useradd --system --uid 10001 portal && mkdir /data && chown portal /data
USER portal
# Few heaps for many threads: see scripts/serve.py.
ENV DATA_DIR=/data PORTAL_ENV=production MALLOC_ARENA_MAX=2
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket"]
