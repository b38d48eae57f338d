/** An answer that a forge may refuse without ending the attempt: what it told, or null, and with which status. */
export type Told<T> = { status: number; value: T | null }
