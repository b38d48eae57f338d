export const NO_DATABASE =
  'There is no database to open: start Countersign first (npm start), run this in its folder with the same DATA_DIR, or set DATABASE_URL.'

/** No address of a database, or a refused connection, however deep it is wrapped. */
export function isUnreachable(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${String(error.cause ?? '')}` : String(error)
  return /DATABASE_URL is not set|ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|DatabaseNotReachable|Can't reach database/i.test(
    text,
  )
}
