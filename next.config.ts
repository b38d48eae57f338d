import type { NextConfig } from 'next'

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Compression would hold back the live stream's lines; a proxy in front compresses better anyway.
  compress: false,
  poweredByHeader: false,
  // Health checks ask for /health/ and take a redirect for a failure.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'pg',
    'pg-boss',
    'pino',
    'prom-client',
  ],
  experimental: { serverActions: { bodySizeLimit: '2mb' } },
}

export default config
