export const PROBE_LIMITS = {
  timeoutMs: { least: 100, most: 30_000, usual: 5_000 },
  maxBytes: { least: 1, most: 10_485_760, usual: 1_048_576 },
  /** Looks at one host and port at once: a check must not be the load that brings the target down. */
  perPlace: 2,
  /** How long a look waits for such a place. */
  patienceMs: 30_000,
  redirects: { most: 10, usual: 5 },
  shelfSeconds: { least: 30, most: 2_592_000, usual: 900 },
  conditions: 20,
  ifSet: 5,
  headers: 20,
  retries: { most: 3, usual: 1, firstWaitMs: 1_000 },
  /** How often a probe is started again while its run is open. */
  everySeconds: { least: 60, most: 86_400 },
  window: { samples: 20, everySeconds: { least: 1, most: 300 }, wholeSeconds: 600 },
} as const
