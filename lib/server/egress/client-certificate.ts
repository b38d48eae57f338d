import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { authoritiesOf, pemOf } from './authorities.ts'

/** What a client shows that it is, as PEM: its certificate, with those between it and its authority behind it, and the key to it. */
export type ClientCertificate = { certificate: string; key: string }
export type ReadClientCertificate =
  | { ok: true; client: ClientCertificate; validTo: Date }
  | { ok: false; lack: 'certificate' | 'key' | 'encrypted' | 'pair' }

const KEY =
  /-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([A-Za-z0-9+/=\s]{1,16384}?)-----END \1-----/

/** Reads both texts in the spellings that authoritiesOf takes. What is wrong is told by name; nothing of the texts is in it. */
export function clientCertificateOf(texts: { certificate: string; key: string }): ReadClientCertificate {
  const chain = authoritiesOf(texts.certificate)?.map((text) => new X509Certificate(text))
  if (chain === undefined) return { ok: false, lack: 'certificate' }
  const pem = pemOf(texts.key)
  if (/ENCRYPTED/.test(pem)) return { ok: false, lack: 'encrypted' }
  const key = keyOf(pem)
  if (key === null) return { ok: false, lack: 'key' }
  const leaf = chain.find((one) => one.checkPrivateKey(key))
  if (leaf === undefined) return { ok: false, lack: 'pair' }
  const rest = chain.filter((one) => one !== leaf)
  return {
    ok: true,
    client: {
      certificate: [leaf, ...rest].map(String).join(''),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    validTo: new Date(leaf.validTo),
  }
}

function keyOf(pem: string): KeyObject | null {
  const [, label = '', body = ''] = KEY.exec(pem) ?? []
  const lines = body.replace(/\s+/g, '').match(/.{1,64}/g)
  if (lines === null) return null
  try {
    return createPrivateKey([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'))
  } catch {
    return null
  }
}
