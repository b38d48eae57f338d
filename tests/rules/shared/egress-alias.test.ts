import { describe, expect, it } from 'vitest'
import { parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { decideAlias } from '#lib/shared/egress-alias.ts'

const entry = (text: string) => {
  const parsed = parseAllowEntry(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.value
}
const OWN = { host: 'countersign.example.com', port: 443 }

/** What is said of asking `edge.example.com:8443` under another name; null: it may be. */
function said(alias: string, list: string[], kind: 'http' | 'tls' | null = 'http') {
  const [through = 'edge.example.com:8443'] = list
  return decideAlias(alias, {
    ...{ host: 'edge.example.com', port: 8443, kind, ownAddresses: [OWN] },
    allowList: list.map(entry),
    through: entry(through),
    secrets: ['hunter2hunter2'],
  })
}
const EDGE = 'edge.example.com:8443'

describe('another name for an allowed target', () => {
  it.each([
    ['its own', 'edge.example.com', [EDGE]],
    ['its own, in capitals', 'EDGE.example.com.', [EDGE]],
    ['one that is listed, whatever the port', 'app.example.com', [EDGE, 'app.example.com:443']],
    ['one below a listed domain', 'app.example.com', [EDGE, '*.example.com']],
    ['one that is listed for this kind', 'app.example.com', [EDGE, 'app.example.com for http']],
    ['any, where a network let it through', 'app.example.com', ['10.0.0.0/8']],
    [
      'a whole name on the list, whatever it holds',
      'hunter2hunter2.example.com',
      [EDGE, 'hunter2hunter2.example.com'],
    ],
    ['the product by its exact entry', 'countersign.example.com', [EDGE, 'countersign.example.com:443']],
  ])('may be %s', (_what, alias, list) => {
    expect(said(alias, list)).toBeNull()
  })

  it.each([
    ['one that nobody listed', 'grafana.example.com', [EDGE], 'not_listed'],
    [
      'one that is listed for other kinds',
      'app.example.com',
      [EDGE, 'app.example.com for tls'],
      'not_listed',
    ],
    // A network that did not let the target through says nothing of what stands behind it.
    ['one of a network elsewhere', 'app.internal', [EDGE, '10.0.0.0/8'], 'not_listed'],
    ['the product below a listed domain', 'countersign.example.com', [EDGE, '*.example.com'], 'not_listed'],
    ['the product in an allowed network', 'countersign.example.com', ['10.0.0.0/8'], 'not_listed'],
    [
      'the product on another port',
      'countersign.example.com',
      [EDGE, 'countersign.example.com:80'],
      'not_listed',
    ],
    ['a metadata service', 'metadata.google.internal', ['10.0.0.0/8'], 'metadata'],
    ['a metadata service in capitals', 'METADATA.google.internal.', ['10.0.0.0/8'], 'metadata'],
    ['a metadata address', '169.254.169.254', ['10.0.0.0/8', '169.254.0.0/16'], 'metadata'],
    [
      'a name with a secret below a listed domain',
      'hunter2hunter2.example.com',
      [EDGE, '*.example.com'],
      'secret',
    ],
    [
      'a name with a secret, where a network let it through',
      'hunter2hunter2.example.com',
      ['10.0.0.0/8'],
      'secret',
    ],
    ['an address in another spelling', '0x0a000001', ['10.0.0.0/8'], 'metadata'],
    ['an address of IPv6', '[::1]', ['10.0.0.0/8'], 'metadata'],
  ])('is never %s', (_what, alias, list, reason) => {
    expect(
      said(
        alias,
        list.filter((text) => parseAllowEntry(text).ok),
      ),
    ).toMatchObject({ reason })
  })

  it('is refused in words that say what to add', () => {
    expect(said('grafana.example.com', [EDGE])?.message).toBe(
      `edge.example.com:8443 would be asked for as grafana.example.com, which is not on this environment's allow-list. An administrator can add "grafana.example.com:8443" there.`,
    )
  })
})
