import { defineConfig } from 'prisma/config'

// No datasource URL: only `prisma generate` runs through Prisma's own command; lib/cli/migrate.mjs does the rest.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
})
