export type ScratchDatabase = { url: string; folder: string; pid: number; stop: () => Promise<void> }

export function startScratchDatabase(extra?: string[]): Promise<ScratchDatabase>
