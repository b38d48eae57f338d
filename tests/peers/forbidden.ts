import { canonicalAddress, classifyAddress } from '#lib/shared/address.ts'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'

/** Spellings of this machine, of metadata services and of what is no host at all: none may ever be reached by a wide list. */
export const FORBIDDEN = [
  // Loopback, IPv4: every form that inet_aton or a URL parser reads.
  '127.0.0.1',
  '127.0.0.2',
  '127.255.255.254',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0X7F000001',
  '0x7f.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '0177.1',
  '017700000001',
  '127.0.0.1.',
  '127.000.000.001',
  // Loopback by way of IDNA and percent-encoding.
  '%31%32%37.0.0.1',
  '127%2E0%2E0%2E1',
  '１２７.０.０.１',
  '127。0。0。1',
  '127．0．0．1',
  '127｡0｡0｡1',
  '①②⑦.⓪.⓪.①',
  // Loopback by name.
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'x.y.localhost',
  'loc%61lhost',
  'ｌｏｃａｌｈｏｓｔ',
  // Loopback, IPv6, and IPv4 inside IPv6.
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:127.1.2.3]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:7f00:1::1]',
  '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
  '[2606::5efe:127.0.0.1]',
  // No host, all hosts.
  '0.0.0.0',
  '0',
  '0x0',
  '0.1.2.3',
  '[::]',
  '[::ffff:0.0.0.0]',
  '224.0.0.1',
  '239.255.255.250',
  '255.255.255.255',
  '0xffffffff',
  '[ff02::1]',
  '[ff05::2]',
  // Link-local and metadata.
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.170.2',
  '169.254.0.1',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::169.254.169.254]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::]',
  '[fe80::1]',
  '[fe80::a9fe:a9fe]',
  '[fd00:ec2::254]',
  '[fd00:0ec2:0:0:0:0:0:254]',
  '168.63.129.16',
  '2822734096',
  '100.100.100.200',
  '192.0.0.192',
  'metadata',
  'metadata.google.internal',
  'METADATA.Google.Internal.',
  'm%65tadata.google.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
] as const

/** Every address that the forbidden spellings stand for, and that a name server could answer with. */
export const ADDRESSES = [
  ...new Set(
    FORBIDDEN.map((host) =>
      canonicalAddress(new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '')),
    ).filter((address) => address !== null),
  ),
]
/** One of them that is not forbidden; there is none. */
export const stranger = ADDRESSES.find((address) => !['loopback', 'never'].includes(classifyAddress(address)))

/** What an address means that says a user name before its host. */
export const WITH_USER = [
  'public.example@127.0.0.1',
  'public.example:443@[::1]',
  'a%40b@169.254.169.254',
] as const

/**
 * The widest list that can be written without naming a host and port of this machine: every network that the grammar takes,
 * and stars over the names that metadata services have.
 */
export function widestList(): AllowEntry[] {
  const networks = [
    ...Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`),
    ...Array.from({ length: 128 }, (_, half) => `${(half * 2).toString(16)}00::/7`),
    ...['64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32', '::/96', '::ffff:0:0/96'],
    ...['169.254.0.0/16', 'fd00:ec2::/32', '168.63.0.0/16', '100.64.0.0/10', '192.0.0.0/24'],
  ]
  const names = [
    'public.example',
    '*.google.internal',
    '*.azure.internal',
    '*.ec2.internal',
    '*.tencentyun.com',
  ]
  const written = [...networks, ...names, ...FORBIDDEN.map((host) => host.toLowerCase())]
  return written.flatMap((text) => {
    const parsed = parseAllowEntry(text)
    return parsed.ok ? [parsed.value] : []
  })
}
