type Folders = { schemaDir?: string; migrationsDir?: string }

export function migrate(options: { url: string; migrationsDir?: string }): Promise<string[]>
export function diff(options?: { url?: string; fromMigrations?: boolean } & Folders): Promise<string>
export function readMigrations(dir?: string): { name: string; sql: string }[]
