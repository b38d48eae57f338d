/**
 * Whether a request that carries a cookie was made by our own pages (OWASP ASVS 5.0, 3.5.1–3.5.3). Browsers send
 * Sec-Fetch-Site; older ones at least Origin. Neither, or `null`, is refused: our pages always send one.
 */
export function isOwnOrigin({
  origin,
  fetchSite,
  host,
  publicUrl,
}: {
  origin: string | null
  fetchSite: string | null
  host: string | null
  publicUrl: string
}): boolean {
  if (fetchSite !== null && fetchSite !== 'same-origin') return false
  if (origin === null) return fetchSite === 'same-origin'
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.origin === new URL(publicUrl).origin || (host !== null && from.host === host)
}
