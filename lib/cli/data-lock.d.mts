export type Noted = { name: string; pid: number; born: string | null }

export function lockDataFolder(
  dataDir: string,
  port: number,
): Promise<{
  leftovers: Noted[]
  remember: (children: Noted[]) => void
  stopping: () => void
  release: () => void
}>
