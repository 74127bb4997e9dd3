# syntax=docker/dockerfile:1

# One program in a small image, run by a user of its own. Both base images are official ones of one Debian release;
# the Rust version is the one in Cargo.toml.
ARG RUST=1.95
ARG DEBIAN=trixie

FROM rust:${RUST}-slim-${DEBIAN} AS build
WORKDIR /build

# The dependencies first, under empty sources: this layer is made anew only when a manifest or the lock file changes.
COPY Cargo.toml Cargo.lock ./
COPY emulator/Cargo.toml emulator/
RUN mkdir -p build src emulator/src \
    && echo 'fn main() {}' > build/main.rs \
    && cp build/main.rs src/main.rs \
    && cp build/main.rs emulator/src/main.rs \
    && touch src/lib.rs emulator/src/lib.rs \
    && cargo build --release --locked --package channel-connect --bin channel-connect

COPY build build
COPY locales locales
COPY migrations migrations
COPY static static
COPY templates templates
COPY src src
# Cargo compares times, and what was copied may be older than the empty sources were.
RUN find build src -name '*.rs' -exec touch {} + \
    && cargo build --release --locked --package channel-connect --bin channel-connect \
    && mkdir /data

FROM debian:${DEBIAN}-slim
# No version is pinned: an old list of certificate authorities is worse than a new one.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*

COPY --from=build /build/target/release/channel-connect /usr/local/bin/
# A new volume takes over who owns the folder.
COPY --from=build --chown=10001:10001 /data /data

LABEL org.opencontainers.image.title="Channel Connect" \
      org.opencontainers.image.description="Backend of a Bitrix24 app that connects external open channels to a portal" \
      org.opencontainers.image.licenses="MIT"

# DATABASE_URL keeps its default, a file in the working folder: set it or DATABASE_URL_FILE for PostgreSQL.
ENV LISTEN_ADDR=0.0.0.0:8080 \
    ADMIN_ADDR=127.0.0.1:9090 \
    LOG_FORMAT=json

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
# Running connects and refreshes finish first: whoever stops the container grants 150 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 CMD ["channel-connect", "health"]
ENTRYPOINT ["channel-connect"]
CMD ["serve"]
