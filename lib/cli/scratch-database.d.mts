export type ScratchDatabase = {
  url: string
  folder: string
  pid: number
  crash: () => Promise<void>
  stop: () => Promise<void>
}

export function startScratchDatabase(extra?: string[]): Promise<ScratchDatabase>
