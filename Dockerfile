# syntax=docker/dockerfile:1

FROM node:20-bookworm-slim AS base
WORKDIR /app
ENV npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

# Everything, to build with.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
COPY extensions/loyalty-checkout/package.json extensions/loyalty-checkout/
COPY extensions/loyalty-account/package.json extensions/loyalty-account/
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build

# What runs in production, without development packages.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --workspaces=false

FROM base AS production
ENV NODE_ENV=production PORT=3000
# Signals reach Node, and processes it started are not left behind.
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
COPY --from=packages --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/build ./build
# The server applies them when it starts, one process at a time.
COPY --chown=node:node prisma/migrations ./prisma/migrations
COPY --chown=node:node package.json ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--enable-source-maps", "--max-semi-space-size=8", "--max-old-space-size=1024", "build/server.mjs"]
