export const SWITCHES: Readonly<Record<string, string>>

export type SampleTarget = {
  url: string
  port: number
  /** Names of the failures that are switched on; may be changed directly. */
  broken: Set<string>
  /** Requests received, and those whose client went away before the answer. */
  seen(): { requests: number; aborted: number }
  close(): Promise<void>
}

export function startSampleTarget(options?: { port?: number; host?: string }): Promise<SampleTarget>
