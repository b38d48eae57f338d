import { X509Certificate } from 'node:crypto'
import tls, { type DetailedPeerCertificate } from 'node:tls'
import { bestChain, type ChainLink } from '#lib/shared/best-chain.ts'

type Link = ChainLink & { certificate: X509Certificate }
export type ChainFact = { subject: string; issuer: string; validTo: string }

/**
 * The chain that holds longest, and what the server sent along that is not in it. Where none leads to an authority that is trusted
 * here, or to one of `ca`, it is what was sent. Node tells one way through what was sent, so another beside it stays unseen.
 */
export function trustedChain(
  leaf: DetailedPeerCertificate,
  ca: readonly string[] | undefined,
): { chain: ChainFact[]; unused: ChainFact[] } {
  const sent = sentBy(leaf)
  const [first] = sent
  if (first === undefined) return { chain: [], unused: [] }
  const authorities = authoritiesBySubject(ca ?? tls.getCACertificates('default'))
  const trustedIssuers = ({ certificate }: Link) =>
    (authorities.get(certificate.issuer) ?? []).filter((one) => isIssuer(certificate, one.certificate))
  const isTrusted = ({ id, certificate }: Link) =>
    (authorities.get(certificate.subject) ?? []).some((one) => one.id === id)
  const best = bestChain(first, {
    isTrusted,
    issuersOf: (link) => [
      ...trustedIssuers(link),
      ...sent.filter((one) => one.certificate.ca && isIssuer(link.certificate, one.certificate)),
    ],
  })
  if (best === null) return { chain: sent.map(factOf), unused: [] }
  const isUsed = (link: Link) => best.some(({ id }) => id === link.id)
  return {
    chain: best.map(factOf),
    // What this machine trusts it may have added itself.
    unused: sent.filter((link) => !isUsed(link) && !isTrusted(link)).map(factOf),
  }
}

/** The server's certificate and what was found behind it, in the order of Node. */
function sentBy(leaf: DetailedPeerCertificate): Link[] {
  const links: Link[] = []
  let next: DetailedPeerCertificate | undefined = leaf
  while (next !== undefined && Object.hasOwn(next, 'raw')) {
    const link = linkOf(new X509Certificate(next.raw))
    if (links.some(({ id }) => id === link.id)) break
    links.push(link)
    next = next.issuerCertificate
  }
  return links
}

const bySubject = new WeakMap<readonly string[], Map<string, Link[]>>()

/** Reading a hundred authorities takes longer than a handshake: once for each list. */
function authoritiesBySubject(list: readonly string[]): Map<string, Link[]> {
  const known = bySubject.get(list)
  if (known !== undefined) return known
  const links = list.map((text) => linkOf(new X509Certificate(text)))
  const made = Map.groupBy(links, ({ certificate }) => certificate.subject)
  bySubject.set(list, made)
  return made
}

function linkOf(certificate: X509Certificate): Link {
  return {
    id: certificate.fingerprint256,
    ends: Date.parse(certificate.validTo),
    isRoot: certificate.checkIssued(certificate),
    certificate,
  }
}

function isIssuer(of: X509Certificate, by: X509Certificate): boolean {
  return of.checkIssued(by) && of.verify(by.publicKey)
}

function factOf({ certificate: { subject, issuer }, ends }: Link): ChainFact {
  const plain = (name: string) => name.replaceAll('\n', ', ')
  return { subject: plain(subject), issuer: plain(issuer), validTo: new Date(ends).toISOString() }
}
