# watcher in a container: nobody's rights, one volume, a health check.
#   docker build -t watcher . && docker compose up
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src ./src
RUN python -m venv /opt/watcher && \
    /opt/watcher/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.13-slim
RUN useradd --uid 10001 --home-dir /var/lib/watcher --shell /usr/sbin/nologin watcher && \
    install -d -o watcher -g watcher -m 0700 /var/lib/watcher && \
    install -d -m 0755 /etc/watcher/seeds
COPY --from=build /opt/watcher /opt/watcher
COPY config.toml /etc/watcher/config.toml
# A file in there, SLACK_TOKEN say, is what ${SLACK_TOKEN} in a receiver's url stands for.
ENV PATH=/opt/watcher/bin:$PATH WATCHER_LOG=json CREDENTIALS_DIRECTORY=/etc/watcher/secrets
WORKDIR /var/lib/watcher
USER 10001:10001
VOLUME /var/lib/watcher
HEALTHCHECK --interval=1m --timeout=15s --start-period=2m CMD ["watcher", "--config", "/etc/watcher/config.toml", "healthcheck"]
ENTRYPOINT ["watcher", "--config", "/etc/watcher/config.toml"]
CMD ["run"]
