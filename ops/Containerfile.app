# Gateway, action server and command line. Build from the root of the project:
#   docker build -f ops/Containerfile.app -t instap-app .
ARG PYTHON=python:3.11-slim-bookworm
FROM ${PYTHON} AS libraries
COPY requirements/app.txt /app.txt
RUN python -m venv /opt/instap \
    && /opt/instap/bin/pip install --no-cache-dir --require-hashes -r /app.txt

FROM ${PYTHON}
ENV PATH=/opt/instap/bin:$PATH PYTHONPATH=/srv/instap PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    INSTAP_ENV=production INSTAP_VAR=/var/lib/instap PYTHON=/opt/instap/bin/python
RUN groupadd --gid 10000 instap \
    && useradd --uid 10001 --gid instap --no-create-home --home-dir /nonexistent instap-app \
    && useradd --uid 10002 --gid instap --no-create-home --home-dir /nonexistent instap-engine \
    && install -d -m 2770 -o instap-app -g instap /var/lib/instap /var/backups/instap \
    && install -d -m 2770 -o instap-engine -g instap /var/lib/instap-tracker \
    && install -m 0660 -o instap-engine -g instap /dev/null /var/lib/instap-tracker/tracker.db
COPY --from=libraries /opt/instap /opt/instap
WORKDIR /srv/instap
COPY bot bot
COPY actions actions
COPY ops/*.sh ops/store.py ops/
USER 10001:10000
ENTRYPOINT ["/srv/instap/ops/with-secrets.sh"]
CMD ["python", "-m", "bot.cli", "serve", "gateway"]
