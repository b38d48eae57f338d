import { describe, expect, it } from 'vitest'
import { classifyAddress } from '#lib/shared/address.ts'
import { type AllowEntry, parseAllowEntry, printAllowEntry } from '#lib/shared/allow-entry.ts'
import { decideEgress, decideName, normalHost } from '#lib/shared/egress-policy.ts'

function entries(...texts: string[]): AllowEntry[] {
  return texts.map((text) => {
    const parsed = parseAllowEntry(text)
    if (!parsed.ok) throw new Error(parsed.refusal.message)
    return parsed.value
  })
}

describe('classes of addresses', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['::ffff:8.8.8.8', 'public'],
    ['64:ff9b::808:808', 'public'],
    ['10.0.0.1', 'internal'],
    ['172.31.255.255', 'internal'],
    ['192.168.1.1', 'internal'],
    ['100.64.0.1', 'internal'],
    ['192.0.2.1', 'internal'],
    ['198.18.0.1', 'internal'],
    ['240.0.0.1', 'internal'],
    ['fd00::1', 'internal'],
    ['fec0::1', 'internal'],
    ['2001:db8::1', 'internal'],
    ['64:ff9b::a00:1', 'internal'],
    ['2002:808:808::1', 'internal'],
    ['4000::1', 'internal'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::127.0.0.1', 'never'],
    ['::7f00:1', 'never'],
    ['::ffff:0:7f00:1', 'never'],
    ['::a:0:7f00:1', 'internal'],
    ['1::7f00:1', 'internal'],
    ['64:1::7f00:1', 'internal'],
    ['2606:4700::7f00:1', 'public'],
    ['64:ff9b::7f00:1', 'never'],
    ['64:ff9b::a9fe:a9fe', 'never'],
    ['64:ff9b:1::7f00:1', 'never'],
    ['2002:7f00:1::', 'never'],
    ['2001:0:4136:e378:8000:63bf:80ff:fffe', 'never'],
    ['2606::5efe:127.0.0.1', 'never'],
    ['0.0.0.0', 'never'],
    ['0.1.2.3', 'never'],
    ['::', 'never'],
    ['169.254.169.254', 'never'],
    ['::ffff:169.254.169.254', 'never'],
    ['fe80::1', 'never'],
    ['224.0.0.1', 'never'],
    ['ff02::1', 'never'],
    ['255.255.255.255', 'never'],
    ['168.63.129.16', 'never'],
    ['100.100.100.200', 'never'],
    ['192.0.0.192', 'never'],
    ['fd00:ec2::254', 'never'],
    ['fd00:ec2::23', 'never'],
    ['fd00:ec3::23', 'internal'],
    ['fd20:ce::254', 'never'],
    ['fd00:c1::a9fe:a9fe', 'never'],
    ['fd00:42::42', 'never'],
    ['0177.0.0.1', 'never'],
    ['2130706433', 'never'],
    ['localhost', 'never'],
    ['', 'never'],
  ])('%s is %s', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind)
  })
})

