/** Shorter texts are read at once: less work than sending them to a thread and back, in UTF-16 units. */
export const SHORT = 60_000
export const PATIENCE_MS = 60_000
