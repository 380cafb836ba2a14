# syntax=docker/dockerfile:1

# The oldest release that still gets security fixes. Later ones (24, 26) confuse keys of JSON that contain escapes, such as "\"" and
# "\\": https://github.com/nodejs/node/issues/63785. The property test of `parseJson` finds it.
FROM node:22-bookworm-slim AS base
WORKDIR /app
ENV npm_config_cache=/var/cache/npm npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

# Everything, to build with.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
COPY extensions/loyalty-checkout/package.json extensions/loyalty-checkout/
COPY extensions/loyalty-account/package.json extensions/loyalty-account/
# No package needs its install script here, and some would download.
RUN --mount=type=cache,target=/var/cache/npm npm ci --ignore-scripts
COPY . .
RUN npm run build

# What runs in production. What npm calls optional are tools that packages may bring along: Prisma's own, compilers.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/var/cache/npm npm ci --omit=dev --omit=optional --ignore-scripts --workspaces=false

FROM base AS production
ENV NODE_ENV=production PORT=3000
# Signals reach Node, and processes it started are not left behind.
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
# Owned by root: the server writes nothing here.
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/build ./build
# The server applies them when it starts, one process at a time.
COPY prisma/migrations ./prisma/migrations
COPY package.json ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=8", "--max-old-space-size=1024", "build/server.mjs"]