describe('reading an allow-list entry', () => {
  it.each<[string, AllowEntry, string]>([
    [
      'App.Example.com:443',
      { host: 'app.example.com', port: 443, cidr: null, kinds: null },
      'app.example.com:443',
    ],
    ['app.example.com.', { host: 'app.example.com', port: null, cidr: null, kinds: null }, 'app.example.com'],
    [
      '*.internal.example:443',
      { host: '*.internal.example', port: 443, cidr: null, kinds: null },
      '*.internal.example:443',
    ],
    ['127.0.0.1:4100', { host: '127.0.0.1', port: 4100, cidr: null, kinds: null }, '127.0.0.1:4100'],
    ['[::1]:4100', { host: '::1', port: 4100, cidr: null, kinds: null }, '[::1]:4100'],
    ['localhost:3000', { host: 'localhost', port: 3000, cidr: null, kinds: null }, 'localhost:3000'],
    ['10.0.0.0/8', { host: '*', port: null, cidr: '10.0.0.0/8', kinds: null }, '10.0.0.0/8'],
    ['10.0.0.0/8:443', { host: '*', port: 443, cidr: '10.0.0.0/8', kinds: null }, '10.0.0.0/8:443'],
    ['fd12:3456::/32', { host: '*', port: null, cidr: 'fd12:3456::/32', kinds: null }, 'fd12:3456::/32'],
    [
      '[fd12:3456::/32]:443',
      { host: '*', port: 443, cidr: 'fd12:3456::/32', kinds: null },
      '[fd12:3456::/32]:443',
    ],
    [
      'web.corp:80 10.1.0.0/16',
      { host: 'web.corp', port: 80, cidr: '10.1.0.0/16', kinds: null },
      'web.corp:80 10.1.0.0/16',
    ],
    [
      'bücher.example:443',
      { host: 'xn--bcher-kva.example', port: 443, cidr: null, kinds: null },
      'xn--bcher-kva.example:443',
    ],
    [
      'DB.corp:5432  10.0.0.0/8 for redis,postgres',
      { host: 'db.corp', port: 5432, cidr: '10.0.0.0/8', kinds: ['redis', 'postgres'] },
      'db.corp:5432 10.0.0.0/8 for redis, postgres',
    ],
    [
      '10.0.0.0/8 for postgres http http',
      { host: '*', port: null, cidr: '10.0.0.0/8', kinds: ['http', 'postgres'] },
      '10.0.0.0/8 for http, postgres',
    ],
  ])('%s', (text, entry, printed) => {
    expect(parseAllowEntry(text)).toEqual({ ok: true, value: entry })
    expect(printAllowEntry(entry)).toBe(printed)
    expect(parseAllowEntry(printed)).toEqual({ ok: true, value: entry })
  })

  it.each([
    ['', 'Write a host and port'],
    ['https://app.example.com/x', 'write app.example.com:443'],
    ['a.example:0', 'the port is a number from 1 to 65535'],
    ['a.example:70000', 'the port is a number from 1 to 65535'],
    ['*', 'A star alone would allow every host'],
    ['*:443', 'A star alone would allow every host'],
    ['*.com', 'write *.example.com'],
    ['*.foo.localhost', 'Names of this machine are written out'],
    ['user@a.example', 'is not a host name'],
    ['2130706433:80', 'another spelling of 127.0.0.1'],
    ['0x7f.1:80', 'another spelling of 127.0.0.1'],
    ['[::ffff:127.0.0.1]:80', 'another spelling of 127.0.0.1'],
    ['127.0.0.1', 'needs its exact port'],
    ['localhost', 'needs its exact port'],
    ['127.0.0.0/8', 'by an exact host and port only'],
    ['169.254.169.254:80', 'never allowed'],
    ['169.254.0.0/16', 'never allowed'],
    ['metadata.google.internal:80', 'never allowed'],
    ['0.0.0.0/0', 'too wide'],
    ['::/0', 'too wide'],
    ['10.1.2.3/8', 'write 10.0.0.0/8'],
    ['10.0.0.0/33', 'is not a network'],
    ['10.1.2.3:80 10.0.0.0/8', 'leave the network out'],
    ['a.example b.example c.example', 'one entry on a line'],
    ['a.example nonsense', 'is not a network'],
    ['a.example for', 'stand kinds of probes'],
    ['a.example for ,', 'stand kinds of probes'],
    ['a.example for postgress', '"postgress" is not a kind of probe'],
    ['a.example 10.0.0.0/8 for http for tls', '"for" is not a kind of probe'],
  ])('%j is refused in words', (text, words) => {
    const parsed = parseAllowEntry(text)
    expect(parsed).toMatchObject({ ok: false, refusal: { code: 'invalid' } })
    expect(parsed.ok ? '' : parsed.refusal.message).toContain(words)
  })
})

