# watcher in a container: nobody's rights, one volume, a health check.
#   docker build -t watcher . && docker compose up
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY src ./src
RUN python -m venv /opt/watcher && \
    /opt/watcher/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/watcher watcher && \
    install -d -o watcher -g watcher -m 0700 /var/lib/watcher && \
    install -d -m 0755 /etc/watcher/seeds
COPY --from=build /opt/watcher /opt/watcher
COPY config.toml /etc/watcher/config.toml
ENV PATH=/opt/watcher/bin:$PATH WATCHER_LOG=json
WORKDIR /var/lib/watcher
USER watcher
VOLUME /var/lib/watcher
HEALTHCHECK --interval=1m --timeout=15s --start-period=2m CMD ["watcher", "--config", "/etc/watcher/config.toml", "healthcheck"]
ENTRYPOINT ["watcher", "--config", "/etc/watcher/config.toml"]
CMD ["run"]
