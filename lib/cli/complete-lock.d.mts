type Entry = { version?: string; optionalDependencies?: Record<string, string>; dev?: boolean }

export function missingEntries(packages: Record<string, Entry>): { place: string }[]