describe('deciding a connection', () => {
  const decide = (list: string[], host: string, port: number, addresses: string[]) => {
    const decision = decideEgress({ host, port, addresses, allowList: entries(...list) })
    return decision.allowed
      ? `${decision.address} by ${printAllowEntry(decision.allowedBy)}`
      : decision.reason
  }

  it.each<[string[], string, number, string[], string]>([
    [[], 'app.example.com', 443, ['93.184.215.14'], 'not_listed'],
    [
      ['app.example.com:443'],
      'app.example.com',
      443,
      ['93.184.215.14'],
      '93.184.215.14 by app.example.com:443',
    ],
    [
      ['app.example.com:443'],
      'APP.example.com.',
      443,
      ['93.184.215.14'],
      '93.184.215.14 by app.example.com:443',
    ],
    [['app.example.com:443'], 'app.example.com', 8443, ['93.184.215.14'], 'not_listed'],
    [['app.example.com'], 'app.example.com', 8443, ['93.184.215.14'], '93.184.215.14 by app.example.com'],
    [['*.example.com'], 'a.b.example.com', 80, ['93.184.215.14'], '93.184.215.14 by *.example.com'],
    [['*.example.com'], 'example.com', 80, ['93.184.215.14'], 'not_listed'],
    [['*.example.com'], 'evilexample.com', 80, ['93.184.215.14'], 'not_listed'],
    [['*.example.com'], '.example.com', 80, ['93.184.215.14'], 'not_listed'],
    [['app.example.com'], 'app.example.com', 443, [], 'no_address'],
    [['app.corp:80'], 'app.corp', 80, ['10.1.2.3'], 'not_covered'],
    [['app.corp:80 10.1.0.0/16'], 'app.corp', 80, ['10.1.2.3'], '10.1.2.3 by app.corp:80 10.1.0.0/16'],
    [['app.corp:80 10.1.0.0/16'], 'app.corp', 80, ['10.1.2.3', '10.2.0.1'], 'not_covered'],
    [['app.corp:80 10.1.0.0/16'], 'app.corp', 80, ['10.1.2.3', '8.8.8.8'], 'not_covered'],
    [['10.0.0.0/8'], 'any.corp', 9, ['10.1.2.3'], '10.1.2.3 by 10.0.0.0/8'],
    [['10.0.0.0/8'], 'any.corp', 9, ['8.8.8.8'], 'not_covered'],
    [['10.0.0.0/8'], '10.1.2.3', 80, ['10.1.2.3'], '10.1.2.3 by 10.0.0.0/8'],
    [['10.1.2.3:80'], '10.1.2.3', 80, ['10.1.2.3'], '10.1.2.3 by 10.1.2.3:80'],
    [['10.1.2.3:80'], 'a.example', 80, ['10.1.2.3'], 'not_listed'],
    [['[fd12::1]:80'], '[fd12::1]', 80, ['fd12::1'], 'fd12::1 by [fd12::1]:80'],
    [['127.0.0.1:4100'], '127.0.0.1', 4100, ['127.0.0.1'], '127.0.0.1 by 127.0.0.1:4100'],
    [['127.0.0.1:4100'], '127.0.0.1', 4101, ['127.0.0.1'], 'not_listed'],
    [['127.0.0.1:4100'], '127.0.0.2', 4100, ['127.0.0.2'], 'not_listed'],
    [['localhost:4100'], 'localhost', 4100, ['::1', '127.0.0.1'], '::1 by localhost:4100'],
    [['evil.example:80'], 'evil.example', 80, ['127.0.0.1'], 'not_covered'],
    [['evil.example:80'], 'evil.example', 80, ['93.184.215.14', '127.0.0.1'], 'not_covered'],
    [['evil.example:80'], 'evil.example', 80, ['93.184.215.14', '10.0.0.1'], 'not_covered'],
    [['evil.example:80'], 'evil.example', 80, ['::ffff:127.0.0.1'], 'not_covered'],
    [['evil.example:80'], 'evil.example', 80, ['93.184.215.14', '169.254.169.254'], 'metadata'],
    [['evil.example:80'], 'evil.example', 80, ['fd00:ec2::254'], 'metadata'],
    [['100.64.0.0/10'], 'a.example', 80, ['100.100.100.200'], 'metadata'],
    [['192.0.0.0/8'], 'a.example', 80, ['192.0.0.192'], 'metadata'],
    [['*.google.internal'], 'metadata.google.internal', 80, ['93.184.215.14'], 'metadata'],
    [['evil.example:80'], 'evil.example', 80, ['not an address'], 'metadata'],
  ])('%j %s:%i → %j: %s', (list, host, port, addresses, wanted) => {
    expect(decide(list, host, port, addresses)).toBe(wanted)
  })

  it('keeps our own database out of reach, even under a matching entry', () => {
    const ask = (own: string, host: string, address: string) =>
      decideEgress({
        host,
        port: 5432,
        addresses: [address],
        allowList: entries('10.0.0.0/8', 'localhost:5432', '127.0.0.1:5432'),
        ownServices: [{ host: own, port: 5432 }],
      })
    expect(ask('10.0.0.5', '10.0.0.5', '10.0.0.5')).toMatchObject({ reason: 'own_service' })
    expect(ask('10.0.0.5', 'alias.corp', '10.0.0.5')).toMatchObject({ reason: 'own_service' })
    expect(ask('db.corp', 'db.corp', '10.0.0.5')).toMatchObject({ reason: 'own_service' })
    expect(ask('127.0.0.1', 'localhost', '::1')).toMatchObject({ reason: 'own_service' })
    expect(ask('10.0.0.6', '10.0.0.5', '10.0.0.5')).toMatchObject({ allowed: true })
  })

  it.each([
    ['EXAMPLE.com.', 'example.com'],
    ['b%c3%bccher.example', 'xn--bcher-kva.example'],
    ['2130706433', '127.0.0.1'],
    ['%31%32%37.0.0.1', '127.0.0.1'],
    ['[::FFFF:127.0.0.1]', '::ffff:7f00:1'],
    ['a b', 'a b'],
  ])('reads the host %s as every address does: %s', (host, normal) => {
    expect(normalHost(host)).toBe(normal)
    expect(normalHost(normal)).toBe(normal)
  })

  it('says which line would allow a target', () => {
    const say = (allowList: AllowEntry[]) =>
      decideEgress({ host: 'app.corp', port: 80, addresses: ['10.1.2.3'], allowList })
    expect(say([])).toMatchObject({
      message:
        'app.corp:80 is not on this environment\'s allow-list. An administrator can add "app.corp:80" there.',
    })
    expect(say(entries('app.corp:80'))).toMatchObject({
      message:
        'app.corp resolves to an address that the allow-list does not cover. An administrator can add it with its network, such as "app.corp:80 10.0.0.0/8".',
    })
  })

  it('lets an entry for some kinds through for those alone', () => {
    const say = (list: string[], kind: 'http' | 'postgres' | null) => {
      const wanted = { host: 'db.corp', port: 5432, addresses: ['10.0.0.5'], kind }
      const decision = decideEgress({ ...wanted, allowList: entries(...list) })
      return decision.allowed ? printAllowEntry(decision.allowedBy) : decision.message
    }
    const some = ['db.corp:5432 10.0.0.0/8 for redis, postgres']
    expect(say(some, 'postgres')).toBe(some[0])
    const refusal = "db.corp:5432 is on this environment's allow-list for redis, postgres and not for"
    expect(say(some, 'http')).toContain(`${refusal} http.`)
    expect(say(some, null)).toContain(`${refusal} this.`)
    // A line for all kinds that names the host does not lend the network of a line for some.
    expect(say(['db.corp:5432', ...some], 'http')).toContain('an address that the allow-list does not cover')
    expect(say(['10.0.0.0/8', ...some], 'http')).toBe('10.0.0.0/8')
  })

  it('lets the product’s own address through by its exact host and port alone', () => {
    const say = (list: string[], host: string) => {
      const wanted = { host, port: 443, addresses: ['10.0.0.5'], kind: 'http' as const }
      const own = [
        { host: 'countersign.us.corp', port: 443 },
        { host: '10.0.0.5', port: 443 },
      ]
      const decision = decideEgress({ ...wanted, allowList: entries(...list), ownAddresses: own })
      return decision.allowed ? printAllowEntry(decision.allowedBy) : decision.reason
    }
    expect(say(['10.0.0.0/8'], 'countersign.us.corp')).toBe('own_address')
    expect(say(['10.0.0.0/8'], '10.0.0.5')).toBe('own_address')
    expect(say(['*.us.corp:443 10.0.0.0/8'], 'countersign.us.corp')).toBe('own_address')
    expect(say(['countersign.us.corp 10.0.0.0/8'], 'countersign.us.corp')).toBe('own_address')
    const exact = 'countersign.us.corp:443 10.0.0.0/8'
    expect(say(['10.0.0.0/8', exact], 'countersign.us.corp')).toBe(exact)
    expect(say(['10.0.0.0/8', '10.0.0.5:443'], '10.0.0.5')).toBe('10.0.0.5:443')
  })

  it('decides by name before any lookup', () => {
    const allowList = entries('app.example.com:443')
    expect(decideName({ host: 'app.example.com', port: 443, allowList })).toBeNull()
    expect(decideName({ host: 'secret.attacker.example', port: 443, allowList })).toMatchObject({
      reason: 'not_listed',
    })
    expect(decideName({ host: '169.254.169.254', port: 80, allowList })).toMatchObject({ reason: 'metadata' })
  })
})

describe('a secret in the name of a host', () => {
  const secrets = ['Sesame-Open-1']
  const ask = (host: string, ...list: string[]) =>
    decideName({ host, port: 443, secrets, allowList: entries(...list) })?.reason ?? null

  it('is told to no name server by an entry that does not spell the name out', () => {
    expect(ask('sesame-open-1.evil.example', '10.0.0.0/8')).toBe('secret')
    expect(ask('x-sesame-open-1.a.example', '*.a.example:443')).toBe('secret')
    expect(ask('sesame-open-1.a.example', '*.a.example', 'sesame-open-1.a.example:443')).toBeNull()
    expect(ask('other.a.example', '*.a.example')).toBeNull()
    expect(ask('sesame-open-1.a.example', 'b.example')).toBe('not_listed')
  })
})
