import { X509Certificate } from 'node:crypto'

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,32768}?)-----END CERTIFICATE-----/g
const MOST = 50

/**
 * The certificates of a PEM text (RFC 7468), each in its usual form; null when there is none or one cannot be read. As a variable
 * is one line, its line breaks may be blanks or `\n`, and the whole may be base64 as in a kubeconfig's
 * `certificate-authority-data`. Handed to a connection they replace this machine's own list of authorities.
 */
export function authoritiesOf(text: string): string[] | null {
  const blocks = [...pemOf(text).matchAll(BLOCK)].map(([, body = '']) => body.replace(/\s+/g, ''))
  if (blocks.length === 0 || blocks.length > MOST) return null
  try {
    return blocks.map((body) => new X509Certificate(Buffer.from(body, 'base64')).toString())
  } catch {
    return null
  }
}

/** The PEM of a text that is one line: its line breaks written as `\n`, or the whole of it in base64. */
export function pemOf(text: string): string {
  const written = text.trim().replaceAll('\\n', '\n')
  return written.includes('-----BEGIN') ? written : Buffer.from(written, 'base64').toString('latin1')
}
