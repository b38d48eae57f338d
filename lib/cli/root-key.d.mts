export function rootKey(dataDir: string, env?: Record<string, string | undefined>): string
export function deriveSecret(key: string, use: string): string
