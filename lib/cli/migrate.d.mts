export class MigrationError extends Error {}

type Folders = { schemaDir?: string; migrationsDir?: string }

export function migrate(options: { url: string } & Folders): Promise<string[]>
export function diff(options?: { url?: string; fromMigrations?: boolean } & Folders): Promise<string>
export function readMigrations(baseDir?: string): { migrationDirectories: { path: string }[] }
export function migrationsDigest(baseDir?: string): string
