# For reproducible builds, pin the base by digest:
#   docker build --build-arg BASE=node:24-bookworm-slim@sha256:… .
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# Owned by root and readable by all, whatever the umask of the checkout, so the desk cannot change itself.
RUN npm run build \
  && cp docker/start.mjs docker/health.mjs .next/standalone/ \
  && chmod -R a+rX,go-w .next/standalone

FROM ${BASE}
WORKDIR /app
ENV NODE_ENV=production \
  NEXT_TELEMETRY_DISABLED=1
COPY --from=build /src/.next/standalone ./
USER 10001:10001
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["node", "health.mjs"]
# No shell in between, because the stop signal must reach the desk. The desk itself checks settings and
# applies migrations before its first answer.
ENTRYPOINT []
CMD ["node", "start.mjs"]
