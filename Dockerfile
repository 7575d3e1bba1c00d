# syntax=docker/dockerfile:1
# The server, the worker and the command line in one image: `threadwell serve`, `work`, `migrate`, `tenant`, …

FROM node:24.11.0-bookworm-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1.95.0-slim-bookworm AS server
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential pkg-config libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
COPY crates crates
COPY migrations migrations
COPY bench bench
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package threadwell-server --bin threadwell \
    && cp target/release/threadwell /threadwell

FROM debian:bookworm-20250929-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 threadwell \
    && useradd --system --uid 10001 --gid threadwell --home-dir /nonexistent --shell /usr/sbin/nologin threadwell
COPY --from=server /threadwell /usr/local/bin/threadwell
COPY --from=web /build/web/dist /usr/share/threadwell/web
COPY --chmod=0755 scripts/answers.sh /usr/local/bin/threadwell-answers
ENV THREADWELL_LISTEN=0.0.0.0:4000 \
    THREADWELL_WEB_DIR=/usr/share/threadwell/web
USER 10001:10001
EXPOSE 4000
# Sockets, files and memory are all that it needs; nothing is written below /.
ENTRYPOINT ["/usr/local/bin/threadwell"]
CMD ["serve"]
