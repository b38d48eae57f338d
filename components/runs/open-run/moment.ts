/** `2026-11-23T16:00` of the viewer's clock → ISO 8601 in UTC; null while it is empty, the text itself when it is no date. */
export function toInstant(local: string): string | null {
  if (local === '') return null
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? local : at.toISOString()
}
